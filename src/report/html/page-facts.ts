import { directTarget } from '../../evidence/direct-lines.ts'
import type { BlockGroup, Direct, Job, Summary } from '../../evidence/summary.ts'
import { count as counted, duration, failureOf } from '../../evidence/verdict.ts'
import type { Plan } from '../../plan/plan.ts'
import { covers } from '../../spec/destination.ts'
import { certificateAdvice } from '../certificates.ts'
import { directWords } from '../direct-words.ts'
import { instant } from '../instant.ts'
import { kindWords } from '../kinds.ts'
import { serviceWords } from '../service-words.ts'
import { type Reason, suggestions } from '../suggest.ts'
import type { PageData, PageEntry, PageRow, Tone } from './page-data.ts'
import { groupKey } from './sample-lines.ts'

/** The parts of plan.json that the page shows. */
export type PagePlan = Pick<Plan, 'origins' | 'policy' | 'knownSecrets'>

/** What the page is made of beside the summary. Everything is redacted already, and any of it may be missing. */
export interface PageSources {
  readonly plan?: PagePlan | undefined
  /** Some lines of the log for each group of blocks, by `groupKey`. */
  readonly lines?: ReadonlyMap<string, readonly string[]> | undefined
  readonly suggested?: { readonly file: string; readonly text: string } | undefined
}

// So many lines of a list are read by a person; the files hold the rest.
const shownReasons = 50

/** Chooses and words what the page shows. Pure. */
export function pageData(summary: Summary, { plan, lines, suggested }: PageSources): PageData {
  const { counts, gate, outcome, tls } = summary
  const { add, held } = suggestions(summary)
  return {
    verdict: summary.verdict,
    ...markOf(summary),
    figures: [
      { name: 'Allowed', value: counts.allowed, state: 'allowed' },
      { name: 'Blocked', value: counts.blocked, state: 'blocked' },
      { name: 'Carrying a secret', value: counts.dlp, state: 'secret' },
      { name: 'Direct attempts', value: summary.direct.observed ? summary.direct.count : undefined, state: 'direct' },
    ],
    timeline: summary.timeline,
    rows: rowsOf(summary, lines),
    ungrouped: counts.ungrouped,
    advice: certificateAdvice(summary),
    suggested,
    add: shortened(add),
    held: shortened(held),
    settings: [
      ['Mode', summary.mode === 'learn' ? 'learn: the allowlist refused nothing' : 'enforce'],
      ['TLS', tls.inspected ? `inspected, except ${tls.passthrough.join(', ') || 'nothing'}` : 'not inspected'],
      ...(plan
        ? ([['Known secrets', plan.knownSecrets ? 'looked for by value' : 'not given to the gate']] as const)
        : []),
    ],
    entries: entriesOf(summary, plan),
    policy: plan?.policy,
    probes: summary.containment,
    direct: directOf(summary.direct),
    steps: stepsOf(summary.job),
    planted: changed(summary.planted),
    facts: [
      ['Bottle', summary.bottle],
      ['Started', instant(outcome.startedAt)],
      ['Ended', `${instant(outcome.endedAt)}, after ${duration(summary.durationMs)}`],
      ['Gate', [gate.name, gate.version].filter(Boolean).join(' ')],
      ['Gate image', gate.image],
      ['Engine', summary.engine],
      ['Image', summary.image],
      ['Policy digest', summary.policyDigest],
      ['Spec digest', summary.specDigest],
      ...(summary.services ?? []).map(one => [`Service ${one.name}`, serviceWords(one)] as const),
      ...(counts.warnings > 0 ? ([['Warnings of the gate', String(counts.warnings)]] as const) : []),
      ...(counts.gateErrors > 0 ? ([['Failed, not refused', String(counts.gateErrors)]] as const) : []),
      ...(counts.unreadable > 0 ? ([['Lines that were no log', String(counts.unreadable)]] as const) : []),
    ],
  }
}

function markOf(summary: Summary): { tone: Tone; mark: string } {
  const { enforced, counts, outcome, mode } = summary
  const { end } = outcome
  if (end.kind === 'refused') return { tone: 'bad', mark: 'Leaked, not run' }
  if (end.kind === 'failed') return { tone: 'bad', mark: 'Failed' }
  if (end.kind !== 'exited') return { tone: 'bad', mark: 'Stopped' }
  if (failureOf(summary) && end.code === 0)
    return { tone: 'bad', mark: enforced ? 'Contained, and failed for it' : 'Failed' }
  if (mode === 'learn') return { tone: 'warning', mark: 'Nothing enforced' }
  if (!enforced) return { tone: 'bad', mark: 'Not contained' }
  if (counts.dlp > 0) return { tone: 'warning', mark: 'Contained, a secret refused' }
  return end.code === 0 ? { tone: 'good', mark: 'Contained' } : { tone: 'bad', mark: 'Contained, the agent failed' }
}

function rowsOf(summary: Summary, lines: PageSources['lines']): PageRow[] {
  const blocks = summary.blocks.map((group): PageRow => {
    const { host, port, method, kind, reason, secrets = [], expected, count, first, last } = group
    return {
      host,
      port: port ?? null,
      method,
      what: expected ? `expected, ${kindWords[kind]}` : kindWords[kind],
      state: stateOf(group),
      reason: [...(secrets.length > 0 ? [`${secrets.join('; ')}.`] : []), reason].join(' '),
      count,
      first,
      last,
      lines: lines?.get(groupKey(group)) ?? [],
    }
  })
  const none = { port: null, method: '', reason: '', first: '', last: '', lines: [] }
  const distrust = summary.distrust.map(({ host, by, count }): PageRow => {
    const what =
      by === 'client' ? "the client refused the gate's certificate" : "the gate refused the host's certificate"
    return { ...none, host, what, state: 'noted', count }
  })
  const reached = summary.reached.map(
    ({ host, count }): PageRow => ({ ...none, host, what: 'allowed', state: 'allowed', count }),
  )
  return [...blocks, ...distrust, ...reached]
}

function stateOf({ kind, expected }: BlockGroup): PageRow['state'] {
  if (kind === 'secret') return 'secret'
  return expected ? 'noted' : 'blocked'
}

function entriesOf({ allowlist, reached }: Summary, plan: PagePlan | undefined): PageEntry[] {
  return allowlist.map(entry => ({
    entry,
    from: plan?.origins[entry] ?? [],
    used: reached.reduce((sum, one) => sum + (covers(entry, one.host) ? one.count : 0), 0),
  }))
}

// The page has a head of its own for what the sentence begins with.
function directOf(direct: Direct): PageData['direct'] {
  const attempts = direct.observed ? direct.attempts : []
  const rest = direct.observed ? direct.count - attempts.reduce((sum, one) => sum + one.count, 0) : 0
  const rows = attempts.map(one => ({ target: directTarget(one), count: one.count }))
  return {
    sentence: directWords(direct),
    rows: rest > 0 ? [...rows, { target: 'not known', count: rest }] : rows,
  }
}

function stepsOf(job: Job | undefined): PageData['steps'] {
  if (!job) return undefined
  const { inside, outside, count } = job
  const known =
    outside === undefined
      ? 'Which later steps ran outside is not known: the workflow could not be read.'
      : outside.length === 0
        ? 'No later step of the job was outside.'
        : `${counted(outside.length, 'later step')} ran outside of it, as the workflow has it.`
  const rest = count - inside.length
  return {
    sentence: `${counted(count, 'step')} ran in this bottle${rest > 0 ? `, the first ${inside.length} are here` : ''}. ${known}`,
    inside: inside.map(({ step, exitCode, durationMs }) => ({
      step,
      end: exitCode === undefined ? 'not seen' : `exit code ${exitCode}`,
      took: durationMs === undefined ? '' : duration(durationMs),
    })),
    outside: (outside ?? []).map(({ step, kind, file, line }) => ({
      step: `${kind}: ${step}`,
      where: `${file}:${line}`,
    })),
  }
}

function changed(planted: Summary['planted']): PageData['planted'] {
  if (!planted) return { sentence: 'The workspace was not writable inside, or could not be looked at.', paths: [] }
  const { repositories, files, count, complete } = planted
  const partly = complete ? '' : ' The workspace is too large to be looked at whole.'
  if (count === 0) return { sentence: `Nothing that tools of later steps obey was changed.${partly}`, paths: [] }
  const paths = [...repositories.map(path => `${path} (a repository: git obeys its configuration)`), ...files]
  const rest = count - paths.length
  return {
    sentence: `The agent changed ${count === 1 ? 'one thing' : `${count} things`} that tools of later steps obey. Look before you run them.${partly}`,
    paths: rest > 0 ? [...paths, `and ${rest} more`] : paths,
  }
}

function shortened(reasons: readonly Reason[]): readonly Reason[] {
  const rest = reasons.length - shownReasons
  return rest > 0 ? [...reasons.slice(0, shownReasons), { host: `and ${rest} more`, why: 'in summary.json' }] : reasons
}
