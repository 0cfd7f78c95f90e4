import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from './body.ts'
import { endWith } from './closing.ts'
import { parseDestination } from './destination.ts'
import { type Exchange, factsOf, headerText, refuse } from './exchange.ts'
import { whyAmbiguous } from './framing.ts'
import type { Room } from './gate.ts'
import { gather } from './gather.ts'
import type { Refusal } from './judge.ts'
import { techniques } from './log.ts'
import { relay } from './relay.ts'
import { hostText, queryText } from './url-text.ts'
import type { Target, Way } from './way.ts'

// Decoding and searching takes several times a body's size: above this, one after the other.
const large = 1024 * 1024

/** Makes the handler of HTTP requests that come in one way: judge everything, the whole body too, before a byte goes out. */
export function createForwarder(
  room: Room,
  way: Way,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const { socket } = request
    const url = way.target(request)
    const shape = typeof url === 'string' ? url : whyAmbiguous(request)
    if (typeof url === 'string' || shape !== undefined) {
      const exchange: Exchange = { room, id: room.nextId(), request, socket, where: { url: '[malformed]' } }
      return reply(exchange, { scanner: 'parser', reason: shape ?? '', status: 400 })
    }
    const found = await findings(room, url, way.seen(request, url))
    const shown = found.host ? '[redacted]' : url.authority
    const path = found.host || found.path ? '/[redacted]' : url.path.replace(/[?#].*$/, '')
    const exchange: Exchange = {
      room,
      id: room.nextId(),
      request,
      socket,
      where: { url: `${way.scheme}://${shown}${path}` },
    }
    const refusal = judge(room, url, found, exchange)
    if (refusal) return reply(exchange, refusal)
    const judged = await room.judge.byAddress(url.destination)
    if ('scanner' in judged) return reply(exchange, judged)
    const { max_body_bytes: longest } = room.config.request_body_scanning
    const carrier = way.carry(request, url)
    if ('scanner' in carrier) return reply(exchange, carrier)
    const gathered = await gather(request, way.mostBodyBytes(longest), room.bodies)
    if ('refusal' in gathered) return reply(exchange, gathered.refusal)
    try {
      const secret = gathered.raw.length > longest ? undefined : await judgeBody(exchange, gathered.raw)
      if (secret) return reply(exchange, secret)
      await relay(exchange, response, { ...url, address: judged.address }, gathered.raw, carrier)
    } finally {
      gathered.release()
    }
  }
}

/** Looks for secrets in a body; with action `warn` it only takes note. Large bodies are looked into one at a time. */
async function judgeBody(exchange: Exchange, raw: Buffer): Promise<Refusal | undefined> {
  const { room, request } = exchange
  const { max_body_bytes: longest, action } = room.config.request_body_scanning
  const look = async () => {
    const body = await readBody(request, raw, longest)
    if ('refusal' in body) return body.refusal
    for (const text of body.texts) {
      const finding = await room.detect(text)
      if (finding) return { scanner: 'body_dlp', reason: finding.reason, status: 403, warnable: true }
    }
    return undefined
  }
  const refusal = await (raw.length > large ? room.inTurn(look) : look())
  if (!refusal || !('warnable' in refusal) || action === 'block') return refusal
  const technique = techniques.body_dlp
  room.log('warn', 'body_dlp', { ...factsOf(exchange), action: 'warn', match_count: 1, mitre_technique: technique })
  return undefined
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
  const { host, port } = destination
  const authority = `${host.includes(':') ? `[${host}]` : host}${port === 80 ? '' : `:${port}`}`
  return { authority, path: path.startsWith('/') ? path : `/${path}`, destination }
}

interface Findings {
  readonly host: string | undefined
  readonly path: string | undefined
  readonly headers: string | undefined
}

async function findings(room: Room, url: Target, headers: readonly string[]): Promise<Findings> {
  const [host, path, inHeaders] = await Promise.all([
    room.detect(hostText(url.authority)),
    room.detect(queryText(url.path)),
    room.detect(headerText(headers)),
  ])
  return { host: host?.reason, path: path?.reason, headers: inHeaders?.reason }
}

function judge(room: Room, url: Target, found: Findings, exchange: Exchange): Refusal | undefined {
  const { host } = url.destination
  const { max_url_length: longest } = room.config.fetch_proxy.monitoring
  const byName = room.judge.byName(url.destination)
  if (byName?.scanner === 'allowlist' && !room.config.enforce) {
    room.log('warn', 'anomaly', { ...factsOf(exchange), scanner: byName.scanner, reason: byName.reason, score: 1 })
  } else if (byName) {
    return found.host ? { ...byName, reason: byName.reason.replace(host, '[redacted]') } : byName
  }
  const inUrl = found.host ?? found.path
  if (inUrl) return { scanner: 'dlp', reason: inUrl, status: 403 }
  if (found.headers) return { scanner: 'header_dlp', reason: found.headers, status: 403 }
  if (url.path.length > longest) return { scanner: 'length', reason: `URL longer than ${longest}`, status: 403 }
  if (room.rate.tooMany(host)) return { scanner: 'ratelimit', reason: `too many requests to ${host}`, status: 429 }
  return undefined
}

function reply(exchange: Exchange, refusal: Refusal): void {
  // The body may still be arriving: answer at once and end, as the raw text says.
  exchange.request.resume()
  endWith(exchange.socket, refuse(exchange, refusal, 'blocked: '))
}
