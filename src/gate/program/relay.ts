import { type Agent, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { endWith } from './closing.ts'
import { answer, type Exchange, factsOf } from './exchange.ts'

// Hop-by-hop (RFC 9110 §7.6.1), and what would tell the destination about us or the bottle.
const stripped =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|x-forwarded-.*|forwarded|via|x-pipelock-.*|host|content-length|expect)$/i

const mostAnswerHeaderBytes = 64 * 1024

/** Where a request goes: the Host it names, its path, and the one address that was judged. */
export interface Judged {
  readonly authority: string
  readonly path: string
  readonly address: string
  readonly destination: { readonly port: number }
}

/**
 * Sends a judged request on, as a message of our own making with one framing, and its answer back. What was kept of
 * an earlier connection is tried again when it turns out to be closed.
 */
export async function relay(
  exchange: Exchange,
  response: ServerResponse,
  url: Judged,
  body: Buffer,
  agent: Agent,
): Promise<void> {
  const { room, socket } = exchange
  const started = Date.now()
  const outgoing = () => begin(exchange, response, url, agent, body)
  const incoming = await outgoing().catch((error: Unanswered) => (error.again ? outgoing().catch(same => same) : error))
  if (incoming instanceof Error) {
    room.log('error', 'error', { ...factsOf(exchange), error: `forward proxy fetch failed: ${incoming.message}` })
    return endWith(socket, answer(502, 'forward proxy fetch failed'))
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

/** A request that got no answer. `again`: its kept-alive connection had been closed meanwhile, and it may be repeated. */
class Unanswered extends Error {
  readonly again: boolean
  constructor(message: string, again: boolean) {
    super(message)
    this.again = again
  }
}

function begin(
  { room, request }: Exchange,
  response: ServerResponse,
  url: Judged,
  agent: Agent,
  body: Buffer,
): Promise<IncomingMessage> {
  const method = request.method ?? 'GET'
  const outgoing = send({
    host: url.address,
    port: url.destination.port,
    method,
    path: url.path,
    headers: [...forwarded(request), ['Host', url.authority] as const, ...lengthOf(request, body)].flat(),
    agent,
    setHost: false,
    maxHeaderSize: mostAnswerHeaderBytes,
  })
  const abandon = () => outgoing.destroy()
  response.once('close', abandon)
  outgoing.setTimeout(room.config.fetch_proxy.timeout_seconds * 1000, () => outgoing.destroy(new Error('timed out')))
  return new Promise((resolve, reject) => {
    outgoing.once('response', resolve)
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      response.off('close', abandon)
      const stale = outgoing.reusedSocket && error.code === 'ECONNRESET' && !response.destroyed
      reject(new Unanswered(error.message, stale && /^(GET|HEAD|OPTIONS|PUT|DELETE)$/.test(method)))
    })
    outgoing.end(body)
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
