import { parse } from 'tldts'
import { parseDestination } from '../../src/spec/destination.ts'
import type { Planned } from './requests.ts'

/** The two allowlists a corpus is run under. */
export type Mode = 'strict' | 'open'

/** Is it the host's name that gives the case away? Then an author is thought to have allowed a wildcard above it. */
export function isAboutTheName({ one }: Planned): boolean {
  return /hostname|subdomain|dns/.test(one.category) || one.tags.some(tag => /hostname|subdomain|dns/.test(tag))
}

/** Is it where the host's name leads that gives the case away: to a private address? */
export function isAboutTheAddress({ one, hosts }: Planned): boolean {
  if (one.expected !== 'block' || !hosts.every(host => host.kind === 'name')) return false
  return /ssrf/.test(one.category) || (one.tags.length > 0 && one.tags.every(tag => /ssrf|rebind/.test(tag)))
}

/** What an author would allow: the hosts of the cases that are to be let through, sorted. */
export function strictList(planned: readonly Planned[]): string[] {
  return sorted(planned.filter(({ one }) => one.expected === 'allow').flatMap(({ hosts }) => hosts.flatMap(allowable)))
}

/** Every host of every case, so that only what looks into requests stands; `*.domain` where the name is the case. */
export function openList(planned: readonly Planned[]): string[] {
  return sorted(
    planned.flatMap(plan =>
      plan.hosts.flatMap(host => {
        const domain = isAboutTheName(plan) && host.kind !== 'guarded' ? parse(host.name).domain : undefined
        const wildcard = domain && domain !== host.name ? parseDestination(`*.${domain}`) : undefined
        return wildcard && 'ok' in wildcard ? [wildcard.ok] : allowable(host)
      }),
    ),
  )
}

// Addresses are never allowed here: the gate's guard is tried on them where nothing can leave (rehearse.ts).
function allowable(host: Planned['hosts'][number]): string[] {
  const entry = host.kind === 'name' ? parseDestination(host.name) : undefined
  return entry && 'ok' in entry ? [entry.ok] : []
}

function sorted(hosts: readonly string[]): string[] {
  return [...new Set(hosts)].sort()
}
