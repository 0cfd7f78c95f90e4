import { Agent, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { readBody } from './body.ts'
import { parseDestination } from './destination.ts'
import { type Exchange, factsOf, headerText, refuse } from './exchange.ts'
import type { Room } from './gate.ts'
import type { Refusal } from './judge.ts'
import { techniques } from './log.ts'
import { hostText, queryText } from './url-text.ts'

// Hop-by-hop (RFC 9110 §7.6.1), and what would tell the destination about us or the bottle.
const stripped =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|x-forwarded-.*|forwarded|via|x-pipelock-.*|host|content-length|expect)$/i

/** Makes the handler of plain HTTP in absolute form: judge everything, the whole body too, before a byte goes out. */
export function createForwarder(room: Room): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 32, timeout: 30_000 })
  return async (request, response) => {
    const socket = response.socket as Socket
    const url = absolute(request.url ?? '')
    if (!url) {
      const exchange: Exchange = { room, id: room.nextId(), request, socket, where: { url: '[malformed]' } }
      return reply(response, exchange, {
        scanner: 'parser',
        reason: 'not an http:// URL in absolute form',
        status: 400,
      })
    }
    const found = await findings(room, request, url)
    const shown = found.host ? '[redacted]' : url.authority
    const path = found.host || found.path ? '/[redacted]' : url.path.replace(/[?#].*$/, '')
    const exchange: Exchange = { room, id: room.nextId(), request, socket, where: { url: `http://${shown}${path}` } }
    const refusal = judge(room, url, found, exchange)
    if (refusal) return reply(response, exchange, refusal)
    const judged = await room.judge.byAddress(url.destination)
    if ('scanner' in judged) return reply(response, exchange, judged)
    const body = await readBody(request, room.config.request_body_scanning.max_body_bytes)
    if ('refusal' in body) return reply(response, exchange, body.refusal)
    for (const text of body.texts) {
      const finding = await room.detect(text)
      if (!finding) continue
      if (room.config.request_body_scanning.action === 'block') {
        return reply(response, exchange, { scanner: 'body_dlp', reason: finding.reason, status: 403 })
      }
      room.log('warn', 'body_dlp', {
        ...factsOf(exchange),
        action: 'warn',
        match_count: 1,
        mitre_technique: techniques.body_dlp,
      })
      break
    }
    await relay(exchange, response, url, judged.address, body.raw, agent)
  }
}

interface Target {
  readonly authority: string
  readonly path: string
  readonly destination: { host: string; literal: boolean; port: number }
}

// Only what is unambiguous: scheme, authority, path. Userinfo, control characters and other schemes are refused.
function absolute(text: string): Target | undefined {
  const match = /^http:\/\/([^/?#]+)([/?][\x21-\x7e]*)?$/i.exec(text)
  const destination = match?.[1] === undefined ? undefined : parseDestination(match[1], 80)
  if (!match?.[1] || !destination) return undefined
  const path = match[2] ?? '/'
  return { authority: match[1].toLowerCase(), path: path.startsWith('/') ? path : `/${path}`, destination }
}

interface Findings {
  readonly host: string | undefined
  readonly path: string | undefined
  readonly headers: string | undefined
}

async function findings(room: Room, request: IncomingMessage, url: Target): Promise<Findings> {
  const [host, path, headers] = await Promise.all([
    room.detect(hostText(url.authority)),
    room.detect(queryText(url.path)),
    room.detect(headerText(request)),
  ])
  return { host: host?.reason, path: path?.reason, headers: headers?.reason }
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

async function relay(
  exchange: Exchange,
  response: ServerResponse,
  url: Target,
  address: string,
  body: Buffer,
  agent: Agent,
): Promise<void> {
  const { room, request } = exchange
  const started = Date.now()
  const { port } = url.destination
  const outgoing = send({
    host: address,
    port,
    method: request.method ?? 'GET',
    path: url.path,
    headers: [...forwarded(request), ['Host', url.authority] as const, ...lengthOf(request, body)].flat(),
    agent,
    setHost: false,
  })
  response.on('close', () => outgoing.destroy())
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    outgoing.once('response', resolve).once('error', reject),
  )
  outgoing.setTimeout(room.config.fetch_proxy.timeout_seconds * 1000, () => outgoing.destroy(new Error('timed out')))
  outgoing.end(body)
  const incoming = await answered.catch((error: Error) => error)
  if (incoming instanceof Error) {
    room.log('error', 'error', { ...factsOf(exchange), error: `forward proxy fetch failed: ${incoming.message}` })
    response
      .writeHead(502, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
      .end('forward proxy fetch failed\n')
    return
  }
  response.writeHead(incoming.statusCode ?? 502, forwarded(incoming).flat())
  let size = 0
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length
  })
  await pipeline(incoming, response).catch(() => response.destroy())
  room.log('info', 'forward_http', {
    ...factsOf(exchange),
    status_code: incoming.statusCode,
    size_bytes: size,
    duration_ms: Date.now() - started,
  })
}

/** A message's headers as they came, without those that end at a proxy or that its `Connection` header names. */
function forwarded(message: IncomingMessage): [string, string][] {
  const named = new Set((message.headers.connection ?? '').split(',').map(name => name.trim().toLowerCase()))
  const isAnswer = message.statusCode !== null
  const pairs: [string, string][] = []
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    const [name = '', value = ''] = [message.rawHeaders[i], message.rawHeaders[i + 1]]
    const keep = isAnswer && /^content-length$/i.test(name)
    if (keep || (!stripped.test(name) && !named.has(name.toLowerCase()))) pairs.push([name, value])
  }
  return pairs
}

function lengthOf(request: IncomingMessage, body: Buffer): (readonly [string, string])[] {
  const hadBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined
  return body.length > 0 || hadBody ? [['Content-Length', String(body.length)]] : []
}

function reply(response: ServerResponse, exchange: Exchange, refusal: Refusal): void {
  const raw = refuse(exchange, refusal, 'blocked: ')
  // The body may still be arriving: answer at once and end, as the raw text says.
  response.socket?.end(raw)
}
