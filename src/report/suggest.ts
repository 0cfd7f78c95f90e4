import { isIP } from 'node:net'
import { getDomain } from 'tldts'
import type { BlockGroup, Summary } from '../evidence/summary.ts'
import { count } from '../evidence/verdict.ts'
import { covers, parseDestination } from '../spec/destination.ts'
import { instant } from './instant.ts'
import { kindWords } from './kinds.ts'

/** A host, and in the tail of a sentence why it is suggested or why not. */
export interface Reason {
  readonly host: string
  readonly why: string
}

/** What could be added to the allowlist, and what was refused for its name too but is better left out. */
export interface Suggestions {
  readonly add: readonly Reason[]
  readonly held: readonly Reason[]
}

/**
 * The hosts that could be added to the allowlist: refused only because they are not on it or, in learn mode, reached
 * although they are not. Each under its own name, never a wildcard. Never one that was refused for anything else too,
 * nor one below which a secret was on its way; never an address, a public suffix, or what was redacted.
 */
export function suggestions(summary: Summary): Suggestions {
  const refused = Map.groupBy(
    summary.blocks.filter(one => one.kind === 'not-allowed'),
    one => one.host,
  )
  const reasons = new Map<string, string>()
  if (summary.mode === 'learn')
    for (const { host, count: times } of summary.reached)
      reasons.set(host, `reached ${times === 1 ? 'once' : `${times} times`} in learn mode`)
  for (const [host, groups] of refused) reasons.set(host, refusal(groups))
  const meant = new Set(summary.blocks.filter(one => one.expected).map(one => one.host))
  const doubt = doubts(summary)
  const add: Reason[] = []
  const held: Reason[] = []
  for (const [host, why] of [...reasons].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (summary.allowlist.some(one => covers(one, host))) continue
    const against = meant.has(host) ? 'meant to be blocked (egress.expected-blocks)' : (notAName(host) ?? doubt(host))
    if (against) held.push({ host, why: against })
    else add.push({ host, why })
  }
  return { add, held }
}

/** The names alone of what could be added; see `suggestions`. */
export function suggestedHosts(summary: Summary): string[] {
  return suggestions(summary).add.map(one => one.host)
}

function refusal(groups: readonly BlockGroup[]): string {
  const times = groups.reduce((sum, one) => sum + one.count, 0)
  const [first = ''] = groups.map(one => one.first).sort()
  const methods = [...new Set(groups.map(one => one.method).filter(Boolean))].join(', ')
  const when = first === '' ? '' : `, first at ${instant(first)}`
  return `refused ${times === 1 ? 'once' : `${times} times`}${methods === '' ? '' : ` (${methods})`}${when}`
}

// What speaks against a host by what else happened in the run.
function doubts({ blocks, counts }: Summary): (host: string) => string | undefined {
  const others = Map.groupBy(
    blocks.filter(one => one.kind !== 'not-allowed'),
    one => one.host,
  )
  const leaky = blocks.filter(one => one.kind === 'secret').map(one => one.host)
  const told = blocks.reduce((sum, one) => sum + (one.kind === 'secret' ? one.count : 0), 0)
  const untold = (counts.byKind.secret ?? 0) - told
  return host => {
    const other = others.get(host)?.[0]
    if (other) return `also refused: ${kindWords[other.kind]}`
    if (leaky.some(one => covers(`*.${host}`, one))) return 'a secret was on its way to a name below it'
    if (untold > 0)
      return `${count(untold, 'request')} carried a secret to hosts that were too many to tell apart; this may be one`
    return undefined
  }
}

// What is no name that an allowlist could hold, or that anybody could register below.
function notAName(host: string): string | undefined {
  if (isIP(host)) return 'an address, which says nothing of who answers there'
  if (/[[\]*]/.test(host)) return 'part of its name was hidden, since it looked like data'
  const read = parseDestination(host)
  if (!/^[a-z0-9.-]+$/.test(host) || !host.includes('.') || !('ok' in read) || read.ok !== host)
    return 'not a host name that an allowlist can hold'
  return domainOf(host) === undefined ? 'a public suffix, below which anyone can register a name' : undefined
}

function domainOf(host: string): string | undefined {
  return getDomain(host, { allowPrivateDomains: true }) ?? undefined
}
