import ipaddr from 'ipaddr.js'

/** Judges resolved addresses: may the gate dial them? */
export interface AddressGuard {
  /** Why an address may not be dialled for a name, or undefined when it may. */
  refuse(address: string, trusted: boolean): string | undefined
}

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Range = [Address, number]

// Never dialled, whatever is trusted: the sidecar itself, the link (cloud metadata lives there), everybody at once.
const never = new Set(['loopback', 'linkLocal', 'unspecified', 'multicast', 'broadcast'])

/**
 * Makes a guard from CIDR ranges: `internal` is refused unless the name is trusted or the address is in `opened`;
 * `opened` and trust never reach loopback, link-local, multicast or unspecified, nor `self`, the gate's own addresses.
 * An IPv6 address that a translator turns into an IPv4 one is judged as both. Throws on a range that is none.
 */
export function addressGuard(
  internal: readonly string[],
  opened: readonly string[],
  self: readonly string[] = [],
): AddressGuard {
  const [refused, open] = [internal.map(range), opened.map(range)]
  const own = new Set(self.map(one => parseAddress(one)?.toString()))
  const why = (address: Address, trusted: boolean): string | undefined => {
    if (never.has(address.range())) return `${address.range()} address`
    if (own.has(address.toString())) return 'address of the gate itself'
    if (open.some(one => contains(one, address))) return undefined
    if (trusted && !isOwn(refused, address)) return undefined
    if (String(address.range()) === 'deprecatedSiteLocal') return 'internal address'
    return refused.some(one => contains(one, address)) ? 'internal address' : undefined
  }
  return {
    refuse(text, trusted) {
      const address = parseAddress(text)
      if (!address) return 'not an address'
      const inner = embedded(address)
      return why(address, trusted) ?? (inner && why(inner, trusted))
    },
  }
}

// Where the IPv4 address is in IPv6 forms that something on the way may translate: the range, and its first byte.
const translated: readonly (readonly [Range, number])[] = (
  [
    ['64:ff9b::/96', 12], // NAT64, RFC 6052
    ['64:ff9b:1::/48', 12], // NAT64 for local use, RFC 8215
    ['2002::/16', 2], // 6to4, RFC 3056
    ['::/96', 12], // IPv4-compatible, RFC 4291 §2.5.5.1
    ['::ffff:0:0:0/96', 12], // IPv4-translated, RFC 2765
  ] as const
).map(([cidr, at]) => [ipaddr.parseCIDR(cidr) as Range, at] as const)

function embedded(address: Address): Address | undefined {
  const at = translated.find(([one]) => contains(one, address))?.[1]
  return at === undefined ? undefined : ipaddr.fromByteArray(address.toByteArray().slice(at, at + 4))
}

/** Parses an address in canonical form (an IPv4-mapped IPv6 address becomes the IPv4 one), or returns undefined. */
export function parseAddress(text: string): Address | undefined {
  const bare = text.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : undefined
}

// What the plan adds to pipelock's ranges are the run's own addresses (198.18.0.0/15): no name is trusted with those.
const own = range('198.18.0.0/15')
function isOwn(refused: readonly Range[], address: Address): boolean {
  return contains(own, address) && refused.some(one => contains(one, address))
}

/** Is this text a range of addresses, or one address? */
export function isRange(text: string): boolean {
  try {
    return range(text) !== undefined
  } catch {
    return false
  }
}

function range(text: string): Range {
  return ipaddr.parseCIDR(text.includes('/') ? text : `${text}/32`) as Range
}

function contains([base, bits]: Range, address: Address): boolean {
  return base.kind() === address.kind() && address.match([base, bits] as [ipaddr.IPv4, number])
}
