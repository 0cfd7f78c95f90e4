import { parseAddress } from './addresses.ts'

/** Where a request wants to go: a host in canonical form, whether it is an address literal, and the port. */
export interface Destination {
  readonly host: string
  readonly literal: boolean
  readonly port: number
}

/**
 * Reads `host:port` as a CONNECT target or URL authority, in one canonical form: lower case, punycode, no trailing dot,
 * and hex, octal, decimal and IPv4-mapped addresses as the address they are. Undefined when it is none (userinfo,
 * a path, white space, percent-encoding, an empty label, an empty or impossible host).
 */
export function parseDestination(authority: string, defaultPort: number): Destination | undefined {
  if (authority === '' || authority.length > 1024 || /[\s\\/?#@%]|[^\x21-\x7e]/.test(authority)) return undefined
  let url: URL
  try {
    url = new URL(`http://${authority}`)
  } catch {
    return undefined
  }
  const explicit = /:(\d+)$/.exec(authority)?.[1]
  const port = explicit === undefined ? defaultPort : Number(explicit)
  if (port < 1 || port > 65535) return undefined
  const host = url.hostname.replace(/\.$/, '').replace(/^\[|\]$/g, '')
  if (host.length > 253 || /^$|^\.|\.\.|\.$/.test(host)) return undefined
  const address = parseAddress(host)
  return address ? { host: address.toString(), literal: true, port } : { host, literal: false, port }
}

/** Does a host match an entry of an allowlist: the same name, or for `*.x` the name x and everything below it? */
export function matches(entry: string, host: string): boolean {
  const wanted = entry.toLowerCase().replace(/\.$/, '')
  if (!wanted.startsWith('*.')) return wanted === host
  return host === wanted.slice(2) || host.endsWith(wanted.slice(1))
}
