import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { endWith } from './closing.ts'
import { answer, type Exchange, factsOf } from './exchange.ts'
import type { Carrier } from './way.ts'

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
  carrier: Carrier,
): Promise<void> {
  const { room, socket } = exchange
  const started = performance.now()
  const outgoing = () => begin(exchange, response, url, carrier, body)
  const incoming = await outgoing().catch((error: Unanswered) => (error.again ? outgoing().catch(same => same) : error))
  if (incoming instanceof Error) {
    room.log('error', 'error', { ...factsOf(exchange), error: `forward proxy fetch failed: ${incoming.message}` })
    return endWith(socket, answer(502, 'forward proxy fetch failed'))
  }
  const back = shown(carrier, incoming)
  if (back instanceof Error) {
    incoming.destroy()
    room.log('error', 'error', { ...factsOf(exchange), error: `forward proxy fetch failed: ${back.message}` })
    return endWith(socket, answer(502, 'the answer cannot be looked into'))
  }
  const { headers, through } = back
  response.writeHead(incoming.statusCode ?? 502, headers.flat())
  let size = 0
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length
  })
  await pipeline([incoming, ...through, response]).catch(() => response.destroy())
  room.log('info', 'forward_http', {
    ...factsOf(exchange),
    status_code: incoming.statusCode,
    size_bytes: size,
    duration_ms: Math.round(performance.now() - started),
  })
}

function shown(carrier: Carrier, incoming: IncomingMessage): ReturnType<Carrier['back']> | Error {
  try {
    return carrier.back(incoming, forwarded(incoming.headers.connection, incoming.rawHeaders, true))
  } catch (error) {
    return error as Error
  }
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
  carrier: Carrier,
  body: Buffer,
): Promise<IncomingMessage> {
  const method = request.method ?? 'GET'
  const outgoing = carrier.open({
    host: url.address,
    port: url.destination.port,
    method,
    path: url.path,
    headers: [
      ...forwarded(request.headers.connection, carrier.headers, false),
      ['Host', url.authority] as const,
      ...lengthOf(request, body),
    ].flat(),
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

/** A message's headers, without those that end at a proxy or that its `Connection` header names. */
export function forwarded(
  connection: string | undefined,
  rawHeaders: readonly string[],
  isAnswer: boolean,
): [string, string][] {
  const named = new Set((connection ?? '').split(',').map(name => name.trim().toLowerCase()))
  const pairs: [string, string][] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = [rawHeaders[i], rawHeaders[i + 1]]
    const keep = isAnswer && /^content-length$/i.test(name)
    if (keep || (!stripped.test(name) && !named.has(name.toLowerCase()))) pairs.push([name, value])
  }
  return pairs
}

function lengthOf(request: IncomingMessage, body: Buffer): (readonly [string, string])[] {
  const hadBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined
  return body.length > 0 || hadBody ? [['Content-Length', String(body.length)]] : []
}
