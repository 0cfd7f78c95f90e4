import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { summaryOf, writePlan, writeSummary } from '../../../src/evidence/files.ts'
import { createRedactor } from '../../../src/evidence/redact.ts'
import type { ContainmentResult, Direct, Job, Outcome, Planted, Summary } from '../../../src/evidence/summary.ts'
import { openEvidence } from '../../../src/evidence/writer.ts'
import { pipelock } from '../../../src/gate/pipelock.ts'
import { parseRunId } from '../../../src/plan/names.ts'
import { planBottle } from '../../../src/plan/plan.ts'
import { writePage } from '../../../src/report/html/sources.ts'
import { allowedHosts } from '../../../src/spec/allowlist.ts'
import { readSpec } from '../../../src/spec/load.ts'

/** A run whose evidence is to be written: what the gate logged, and what else is known of it. */
export interface WrittenRun {
  readonly lines: Iterable<string>
  readonly spec?: string
  readonly end?: Outcome['end']
  readonly containment?: readonly ContainmentResult[]
  readonly planted?: Planted
  readonly direct?: Direct
  readonly job?: Job
  readonly secrets?: readonly string[]
  readonly suggested?: (summary: Summary, folder: string) => void
}

const held = [
  {
    probe: 'the host, at the inside gateway',
    target: '198.18.0.1:22',
    leaked: false,
    detail: 'connect: no route to host',
  },
  {
    probe: 'the host, at the outside gateway',
    target: '198.18.0.17:22',
    leaked: false,
    detail: 'connect: network is unreachable',
  },
  {
    probe: "the sidecar's outside address",
    target: '198.18.0.18:8888',
    leaked: false,
    detail: 'connect: network is unreachable',
  },
  { probe: 'external DNS', target: 'f00d.dns-probe.example:80', leaked: false, detail: 'lookup: connection refused' },
  {
    probe: 'a denied name through the gate',
    target: 'f00d.denied-probe.example:80',
    leaked: false,
    detail: '403, logged',
  },
]

/** Writes the evidence of a run with the real writer, page included, and says where it is. No engine is asked. */
export async function evidenceOf(run: WrittenRun): Promise<{ folder: string; page: string; summary: Summary }> {
  const folder = join(mkdtempSync(join(tmpdir(), 'bottle-page-')), 'evidence')
  const redactor = await createRedactor(run.secrets ?? [])
  const { spec, placeOf } = readSpec({
    text: `image: node:24-bookworm\nrun: npx my-agent\n${run.spec ?? ''}`,
    file: '.github/bottle.yml',
  })
  const allowed = allowedHosts(spec.egress, undefined, index => placeOf(['egress', 'allowlist', index]), spec.ssh)
  const now = Date.parse('2026-11-24T10:02:00Z')
  const plan = planBottle({ spec, allowed, placeOf }, hostAt(now), pipelock().facts)
  const evidence = openEvidence(folder, redactor, [])
  for (const line of run.lines) await evidence.line(line)
  const tally = await evidence.close()
  await writePlan(folder, plan, redactor)
  const summary = await summaryOf(
    {
      plan,
      outcome: {
        end: run.end ?? { kind: 'exited', code: 0 },
        limits: { exceeded: [], unobserved: [] },
        startedAt: new Date(now).toISOString(),
        endedAt: new Date(now + 154_300).toISOString(),
      },
      containment: run.containment ?? held,
      durationMs: 154_300,
      tally,
      direct: run.direct ?? { observed: false, reason: 'nobody ran' },
      planted: run.planted,
      job: run.job,
    },
    redactor,
  )
  writeSummary(folder, summary)
  run.suggested?.(summary, folder)
  await writePage(folder, summary)
  return { folder, page: join(folder, 'report.html'), summary }
}

function hostAt(now: number) {
  return {
    runId: parseRunId('0123456789ab'),
    owner: 'boot:ns:1:1',
    now,
    engine: {
      version: '28.0.4',
      apiVersion: '1.48',
      cpus: 4,
      memoryBytes: 8e9,
      rootless: false,
      hostname: 'host',
      root: '/var/lib/docker',
      unenforced: [],
      hasIpv6: true,
      isPodman: false,
      gateways: [],
    },
    workspace: '/work/repo',
    uid: 1001,
    gid: 127,
    scratch: '/tmp/bottle-0123456789ab',
    git: [],
    places: [],
    lender: undefined,
    job: {},
    set: [],
  }
}
