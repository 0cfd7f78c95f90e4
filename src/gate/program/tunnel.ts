import type { IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { endWith } from './closing.ts'
import { parseDestination } from './destination.ts'
import { answer, type Exchange, factsOf, headerText, refuse } from './exchange.ts'
import { firstBytes, logMismatch } from './first-bytes.ts'
import { whyAmbiguous } from './framing.ts'
import type { Room } from './gate.ts'
import type { Refusal } from './judge.ts'
import type { Opener } from './opener.ts'
import { hostText } from './url-text.ts'

const mostTunnels = 1024
const dialWithin = 15_000
const drainWithin = 30_000
const readBytes = 64 * 1024
const prefix = 'CONNECT blocked: '

/** Makes the handler of CONNECT: judge by name, headers and address; dial; then judge the first bytes; then copy. Tunnels to hosts with a credential are the opener's. */
export function createTunneller(
  room: Room,
  opener: Opener | undefined,
): (request: IncomingMessage, socket: Socket, head: Buffer) => Promise<void> {
  let tunnels = 0
  return async (request, socket, head) => {
    const destination = parseDestination(request.url ?? '', 443)
    const shape = destination ? whyAmbiguous(request) : 'malformed CONNECT target'
    if (!destination || shape !== undefined) {
      const exchange: Exchange = { room, id: room.nextId(), request, socket, where: { target: '[malformed]' } }
      return endWith(socket, refuse(exchange, { scanner: 'parser', reason: shape ?? '', status: 400 }, prefix))
    }
    const { host, port } = destination
    const finding = await room.detect(hostText(host))
    const target = `${finding ? '[redacted]' : destination.literal && host.includes(':') ? `[${host}]` : host}:${port}`
    const exchange: Exchange = { room, id: room.nextId(), request, socket, where: { target } }
    const refusing = (refusal: Refusal) => endWith(socket, refuse(exchange, refusal, prefix))
    const refused = judgeName(room, destination, exchange, finding !== undefined)
    if (refused) return refusing(refused)
    if (finding) return refusing({ scanner: 'dlp', ...finding, status: 403 })
    const inHeaders = await room.detect(headerText(request.rawHeaders))
    if (inHeaders) return refusing({ scanner: 'header_dlp', ...inHeaders, status: 403 })
    if (room.rate.tooMany(host))
      return refusing({ scanner: 'ratelimit', reason: `too many requests to ${host}`, status: 429 })
    if (tunnels >= mostTunnels)
      return refusing({ scanner: 'ratelimit', reason: 'too many active tunnels', status: 503 })
    const judged = await room.judge.byAddress(destination)
    if ('scanner' in judged) return refusing(judged)
    tunnels += 1
    try {
      if (opener?.opens(host)) await opener.take(exchange, destination, head)
      else await carry(exchange, destination, judged.address, head)
    } finally {
      tunnels -= 1
    }
  }
}

// In learn mode the allowlist only takes note; everything else refuses as ever.
function judgeName(
  room: Room,
  destination: { host: string; port: number; literal: boolean },
  exchange: Exchange,
  hide: boolean,
): Refusal | undefined {
  const verdict = room.judge.byName(destination)
  const refusal =
    verdict && hide ? { ...verdict, reason: verdict.reason.replace(destination.host, '[redacted]') } : verdict
  if (refusal?.scanner !== 'allowlist' || room.config.enforce) return refusal
  room.log('warn', 'anomaly', { ...factsOf(exchange), scanner: refusal.scanner, reason: refusal.reason, score: 1 })
  return undefined
}

async function carry(
  exchange: Exchange,
  destination: { host: string; port: number; literal: boolean },
  address: string,
  head: Buffer,
): Promise<void> {
  const { room, socket } = exchange
  // One buffer a tunnel: what upstream sends is read into it again when the client's socket has taken it.
  let waiting = false
  const give = (chunk: Buffer) => {
    socket.write(chunk, () => {
      if (waiting && !(upstream instanceof Error)) upstream.resume()
      waiting = false
    })
    waiting = socket.writableLength > 0
    return !waiting
  }
  const upstream = await dial(address, destination.port, chunk => give(chunk)).catch((error: Error) => error)
  if (upstream instanceof Error) {
    room.log('error', 'error', { ...factsOf(exchange), error: `tunnel dial failed: ${upstream.message}` })
    endWith(socket, answer(502, 'tunnel dial failed'))
    return
  }
  upstream.on('error', () => socket.destroy())
  socket.on('error', () => upstream.destroy())
  try {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    const first = await firstBytes(socket, head)
    if (logMismatch(exchange, first, destination)) return
    await copy(exchange, upstream, first.data)
  } finally {
    upstream.destroy()
    socket.destroy()
  }
}

async function copy(exchange: Exchange, upstream: Socket, first: Buffer): Promise<void> {
  const { room, socket } = exchange
  const { idle_timeout_seconds: idle, max_tunnel_seconds: longest } = room.config.forward_proxy
  const started = Date.now()
  const facts = factsOf(exchange)
  const { method: _, ...common } = facts
  room.log('info', 'tunnel_open', common)
  const cut = () => upstream.destroy()
  const timer = setTimeout(cut, Math.min(longest * 1000, 2 ** 31 - 1))
  upstream.setTimeout(Math.min(idle * 1000, 2 ** 31 - 1), cut)
  const ended = new Promise<unknown>(resolve => socket.once('close', resolve))
  // What upstream has sent is still on its way to the client when upstream closes: let it drain, but not for ever.
  upstream.once('close', () => socket.end().setTimeout(drainWithin, () => socket.destroy()))
  upstream.write(first)
  socket.pipe(upstream)
  upstream.once('end', () => socket.end())
  upstream.resume()
  await ended
  clearTimeout(timer)
  const total = upstream.bytesRead + upstream.bytesWritten
  room.log('info', 'tunnel_close', { ...common, total_bytes: total, duration_ms: Date.now() - started })
}

/**
 * Opens a connection to an address that has been judged, paused: nothing is read before `resume`. Then `give` gets what
 * comes, in a buffer that is used again, and says whether it has been taken. Rejects when nobody answers within 15 s.
 */
function dial(address: string, port: number, give: (chunk: Buffer) => boolean): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const onread = {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback: (length: number, buffer: Uint8Array) => give(Buffer.from(buffer.buffer, buffer.byteOffset, length)),
    }
    const options = { host: address, port, allowHalfOpen: true, autoSelectFamily: false, noDelay: true, onread }
    const socket = connect(options)
    socket.pause()
    const timer = setTimeout(() => socket.destroy(new Error('timed out')), dialWithin)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.off('error', reject)
      resolve(socket)
    })
    socket.once('error', error => {
      clearTimeout(timer)
      reject(error)
    })
  })
}
