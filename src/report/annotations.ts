import type { BlockGroup, Summary } from '../evidence/summary.ts'
import { count, failureOf } from '../evidence/verdict.ts'
import type { Plan } from '../plan/plan.ts'
import { covers } from '../spec/destination.ts'
import { kindHelp, whyOf, worstFirst } from './kinds.ts'
import { plain } from './plain-text.ts'

/** A sentence beside a line of a file of the repository, or of the run where there is none. Plain text. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly text: string
  readonly file?: string | undefined
  readonly line?: number | undefined
}

const longest = 500

/**
 * At most `most` annotations for the blocks that are not expected, what to look at first in front, each on the line that
 * would change: the entry of an allowed host, else the allowlist. What makes the step fail is an error. Hosts beyond are
 * counted in the last one.
 */
export function annotationsOf(
  summary: Summary,
  plan: Pick<Plan, 'origins' | 'policyAt'> | undefined,
  most: number,
): Annotation[] {
  const rows = Map.groupBy(
    summary.blocks.filter(one => !one.expected),
    ({ host, kind }) => JSON.stringify([host, kind]),
  )
  const all = [...rows.values()]
    .map(groups => ({ ...merged(groups), ports: [...new Set(groups.flatMap(one => one.port ?? []))] }))
    .sort(worstFirst)
  const told = all.length + Math.sign(summary.counts.ungrouped) > most ? all.slice(0, Math.max(0, most - 1)) : all
  const annotations = told.map(
    (one): Annotation => ({ level: levelOf(one, summary), text: textOf(one), ...placeOf(one.host, plan) }),
  )
  const rest = summary.counts.blocked - summary.counts.expected - told.reduce((sum, one) => sum + one.count, 0)
  if (rest <= 0 || most < 1) return annotations
  return [...annotations, { level: 'notice', text: `${count(rest, 'more block')}, in blocked.jsonl of the evidence.` }]
}

function merged(groups: readonly BlockGroup[]): BlockGroup {
  const [first] = groups
  if (!first) throw new Error('a group of nothing')
  const secrets = [...new Set(groups.flatMap(one => one.secrets ?? []))]
  return { ...first, secrets, count: groups.reduce((sum, one) => sum + one.count, 0) }
}

function levelOf({ kind }: BlockGroup, summary: Summary): Annotation['level'] {
  if (failureOf(summary) && (summary.failOn === 'any-block' || kind === 'secret')) return 'error'
  return kind === 'not-allowed' || kind === 'rate' ? 'notice' : 'warning'
}

function textOf(group: BlockGroup & { readonly ports: readonly number[] }): string {
  const { host, ports, kind, count: times } = group
  const where = ports.length === 1 ? `${host}:${ports[0]}` : host
  return plain(`Blocked ${where}: ${whyOf(group)}, ${count(times, 'time')}. ${kindHelp[kind]}`).slice(0, longest)
}

function placeOf(
  host: string,
  plan: Pick<Plan, 'origins' | 'policyAt'> | undefined,
): Pick<Annotation, 'file' | 'line'> {
  if (!plan?.policyAt) return {}
  const { file, line } = plan.policyAt
  const entry = Object.keys(plan.origins).find(one => covers(one, host))
  const [own] = (entry === undefined ? [] : (plan.origins[entry] ?? [])).flatMap(
    place => /^(?!input ).*:(\d+):\d+$/.exec(place)?.[1] ?? [],
  )
  return { file, line: line === undefined || own === undefined ? line : Number(own) }
}
