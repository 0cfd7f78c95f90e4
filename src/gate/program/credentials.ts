import type { IncomingMessage } from 'node:http'
import type { Refusal } from './judge.ts'

/** A credential that the gate puts into the requests to one host; the bottle holds the placeholder, as long as the value. */
export interface Credential {
  readonly host: string
  /** In lower case. */
  readonly header: string
  readonly value: string
  readonly placeholder: string
  readonly scheme: 'raw' | 'bearer' | 'basic'
  readonly user: string
  /** The only methods and paths (`*` is anything) that may carry it; undefined: all. */
  readonly methods?: readonly string[] | undefined
  readonly paths?: readonly string[] | undefined
}

/** Headers as Node has them raw: name, value, name, value. */
type Raw = readonly string[]

/**
 * The headers of a request as they are looked through for secrets: the placeholders are taken out where they belong,
 * since they look like the tokens that they stand for.
 */
export function withoutPlaceholders(raw: Raw, credentials: readonly Credential[]): string[] {
  return credentials.reduce<string[]>((all, one) => eachValue(all, one.header, value => put(value, one, '')), [...raw])
}

/**
 * The headers as they go out. A placeholder becomes the value; a request without the header gets it; another value is the
 * bottle's own and stays. A request that may not carry the credential goes without, or is refused when it asks for it.
 */
export function withCredentials(
  { method = '', url = '' }: Pick<IncomingMessage, 'method' | 'url'>,
  raw: Raw,
  credentials: readonly Credential[],
): string[] | Refusal {
  let headers = [...raw]
  for (const one of credentials) {
    const present = headers.some((name, i) => i % 2 === 0 && name.toLowerCase() === one.header)
    const filled = eachValue(headers, one.header, value => put(value, one, one.value))
    const asked = filled.some((text, i) => text !== headers[i])
    if (!mayCarry(one, method, url)) {
      if (asked) return { scanner: 'inject', reason: `${method} to this path may not carry ${one.header}`, status: 403 }
    } else headers = present ? filled : [...headers, one.header, written(one, one.value)]
  }
  return headers
}

/** What a host may say back that gives a credential away, and what the bottle is to read instead, as long as it. */
export function echoes(credentials: readonly Credential[]): (readonly [string, string])[] {
  return credentials.flatMap(({ value, placeholder, user }) => [
    [value, placeholder] as const,
    [basic(user, value), basic(user, placeholder)] as const,
  ])
}

function mayCarry({ methods, paths }: Credential, method: string, url: string): boolean {
  if (methods && !methods.includes(method)) return false
  if (!paths) return true
  const path = url.replace(/[?#].*$/s, '')
  // What a server may read as another path is no path that was allowed.
  if (/\/\.{1,2}(\/|$)|\/\/|\\|%2e|%2f|%5c|%25|;/i.test(path)) return false
  return paths.some(pattern => patternOf(pattern).test(path))
}

function patternOf(path: string): RegExp {
  const parts = path.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}

function written({ scheme, user }: Credential, value: string): string {
  if (scheme === 'basic') return `Basic ${basic(user, value)}`
  return scheme === 'bearer' ? `Bearer ${value}` : value
}

// A header's value with the placeholder replaced, inside Basic authentication too.
function put(value: string, { placeholder }: Credential, by: string): string {
  const encoded = /^basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(value)?.[1]
  const decoded = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('latin1')
  if (!decoded.includes(placeholder)) return value.replaceAll(placeholder, () => by)
  return `Basic ${Buffer.from(
    decoded.replaceAll(placeholder, () => by),
    'latin1',
  ).toString('base64')}`
}

function basic(user: string, value: string): string {
  return Buffer.from(`${user}:${value}`).toString('base64')
}

function eachValue(raw: Raw, header: string, change: (value: string) => string): string[] {
  return raw.map((text, i) => (i % 2 === 1 && raw[i - 1]?.toLowerCase() === header ? change(text) : text))
}
