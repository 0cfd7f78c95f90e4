import { domainToASCII } from 'node:url'
import ipaddr from 'ipaddr.js'

/**
 * What a case's host is to us. `name`: it can become an alias of the listener, under these spellings. `guarded`: an
 * address (or localhost) that a gate must never dial. `foreign`: somebody's address, so nothing is sent to it, not even
 * through a gate that would refuse. `impossible`: no resolver can be asked for it.
 */
export type Host =
  | { readonly kind: 'name'; readonly name: string; readonly spellings: readonly string[] }
  | { readonly kind: 'guarded'; readonly name: string }
  | { readonly kind: 'foreign' | 'impossible'; readonly name: string; readonly why: string }

// Ranges that lead to the gate itself, to its link, or to somebody's own network; the last three wrap such an address.
const guarded =
  /^(loopback|linkLocal|unspecified|private|uniqueLocal|carrierGradeNat|broadcast|multicast|rfc6052|6to4|teredo)$/
const loopbackName = /^(localhost|ip6-localhost|ip6-loopback)$|\.localhost$/

/** Tells what a host is, as it is written in a URL: any spelling of an address, brackets, a trailing dot. */
export function classify(written: string): Host {
  const host = canonical(written)
  const address = addressOf(host)
  if (address) {
    const range = address.range()
    if (guarded.test(range)) return { kind: 'guarded', name: address.toString() }
    return { kind: 'foreign', name: address.toString(), why: `${address} is the address of a stranger` }
  }
  // An address that cannot be read is an IPv6 one with a zone: it stays on its link.
  if (written.startsWith('[')) return { kind: 'guarded', name: host }
  if (loopbackName.test(host)) return { kind: 'guarded', name: host }
  const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/
  if (host.length > 253 || !host.split('.').every(one => label.test(one)))
    return { kind: 'impossible', name: host, why: 'its host is no name that a resolver can be asked for' }
  const spellings = [...new Set([host, written.replace(/\.+$/, '').toLowerCase(), written.replace(/\.+$/, '')])]
  return { kind: 'name', name: host, spellings: spellings.filter(one => /^[\w.-]+$/.test(one)) }
}

// As the URL standard reads it (0x7f.1 is 127.0.0.1); where it reads nothing, as it stands.
function canonical(written: string): string {
  let host = written
  try {
    host = new URL(`http://${written}`).hostname
  } catch {
    host = domainToASCII(written) || written
  }
  return host
    .toLowerCase()
    .replace(/\.+$/, '')
    .replace(/^\[|\]$/g, '')
}

function addressOf(host: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return ipaddr.isValid(host) ? ipaddr.process(host) : undefined
}
