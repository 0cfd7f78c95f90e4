import { isIP } from 'node:net'
import { getDomain } from 'tldts'
import type { Summary } from '../evidence/summary.ts'
import { covers } from '../spec/destination.ts'

/**
 * The hosts that could be added to the allowlist: refused only because they are not on it or, in learn mode, reached
 * although they are not. Never one that was also refused for something else, such as a secret; never an address, a
 * public suffix, or what was redacted.
 */
export function suggestedHosts(summary: Summary): string[] {
  const suspicious = new Set(summary.blocks.filter(one => one.kind !== 'not-allowed').map(one => one.host))
  const refused = summary.blocks.filter(one => one.kind === 'not-allowed').map(one => one.host)
  const learned = summary.mode === 'learn' ? summary.reached.map(one => one.host) : []
  return [...new Set([...refused, ...learned])]
    .filter(host => !suspicious.has(host) && isSuggestable(host) && !summary.allowlist.some(one => covers(one, host)))
    .sort()
}

function isSuggestable(host: string): boolean {
  if (isIP(host) || !/^[a-z0-9.-]+$/.test(host) || !host.includes('.')) return false
  return getDomain(host, { allowPrivateDomains: true }) !== null
}
