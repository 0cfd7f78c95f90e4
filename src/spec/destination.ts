import { domainToASCII } from 'node:url'
import ipaddr from 'ipaddr.js'
import { parse } from 'tldts'

/** A destination in canonical form, or why it is none: what is wrong, and what to write. */
export type Parsed = { readonly ok: string } | { readonly wrong: string }

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Reads one allowlist entry by what it means: a host name, `*.` and a host name, or an address. The canonical form is
 * lower case, punycode, without a trailing dot. Ports and paths are no part of it: an allowed host is open whole.
 */
export function parseDestination(text: string): Parsed {
  const given = text.trim()
  if (given === '') return { wrong: 'is empty; write a host name such as api.example.com' }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(given))
    return { wrong: `is a URL; write ${hostOf(given) ?? 'its host name alone'}` }
  if (ipaddr.isValid(bare(given)) && !/^\d+$|^0x/i.test(given)) return parseAddress(given)
  if (/\/\d{1,3}$/.test(given) && ipaddr.isValidCIDR(given))
    return { wrong: `is a range of addresses; put ${given} under egress.private` }
  if (given.includes('/')) return { wrong: `has a path; write ${given.split('/')[0]} (a host is allowed whole)` }
  if (given.includes('@')) return { wrong: `has a user name; write ${given.split('@').at(-1)}` }
  const port = /^(.*):(\d+)$/.exec(given)
  if (port) return { wrong: `has a port; write ${port[1]} (every port of an allowed host is open)` }
  if (/[\s,;]/.test(given)) return { wrong: 'holds more than one word; write one host per entry' }
  return parseName(given)
}

/**
 * Reads one host whose blocks are meant, as `parseDestination` does; but an address may be one that is never reachable,
 * since programs ask for such too (cloud metadata, say).
 */
export function parseExpected(text: string): Parsed {
  const result = parseDestination(text)
  if ('ok' in result) return result
  if (/ address, which is never reachable$|^is the sidecar's own loopback/.test(result.wrong))
    return { ok: text.trim() === 'localhost' ? 'localhost' : ipaddr.parse(bare(text.trim())).toString() }
  const told: readonly (readonly [RegExp, string])[] = [
    [/^would allow every host;/, 'would expect every block, so that none is told;'],
    [/^would allow every domain/, 'would expect the blocks of every domain'],
    [/ \(a host is allowed whole\)$/, ' (all paths of a host are meant)'],
    [/ \(every port of an allowed host is open\)$/, ' (all ports of a host are meant)'],
    [/^is a range of addresses;.*$/, 'is a range of addresses; write the addresses one by one'],
  ]
  const [pattern = /$/, words = ''] = told.find(([one]) => one.test(result.wrong)) ?? []
  return { wrong: result.wrong.replace(pattern, words) }
}

/** Does an allowlist entry cover a host? The same name, or for `*.x` the name x and everything below it. */
export function covers(entry: string, host: string): boolean {
  return entry.startsWith('*.') ? host === entry.slice(2) || host.endsWith(entry.slice(1)) : entry === host
}

/** Is there a host that both entries cover? */
export function overlaps(one: string, other: string): boolean {
  return covers(one, other.replace(/^\*\./, '')) || covers(other, one.replace(/^\*\./, ''))
}

function parseName(given: string): Parsed {
  if (given === '*') return { wrong: 'would allow every host; name the hosts, or use `*.example.com` for one domain' }
  const wildcard = given.startsWith('*.')
  const rest = (wildcard ? given.slice(2) : given).replace(/\.$/, '')
  if (rest.includes('*'))
    return { wrong: 'has a `*` where it means nothing; a wildcard is `*.` and a domain, such as *.example.com' }
  if (rest.includes('_')) return { wrong: 'has an underscore, which no host name may hold' }
  const name = domainToASCII(rest).toLowerCase()
  if (name === '') return { wrong: 'is not a host name; write one such as api.example.com' }
  // What the URL standard reads as a number is an address in disguise: 0x7f000001, 017700000001, 2130706433.
  if (ipaddr.isValid(name)) return { wrong: `is the address ${name} in another spelling; write ${name}` }
  if (name.length > 253) return { wrong: `is ${name.length} characters long; a host name has at most 253` }
  const bad = name.split('.').find(one => !label.test(one))
  if (bad !== undefined) return { wrong: badLabel(bad) }
  if (!wildcard && name === 'localhost') return { wrong: "is the sidecar's own loopback, which is never reachable" }
  if (!wildcard) return { ok: name }
  return wildcardOf(name)
}

function wildcardOf(name: string): Parsed {
  const { publicSuffix, isIcann, isPrivate } = parse(name, { allowPrivateDomains: true })
  const listed = isIcann || isPrivate || !name.includes('.')
  if (listed && publicSuffix === name) {
    return { wrong: `would allow every domain under ${name}, which anyone can register; write *.your-domain.${name}` }
  }
  return { ok: `*.${name}` }
}

function parseAddress(given: string): Parsed {
  if (ipaddr.IPv4.isValid(given) && !ipaddr.IPv4.isValidFourPartDecimal(given)) {
    const plain = ipaddr.IPv4.parse(given).toString()
    return { wrong: `is the address ${plain} in another spelling; write ${plain}` }
  }
  const address = ipaddr.parse(bare(given))
  if (['loopback', 'unspecified', 'linkLocal', 'multicast', 'broadcast'].includes(address.range())) {
    return { wrong: `is a ${address.range()} address, which is never reachable` }
  }
  return { ok: address.toString() }
}

function badLabel(one: string): string {
  if (one === '') return 'has an empty label (two dots in a row, or one at the start)'
  if (one.length > 63) return `has a label of ${one.length} characters; a label has at most 63`
  return `has the label ${JSON.stringify(one)}; labels are letters, digits and hyphens, and do not begin or end with one`
}

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).hostname || undefined
  } catch {
    return undefined
  }
}

function bare(text: string): string {
  return text.replace(/^\[(.*)\]$/, '$1')
}
