import { isIP } from 'node:net'
import { getDomain } from 'tldts'
import type { Summary } from '../evidence/summary.ts'

/**
 * The hosts that could be added to the allowlist: refused only because they are not on it. Never one that was also
 * refused for a secret, never an address, never a public suffix, never what was redacted.
 */
export function suggestedHosts(summary: Summary): string[] {
  const suspicious = new Set(summary.blocks.filter(one => one.kind !== 'not-allowed').map(one => one.host))
  const hosts = summary.blocks
    .filter(one => one.kind === 'not-allowed' && !suspicious.has(one.host))
    .map(one => one.host)
  return [...new Set(hosts)].filter(isSuggestable).sort()
}

function isSuggestable(host: string): boolean {
  if (isIP(host) || !/^[a-z0-9.-]+$/.test(host) || !host.includes('.')) return false
  return getDomain(host, { allowPrivateDomains: true }) !== null
}
