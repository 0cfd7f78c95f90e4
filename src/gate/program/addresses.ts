import ipaddr from 'ipaddr.js'

/** Judges resolved addresses: may the gate dial them? */
export interface AddressGuard {
  /** Why an address may not be dialled for a name, or undefined when it may. */
  refuse(address: string, trusted: boolean): string | undefined
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number]

// Never dialled, whatever is trusted: the sidecar itself, the link (cloud metadata lives there), everybody at once.
const never = new Set(['loopback', 'linkLocal', 'unspecified', 'multicast', 'broadcast'])

/**
 * Makes a guard from CIDR ranges: `internal` is refused unless the name is trusted or the address is in `opened`;
 * `opened` and trust never reach loopback, link-local, multicast or unspecified. Throws on a range that is none.
 */
export function addressGuard(internal: readonly string[], opened: readonly string[]): AddressGuard {
  const [refused, open] = [internal.map(range), opened.map(range)]
  return {
    refuse(text, trusted) {
      const address = parseAddress(text)
      if (!address) return 'not an address'
      if (never.has(address.range())) return `${address.range()} address`
      if (open.some(one => contains(one, address))) return undefined
      if (trusted && !isOwn(internal, address)) return undefined
      return refused.some(one => contains(one, address)) ? 'internal address' : undefined
    },
  }
}

/** Parses an address in canonical form (an IPv4-mapped IPv6 address becomes the IPv4 one), or returns undefined. */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const bare = text.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : undefined
}

// What the plan adds to pipelock's ranges are the run's own addresses (198.18.0.0/15): no name is trusted with those.
const own = range('198.18.0.0/15')
function isOwn(internal: readonly string[], address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return contains(own, address) && internal.map(range).some(one => contains(one, address))
}

function range(text: string): Range {
  return ipaddr.parseCIDR(text.includes('/') ? text : `${text}/32`) as Range
}

function contains([base, bits]: Range, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return base.kind() === address.kind() && address.match([base, bits] as [ipaddr.IPv4, number])
}
