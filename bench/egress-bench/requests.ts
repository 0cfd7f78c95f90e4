import { type Case, isRecord } from './cases.ts'
import { classify, type Host } from './hosts.ts'

/** How a request travels: in absolute form, where the gate sees all of it, or inside a tunnel. */
export type Variant = 'plain' | 'tls'

/** One request as the client in the bottle sends it. `tag` is its `x-case` header, by which the listener knows it. */
export interface Sent {
  readonly tag: string
  readonly variant: Variant
  /** What follows the method in absolute form; `target` is what follows it inside a tunnel. */
  readonly url: string
  readonly target: string
  readonly host: string
  readonly port: number
  readonly method: string
  readonly headers: readonly (readonly [string, string])[]
  /** The body, in base64. */
  readonly body: string
}

/** A case with the requests it becomes, or why it becomes none. */
export interface Planned {
  readonly one: Case
  readonly requests: readonly Sent[]
  readonly hosts: readonly Host[]
  /** What the listener is to answer, when the case is about a response. */
  readonly answer: string | undefined
  readonly never: string | undefined
}

/** Plans the requests of a case, as written and with the scheme swapped; `index` makes their tags unique. Pure. */
export function planCase(one: Case, index: number): Planned {
  const plan = { one, requests: [], hosts: [], answer: answerOf(one.payload) }
  const stranger = notOverHttp(one)
  if (stranger) return { ...plan, never: stranger }
  const steps = stepsOf(one.payload)
  if (steps.length === 0) return { ...plan, never: 'its payload names no URL' }
  const read = steps.map(readUrl)
  const bad = read.find(url => typeof url === 'string')
  if (bad !== undefined) return { ...plan, never: bad }
  const urls = read.filter(url => typeof url !== 'string')
  const hosts = urls.map(hostOf)
  const foreign = hosts.find(host => host.kind === 'foreign')
  if (foreign?.kind === 'foreign') return { ...plan, never: `${foreign.why}: nothing is sent to it` }
  const requests = urls.flatMap((url, step) =>
    variantsOf(url.scheme).map(variant =>
      send(steps[step] ?? {}, url, variant, `${index}.${step}${variant === 'tls' ? 's' : ''}`),
    ),
  )
  return { ...plan, requests, hosts, never: undefined }
}

// Anything that is not sent by an HTTP client through a proxy is another tool's to judge.
function notOverHttp({ inputType, transport, expected }: Case): string | undefined {
  if (!/^((fetch|http|https|forward|connect)_proxy|https?|fetch|)$/.test(transport)) return `transport ${transport}`
  if (!/^(url|header|headers|request|request_body|request_header|body|response_content|http_request|)$/.test(inputType))
    return `input type ${inputType}`
  return /^(block|allow)$/.test(expected) ? undefined : `expected verdict ${expected}`
}

type Payload = Readonly<Record<string, unknown>>

// A payload is one request, or holds a sequence of them; what it says itself counts for each.
function stepsOf(payload: Payload): Payload[] {
  for (const name of ['requests', 'steps', 'sequence']) {
    const list = payload[name]
    if (Array.isArray(list))
      return list
        .map(step => (typeof step === 'string' ? { ...payload, url: step } : { ...payload, ...step }))
        .filter(step => typeof step.url === 'string')
  }
  const urls = [payload.url, ...(Array.isArray(payload.urls) ? payload.urls : [])]
  return urls.filter(url => typeof url === 'string' && url !== '').map(url => ({ ...payload, url }))
}

interface Url {
  readonly scheme: string
  readonly authority: string
  readonly host: string
  readonly port: number | undefined
  readonly rest: string
}

// By hand: what a case writes must reach the gate as written, and the URL standard would mend it.
function readUrl(step: Payload): Url | string {
  const text = String(step.url).trim()
  const whole =
    /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/?#]+:\d+([/?#]|$)/.test(text)
      ? text
      : `https://${text.replace(/^\/\//, '')}`
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(whole)
  const [scheme, authority, rest] = [match?.[1]?.toLowerCase() ?? '', match?.[2] ?? '', match?.[3] ?? '']
  const place = /^(?:.*@)?(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/s.exec(authority)
  if (!place?.[1]) return `its URL leads to no host: ${text.slice(0, 60)}`
  const path = rest.startsWith('/') ? rest : `/${rest}`
  return { scheme, authority, host: place[1], port: place[2] ? Number(place[2]) : undefined, rest: path }
}

// A URL that the standard reads in another way than we do could lead a gate to a third place.
function hostOf({ scheme, authority, host }: Url): Host {
  const ours = classify(host)
  const theirs = URL.parse(`${scheme}://${authority}/`)?.hostname
  if (!/^https?$/.test(scheme) || theirs === undefined || classify(theirs).name === ours.name) return ours
  return { kind: 'impossible', name: host, why: 'its URL can be read in two ways' }
}

function variantsOf(scheme: string): Variant[] {
  return /^https?$/.test(scheme) ? ['plain', 'tls'] : ['plain']
}

function send(step: Payload, url: Url, variant: Variant, tag: string): Sent {
  const body = bodyOf(step)
  const method = typeof step.method === 'string' && /^[A-Za-z]+$/.test(step.method) ? step.method.toUpperCase() : ''
  const scheme = /^https?$/.test(url.scheme) ? (variant === 'tls' ? 'https' : 'http') : url.scheme
  const given = headersOf(step.headers).filter(
    ([name]) => !/^(content-length|transfer-encoding|connection)$/i.test(name),
  )
  const has = (name: string) => given.some(([one]) => one.toLowerCase() === name)
  const type = typeof step.content_type === 'string' ? step.content_type : undefined
  const standard = /^https?$/.test(url.scheme) && url.port === (url.scheme === 'https' ? 443 : 80)
  const authority = standard ? url.authority.replace(/:\d+$/, '') : url.authority
  return {
    tag,
    variant,
    url: visible(`${scheme}://${authority}${url.rest}`),
    target: visible(url.rest),
    host: url.host,
    port: url.port !== undefined && !standard ? url.port : variant === 'tls' ? 443 : 80,
    method: method || (body.length > 0 ? 'POST' : 'GET'),
    headers: [
      ['x-case', tag],
      ...(has('host') ? [] : [['Host', visible(authority.replace(/^.*@/s, ''))] as const]),
      ...given,
      ...(type && !has('content-type') ? [['Content-Type', type] as const] : []),
    ],
    body: body.toString('base64'),
  }
}

// What no client sends raw in a request line, percent-encoded as every client does.
function visible(text: string): string {
  return text.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent)
}

function headersOf(value: unknown): [string, string][] {
  const pairs: [unknown, unknown][] = Array.isArray(value)
    ? value.map(one => (Array.isArray(one) ? [one[0], one[1]] : isRecord(one) ? [one.name, one.value] : [one, '']))
    : isRecord(value)
      ? Object.entries(value)
      : []
  return (
    pairs
      .flatMap(([name, held]) =>
        (Array.isArray(held) ? held : [held]).map(one => [String(name), textOf(one)] as [string, string]),
      )
      // What would end a line ends a header: no client sends it.
      .map(([name, held]) => [name, held.replace(/[\r\n\0]+/g, ' ')] as [string, string])
      .filter(([name]) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
  )
}

function bodyOf(step: Payload): Buffer {
  if (typeof step.body_base64 === 'string') return Buffer.from(step.body_base64, 'base64')
  const encoding = [step.body_encoding, step.encoding].find(one => one === 'base64' || one === 'hex')
  if (typeof step.body === 'string') return Buffer.from(step.body, (encoding ?? 'utf8') as BufferEncoding)
  return step.body === undefined || step.body === null ? Buffer.alloc(0) : Buffer.from(textOf(step.body))
}

function answerOf(payload: Payload): string | undefined {
  const held = payload.response_body ?? payload.response
  return held === undefined ? undefined : textOf(held)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
