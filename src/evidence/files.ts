import { lstatSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan } from '../plan/plan.ts'
import type { Redactor } from './redact.ts'
import type {
  ContainmentResult,
  Direct,
  ImageIds,
  Job,
  Outcome,
  Planted,
  ServiceUse,
  Summary,
  Tally,
} from './summary.ts'
import { verdictOf } from './verdict.ts'

/** What summary.json is made of. */
export interface Facts {
  readonly plan: Plan
  readonly outcome: Outcome
  readonly durationMs: number
  readonly containment: readonly ContainmentResult[]
  readonly tally: Tally
  readonly direct: Direct
  readonly planted: Planted | undefined
  readonly services?: readonly ServiceUse[]
  readonly imageIds?: ImageIds | undefined
  readonly job?: Job | undefined
}

/** Writes plan.json and pipelock.yaml: what was decided is evidence from the start, even when main is killed. */
export async function writePlan(folder: string, plan: Plan, redactor: Redactor): Promise<void> {
  const clean = await redactor.value(withoutPasted(plan))
  writeFileSync(join(folder, 'plan.json'), `${JSON.stringify(clean, null, 2)}\n`, { mode: 0o600 })
  writeFileSync(join(folder, 'pipelock.yaml'), await redactor.text(plan.policy), { mode: 0o600 })
}

/**
 * A plan without the texts of the spec that may hold anything, a secret pasted by mistake too, and that nobody needs to
 * judge what the gate did: the script, and the values of the spec's own `env`.
 */
function withoutPasted(plan: Plan): object {
  const { script: _, ...files } = plan.files
  const hidden = (pair: string) => {
    const name = pair.slice(0, pair.indexOf('='))
    return plan.literals.includes(name) ? `${name}=***` : pair
  }
  const body = { ...plan.bottle.body, Env: plan.bottle.body.Env?.map(hidden) }
  const ssh = plan.ssh && { ...plan.ssh, env: Object.fromEntries(Object.keys(plan.ssh.env).map(name => [name, '***'])) }
  return { ...plan, files, bottle: { ...plan.bottle, body }, ...(ssh ? { ssh } : {}) }
}

/** The summary of a run, redacted. */
export async function summaryOf(facts: Facts, redactor: Redactor): Promise<Summary> {
  return redactor.value(summarise(facts))
}

/** Writes summary.json. */
export function writeSummary(folder: string, summary: Summary): void {
  writeFileSync(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`, { mode: 0o600 })
}

/** Writes the spec that would have been enough: `suggested-spec.yaml`, the user's own with hosts added. */
export async function writeSuggestedSpec(folder: string, text: string, redactor: Redactor): Promise<void> {
  writeFileSync(join(folder, 'suggested-spec.yaml'), await redactor.text(text), { mode: 0o600 })
}

/** Writes a file of what to change, which holds nothing to redact: see report/suggested-change.ts. */
export function writeSuggestedChange(folder: string, { file, text }: { file: string; text: string }): void {
  writeFileSync(join(folder, file), text, { mode: 0o600, flag: 'wx' })
}

/** The absolute paths of the evidence: regular files only, since an uploader would follow a link (facts/platform §3). */
export function evidenceFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .map(name => join(folder, name))
      .filter(path => lstatSync(path).isFile())
  } catch {
    // The run ended before it had a folder.
    return []
  }
}

function summarise(facts: Facts): Summary {
  const { plan, outcome, durationMs, containment, tally, direct, planted, services = [], imageIds, job } = facts
  const contained = containment.length > 0 && containment.every(one => !one.leaked)
  const whole = tally.startupSeen && tally.shutdownSeen
  const end = honest(outcome.end, contained, tally)
  const {
    groups,
    reached,
    timeline,
    distrust,
    startupSeen: _,
    shutdownSeen: __,
    gateVersion,
    truncated,
    ...counts
  } = tally
  return {
    version: 1,
    bottle: plan.runId,
    verdict: verdictOf(end, contained, tally, plan, outcome.limits.exceeded, job),
    enforced: contained && plan.mode === 'enforce' && end.kind !== 'failed',
    whole,
    outcome: { ...outcome, end },
    gate: { name: plan.gate.name, version: gateVersion ?? plan.gate.version, image: plan.gate.image },
    engine: plan.engine.version,
    image: plan.image,
    imageIds,
    mode: plan.mode,
    failOn: plan.failOn,
    allowlist: plan.allowlist,
    policyDigest: plan.policyDigest,
    specDigest: plan.specDigest,
    containment,
    counts,
    blocks: groups,
    reached,
    timeline,
    tls: { inspected: plan.tls.inspect, passthrough: plan.tls.passthrough },
    distrust,
    direct,
    ...(services.length > 0 ? { services } : {}),
    blockedHosts: [...new Set(groups.map(group => group.host))].sort(),
    planted,
    durationMs,
    ...(job ? { job } : {}),
    ...(truncated ? { truncated } : {}),
  }
}

// A gate whose log does not even begin, or breaks off, was not seen to guard to the end: that is never "0 blocks".
function honest(end: Outcome['end'], contained: boolean, tally: Tally): Outcome['end'] {
  if (!contained || end.kind !== 'exited') return end
  if (!tally.startupSeen)
    return { kind: 'failed', reason: "the gate's log is missing, so nothing is known of what was blocked" }
  if (tally.shutdownSeen) return end
  return { kind: 'failed', reason: "the gate's log breaks off, so not all that was blocked is known" }
}
