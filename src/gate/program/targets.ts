import type { IncomingMessage } from 'node:http'
import { type Destination, parseDestination } from './destination.ts'
import type { Target } from './way.ts'

/** A destination as the Host header of plain HTTP writes it. */
export function authorityOf({ host, port }: Destination): string {
  return `${host.includes(':') ? `[${host}]` : host}${port === 80 ? '' : `:${port}`}`
}

/**
 * Where a URL in absolute form leads, or what is wrong with it. Only what is unambiguous: scheme, authority, path.
 * Userinfo, control characters and other schemes are refused.
 */
export function absolute(text: string): Target | string {
  const match = /^http:\/\/([^/?#]+)([/?][\x21-\x7e]*)?$/i.exec(text)
  const destination = match?.[1] === undefined ? undefined : parseDestination(match[1], 80)
  if (!match?.[1] || !destination) return 'not an http:// URL in absolute form'
  const path = match[2] ?? '/'
  // One spelling of the host for the judge, the log and the destination's Host header.
  return { authority: authorityOf(destination), path: path.startsWith('/') ? path : `/${path}`, destination }
}

/**
 * Where a request in a tunnel leads: a path at the tunnel's destination, or what is wrong with it. A Host that is another
 * one is for whoever stands behind the same address (domain fronting).
 */
export function inTunnel(request: IncomingMessage, within: Destination): Target | string {
  const { host } = request.headers
  if (host !== undefined && parseDestination(host, within.port)?.host !== within.host)
    return "the Host of a request is not the tunnel's"
  if (!/^\/[\x21-\x7e]*$/.test(request.url ?? '')) return 'not a path: a tunnel leads to one host'
  return { authority: authorityOf(within), path: request.url ?? '/', destination: within }
}
