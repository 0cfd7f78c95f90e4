import { secretForms } from '../../../src/gate/program/encodings.ts'
import { seeded } from '../gate/seeded.ts'
import { tokenMakers } from '../gate/token-makers.ts'

/** One line of a gate's log with a secret in it, and what may not be read in any file that is made of it. */
export interface Planted {
  readonly what: string
  readonly line: string
  /** Texts of which none may be seen, in any case. */
  readonly secrets: readonly string[]
  /** What the line has to say afterwards: the end of its host, the port, what happened and by which scanner. */
  readonly host: string | undefined
  readonly port: number | undefined
}

const letters = 'abcdefghijklmnopqrstuvwxyz'
const digits = '0123456789'
const marks = '!$&*+-./=?@^_~'

// What these are told by is a checksum and no format; they are masked when they are a secret of the run.
const checked = /Bitcoin|extended private|Ethereum|seed phrase|card|IBAN|social security/
const tokens = tokenMakers.filter(({ name }) => !checked.test(name))

/** Makes planted secrets from a seed: known ones in every form, tokens, userinfo, queries, at the places of real gate lines. */
export function planter(seed: string) {
  const { below } = seeded(seed)
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const word = (length: number, from: string) => Array.from({ length }, () => from[below(from.length)]).join('')
  const secret = () =>
    pick([
      () => word(8 + below(40), letters + letters.toUpperCase() + digits),
      () => word(8 + below(30), letters + letters.toUpperCase() + digits + marks),
      () => word(32, '0123456789abcdef'),
      () => `${word(6, letters)}-${word(4, digits)}-${word(6, letters)}`,
    ])()
  let request = 0
  const line = (event: string, fields: object) =>
    JSON.stringify({
      level: 'warn',
      component: pick(['pipelock', 'bottle-gate']),
      event,
      ...fields,
      client_ip: `198.18.0.${below(200)}`,
      request_id: `req-${++request}`,
      agent: 'bottle',
      time: `2026-11-25T03:${10 + below(50)}:${10 + below(50)}Z`,
      message: 'request blocked',
    })
  const blocked = (fields: object, scanner = 'allowlist') => line('blocked', { ...fields, scanner })
  const cutBy = (mark: string, text: string) => {
    const size = 5 + below(20)
    return text.match(new RegExp(`.{1,${size}}`, 'gs'))?.join(mark) ?? text
  }

  /** Where a text can stand whole. */
  const places: readonly ((x: string) => Omit<Planted, 'what' | 'secrets'>)[] = [
    x => {
      const host = `${x}.evil.test`
      const reason = `domain not in allowlist: ${host}`
      return {
        line: blocked({ method: 'CONNECT', target: `${host}:443`, reason }),
        host: /^[\w.~=-]+$/.test(x) ? 'evil.test' : undefined,
        port: undefined,
      }
    },
    x => ({
      line: blocked({ method: 'GET', url: `http://evil.test/a/${x}/b`, reason: 'domain not in allowlist: evil.test' }),
      host: 'evil.test',
      port: 80,
    }),
    x => ({
      line: blocked({ method: x, url: 'http://evil.test/', reason: 'domain not in allowlist: evil.test' }),
      host: 'evil.test',
      port: 80,
    }),
    x => ({
      line: line('header_dlp', { method: 'GET', url: 'http://a.test/', header: x, action: 'block', patterns: ['AWS'] }),
      host: 'a.test',
      port: 80,
    }),
    x => ({
      line: line('body_dlp', { method: 'POST', url: 'https://a.test/', action: 'block', patterns: ['x', `p ${x} q`] }),
      host: 'a.test',
      port: 443,
    }),
    x => ({
      line: line('sni_mismatch', { connect_host: 'a.test:443', sni_host: `${x}.b.test`, category: 'mismatch' }),
      host: 'a.test',
      port: 443,
    }),
    x => ({
      line: line('error', {
        url: 'http://a.test:8080/',
        error: `Get "http://a.test:8080/${x}": dial tcp: lookup a.test: no such host`,
      }),
      host: 'a.test',
      port: 8080,
    }),
    x => ({
      line: line('anomaly', { method: 'GET', url: 'http://a.test/', scanner: 'dlp', reason: `suspicious: ${x}` }),
      host: 'a.test',
      port: undefined,
    }),
    x => ({
      line: line('forward_http', { method: 'GET', url: `http://a.test:81/${x}`, status_code: 200, size_bytes: 7 }),
      host: 'a.test',
      port: 81,
    }),
    x => ({
      line: line('redirect', { original_url: `http://a.test/${x}`, redirect_url: `http://b.test/${x}`, hop: 1 }),
      host: undefined,
      port: undefined,
    }),
  ]
  /** Where only a URL's query, fragment or userinfo stands: nobody has to know what is in it. */
  const hidden: readonly ((x: string) => Omit<Planted, 'what' | 'secrets'>)[] = [
    ...['?q=', '?a=1&b=', '#', '?', '?a[]=', "?q='"].map(sign => (x: string) => ({
      line: blocked({ method: 'GET', url: `http://evil.test/p${sign}${x}`, reason: `not allowed: /p?q=${x}` }),
      host: 'evil.test',
      port: 80,
    })),
    x => ({
      line: line('error', { url: 'http://a.test/', error: `Get "http://a.test/p?q=${x}": dial tcp: refused` }),
      host: 'a.test',
      port: 80,
    }),
    x => ({
      line: blocked({ method: 'GET', url: `https://user:${x}@evil.test:8443/`, reason: `bad: //${x}:y@evil.test/` }),
      host: 'evil.test',
      port: 8443,
    }),
    x => ({
      line: blocked({ method: 'CONNECT', target: `user:${x}@evil.test:443`, reason: `not allowed: u:${x}@evil.test` }),
      host: 'evil.test',
      port: 443,
    }),
  ]

  const known = (secrets: readonly string[]): Planted => {
    const value = pick(secrets)
    const forms = secretForms(value)
    const { name, text } = pick(forms)
    // Upper or lower case of hex, base32 and the like is the same secret; of base64 the redactor masks it too.
    const written = pick([text, text, encodeURIComponent(text), text.toUpperCase(), text.toLowerCase()])
    const cut = below(5)
    const at =
      cut === 0 && text.length >= 16
        ? cutBy('.', written)
        : cut === 1 && text.length >= 16
          ? cutBy('/', written)
          : written
    return { what: `${name}${at === written ? '' : ', cut'}`, secrets: [written, at], ...pick(places)(at) }
  }
  const token = (): Planted => {
    const { name, make } = pick(tokens)
    const text = make()
    const core = text.match(/[A-Za-z0-9+/_-]+/g)?.sort((a, b) => b.length - a.length)[0] ?? text
    // Not the whole token and not a part of it that one could go on with.
    const windows = Array.from({ length: Math.max(1, core.length - 19) }, (_, i) => core.slice(i, i + 20))
    return { what: name, secrets: [text, ...windows], ...pick(places)(` ${text} `.trim()) }
  }
  const inUrl = (): Planted => {
    const text = word(8 + below(24), letters + digits + letters.toUpperCase())
    return { what: 'part of a URL', secrets: [text], ...pick(hidden)(text) }
  }
  return {
    secret,
    plant(secrets: readonly string[]): Planted {
      const kind = below(10)
      return kind < 5 ? known(secrets) : kind < 8 ? token() : inUrl()
    },
  }
}
