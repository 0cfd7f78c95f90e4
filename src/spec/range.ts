import ipaddr from 'ipaddr.js'

// What no range may open, and what it is called. Metadata: Azure's wire server, Alibaba's, AWS over IPv6; the other
// clouds' are link-local.
const never: readonly (readonly [string, string])[] = [
  ['0.0.0.0/8', '"this host"'],
  ['127.0.0.0/8', "the sidecar's own loopback"],
  ['169.254.0.0/16', 'link-local, where cloud metadata lives'],
  ['168.63.129.16/32', "Azure's metadata address"],
  ['100.100.100.200/32', "Alibaba Cloud's metadata address"],
  ['224.0.0.0/4', 'multicast'],
  ['255.255.255.255/32', 'broadcast'],
  ['198.18.0.0/15', "where Bottle's own networks are"],
  ['::1/128', "the sidecar's own loopback"],
  ['fe80::/10', 'link-local, where cloud metadata lives'],
  ['fd00:ec2::254/128', "AWS's metadata address"],
  ['ff00::/8', 'multicast'],
]

/** Why a CIDR cannot be opened by `egress.private`, as the tail of a sentence that says what to write; else undefined. */
export function wrongRange(text: string): string | undefined {
  if (ipaddr.isValid(text)) return `is an address; write ${text}/${text.includes(':') ? 128 : 32}`
  if (!ipaddr.isValidCIDR(text)) return 'is not a CIDR; write one such as 10.0.0.5/32'
  const [address, bits] = ipaddr.parseCIDR(text)
  if (bits === 0) return 'is every address there is; name the ranges the agent needs'
  const network = `${(address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(text)}/${bits}`
  if (network !== `${address}/${bits}`) return `has host bits set; write ${network}`
  const hit = never.find(([range]) => overlap(text, range))
  return hit && `overlaps ${hit[0]} (${hit[1]}), which is never reachable; write the addresses the agent needs`
}

/** Do two CIDRs have an address in common? */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [ipaddr.parseCIDR(one), ipaddr.parseCIDR(other)]
  if (a[0].kind() !== b[0].kind()) return false
  const bits = Math.min(a[1], b[1])
  return a[0].match([b[0], bits] as [ipaddr.IPv4, number])
}
