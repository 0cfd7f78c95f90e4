import { addressGuard, parseAddress } from './addresses.ts'
import type { Config } from './config.ts'
import { type Destination, matches, parseDestination } from './destination.ts'
import { suspiciousName } from './entropy.ts'

/** A refusal: the scanner that decided, why, and the status the client gets. */
export interface Refusal {
  readonly scanner: string
  readonly reason: string
  readonly status: number
  /** What was found in a header or body: then the log has a line of the scanner's own, as pipelock writes it. */
  readonly found?: Found
}

/** The names of the formats found, and the header that they stood in. */
export interface Found {
  readonly patterns: readonly string[]
  readonly header?: string | undefined
}

/** Turns a name into its addresses; injected, so that tests can make names lead where they need. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** Judges destinations, first by name alone and then by the addresses that the name leads to. */
export interface Judge {
  /** The allowlist and the shape of the name. A name that is refused here is never resolved. */
  byName(destination: Destination): Refusal | undefined
  /** Resolves once, judges every answer, and returns the one address to dial. */
  byAddress(destination: Destination): Promise<Refusal | { readonly address: string }>
}

const resolveWithin = 5000

/**
 * Makes the judge of a configuration. `self` are the gate's own addresses; `only` holds a host to the ports of its
 * `host:port` entries. Throws when one of the configuration's ranges is not a CIDR, or one of those entries is none.
 */
export function createJudge(
  config: Config,
  resolve: Resolve,
  { self = [], only = [] }: { self?: readonly string[]; only?: readonly string[] | undefined } = {},
): Judge {
  const held = portsByHost(only)
  const guard = addressGuard(config.internal, config.ssrf.ip_allowlist, self)
  const listed = (list: readonly string[]) => {
    const entries = list.map(canonical)
    return (host: string) => entries.some(entry => matches(entry, host))
  }
  const { monitoring } = config.fetch_proxy
  const isAllowed = listed(config.api_allowlist)
  // Only strict enforces the allowlist, as in pipelock (facts/pipelock §2.2).
  const strict = config.mode === 'strict'
  const written = (strict ? config.api_allowlist : []).map(entry => entry.toLowerCase().replace(/\.$/, ''))
  const isTrusted = listed(config.trusted_domains)
  const isExcluded = listed(monitoring.subdomain_entropy_exclusions)
  return {
    byName({ host, literal, port }) {
      if (strict && !isAllowed(host)) {
        return { scanner: 'allowlist', reason: `domain not in allowlist: ${host}`, status: 403 }
      }
      if (strict && held.get(host)?.has(port) === false) {
        return { scanner: 'allowlist', reason: `port ${port} not in allowlist: ${host}`, status: 403 }
      }
      const base = chosen(host, written)
      if (literal || base === host || isExcluded(host)) return undefined
      const reason = suspiciousName(host, base, monitoring.subdomain_entropy_threshold)
      return reason === undefined ? undefined : { scanner: 'subdomain_entropy', reason, status: 403 }
    },
    async byAddress({ host, literal }) {
      const trusted = isTrusted(host)
      const addresses = literal ? [host] : await answers(resolve(host))
      if (addresses.length === 0)
        return { scanner: 'ssrf', reason: `DNS lookup failed: ${host}: no such host`, status: 403 }
      for (const address of addresses) {
        const why = guard.refuse(address, trusted)
        if (why)
          return {
            scanner: literal ? 'core_ssrf' : 'ssrf',
            reason: `SSRF blocked: ${host} leads to an ${why}`,
            status: 403,
          }
      }
      // IPv4 first: runners have no IPv6 way out (facts/pipelock §3.4).
      return { address: addresses.find(one => parseAddress(one)?.kind() === 'ipv4') ?? addresses[0] ?? '' }
    },
  }
}

function portsByHost(only: readonly string[]): Map<string, Set<number>> {
  const held = new Map<string, Set<number>>()
  for (const entry of only) {
    const destination = parseDestination(entry, 0)
    if (!destination) throw new Error(`--only ${JSON.stringify(entry)} is not HOST:PORT`)
    const { host, port } = destination
    held.set(host, (held.get(host) ?? new Set()).add(port))
  }
  return held
}

/** The part of a host that the allowlist wrote out: all of it, what follows a `*.`, or else the last two labels. */
function chosen(host: string, written: readonly string[]): string {
  const entries = written.filter(entry => matches(entry, host))
  if (entries.includes(host)) return host
  const [longest] = entries.map(entry => entry.slice(2)).sort((a, b) => b.length - a.length)
  return longest ?? host.split('.').slice(-2).join('.')
}

// An entry that is an address is compared in the same canonical form as the host.
function canonical(entry: string): string {
  return parseAddress(entry)?.toString() ?? entry
}

// A name server that says nothing must not hold a request for ever; no answer in time is none.
async function answers(asked: Promise<readonly string[]>): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly string[]>(done => {
    timer = setTimeout(() => done([]), resolveWithin)
  })
  return Promise.race([asked.catch(() => []), late]).finally(() => clearTimeout(timer))
}
