import type { ReadRun } from '../../evidence/read.ts'
import type { BlockGroup, Summary } from '../../evidence/summary.ts'
import type { BlockKind } from '../../gate/events.ts'
import { covers } from '../../spec/destination.ts'
import { suggestedHosts } from '../suggest.ts'

/** A host, in how many runs it was seen, and how often in all of them. */
export interface SeenHost {
  readonly host: string
  readonly runs: number
  readonly count: number
}

/** An entry of an allowlist that no run used. `from` is where it came from; empty when the evidence does not say. */
export interface UnusedEntry {
  readonly entry: string
  readonly from: readonly string[]
  /** In how many runs it was allowed. */
  readonly runs: number
  /** False when it comes with the default list or a preset, so that there is no line of its own to take out. */
  readonly own: boolean
}

/** The evidence of many runs as one. Hosts and places are hostile text. */
export interface Union {
  readonly version: 1
  /** Runs that were read, each once. */
  readonly runs: number
  /** Runs in which the agent did not run, or of which it is not known which hosts it used: they leave no entry unused. */
  readonly silent: number
  readonly used: readonly SeenHost[]
  readonly blocked: readonly (SeenHost & { readonly kinds: readonly BlockKind[] })[]
  /** Hosts that could be added to the allowlist, and how many runs asked for them. */
  readonly suggested: readonly SeenHost[]
  readonly unused: readonly UnusedEntry[]
}

/**
 * Joins the evidence of the legs of a matrix, or of many runs. A run that is given twice counts once. A host is suggested
 * when it would be for one of the runs, and none of them refused it for anything else than not being on the list.
 */
export function unite(given: readonly ReadRun[]): Union {
  const runs = [...new Map(given.map(one => [`${one.summary.bottle} ${one.summary.outcome.startedAt}`, one])).values()]
  const summaries = runs.map(one => one.summary)
  const suspicions = summaries.flatMap(one => one.blocks.filter(block => block.kind !== 'not-allowed'))
  const telling = runs.filter(one => isTelling(one.summary))
  return {
    version: 1,
    runs: runs.length,
    silent: runs.length - telling.length,
    used: seen(summaries.map(one => one.reached)),
    blocked: blockedOf(summaries),
    suggested: seen(summaries.map(one => wanted(one, suspicions))),
    unused: unusedOf(telling),
  }
}

// Suggested by the one rule there is, for this run, as if it had seen what was refused in all of them.
function wanted(summary: Summary, suspicions: readonly BlockGroup[]): { host: string; count: number }[] {
  const hosts = suggestedHosts({ ...summary, blocks: [...summary.blocks, ...suspicions] })
  const times = new Map<string, number>()
  for (const { host, count } of [...summary.blocks, ...(summary.mode === 'learn' ? summary.reached : [])])
    times.set(host, (times.get(host) ?? 0) + count)
  return hosts.map(host => ({ host, count: times.get(host) ?? 1 }))
}

function blockedOf(summaries: readonly Summary[]): Union['blocked'] {
  const kinds = new Map<string, Set<BlockKind>>()
  for (const { host, kind } of summaries.flatMap(one => one.blocks)) {
    const known = kinds.get(host) ?? new Set()
    kinds.set(host, known.add(kind))
  }
  return seen(summaries.map(one => one.blocks)).map(one => ({ ...one, kinds: [...(kinds.get(one.host) ?? [])].sort() }))
}

function seen(runs: readonly (readonly { readonly host: string; readonly count: number }[])[]): SeenHost[] {
  const found = new Map<string, { runs: number; count: number }>()
  for (const rows of runs) {
    const inThis = new Set<string>()
    for (const { host, count } of rows) {
      const known = found.get(host) ?? { runs: 0, count: 0 }
      found.set(host, { runs: known.runs + (inThis.has(host) ? 0 : 1), count: known.count + count })
      inThis.add(host)
    }
  }
  return [...found]
    .map(([host, sums]) => ({ host, ...sums }))
    .sort((a, b) => b.runs - a.runs || b.count - a.count || (a.host < b.host ? -1 : 1))
}

// A run whose agent did not run, or whose log or list of used hosts is not whole, says of no entry that it is not needed.
function isTelling({ outcome, containment, reached, counts, whole }: Summary): boolean {
  if (!whole) return false
  if (outcome.end.kind === 'refused' || containment.length === 0 || containment.some(one => one.leaked)) return false
  return reached.reduce((sum, one) => sum + one.count, 0) >= counts.allowed
}

function unusedOf(runs: readonly ReadRun[]): UnusedEntry[] {
  const used = [...new Set(runs.flatMap(one => one.summary.reached.map(({ host }) => host)))]
  const entries = new Map<string, { from: Set<string>; runs: number }>()
  for (const { summary, plan } of runs)
    for (const entry of new Set(summary.allowlist)) {
      const known = entries.get(entry) ?? { from: new Set(), runs: 0 }
      for (const place of plan && Object.hasOwn(plan.origins, entry) ? (plan.origins[entry] ?? []) : [])
        known.from.add(place)
      entries.set(entry, { from: known.from, runs: known.runs + 1 })
    }
  return [...entries]
    .filter(([entry]) => !used.some(host => covers(entry, host)))
    .map(([entry, known]) => ({
      entry,
      from: [...known.from].sort(),
      runs: known.runs,
      own: ![...known.from].every(place => isList(place)) || known.from.size === 0,
    }))
    .sort((a, b) => Number(b.own) - Number(a.own) || (a.entry < b.entry ? -1 : 1))
}

// How spec/allowlist.ts calls a list that brings its entries along.
function isList(place: string): boolean {
  return /^(the default list|BOTTLE_DEFAULT_ALLOWLIST|input default-allowlist|preset .*)$/.test(place)
}
