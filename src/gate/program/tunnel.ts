import type { IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { longestHello, readClientHello } from './client-hello.ts'
import { parseDestination } from './destination.ts'
import { answer, type Exchange, factsOf, headerText, refuse } from './exchange.ts'
import type { Room } from './gate.ts'
import type { Refusal } from './judge.ts'
import { hostText } from './url-text.ts'

const mostTunnels = 1024
const firstBytesWithin = 5000
const dialWithin = 15_000
const drainWithin = 30_000
const prefix = 'CONNECT blocked: '

/** Makes the handler of CONNECT: judge by name, headers and address; dial; then judge the first bytes; then copy. */
export function createTunneller(room: Room): (request: IncomingMessage, socket: Socket, head: Buffer) => Promise<void> {
  let tunnels = 0
  return async (request, socket, head) => {
    const destination = parseDestination(request.url ?? '', 443)
    if (!destination) {
      socket.end(answer(400, 'malformed CONNECT target'))
      return
    }
    const { host, port } = destination
    const finding = await room.detect(hostText(host))
    const target = `${finding ? '[redacted]' : destination.literal && host.includes(':') ? `[${host}]` : host}:${port}`
    const exchange: Exchange = { room, id: room.nextId(), request, socket, where: { target } }
    const refused = judgeName(room, destination, exchange, finding !== undefined)
    if (refused) return void socket.end(refuse(exchange, refused, prefix))
    if (finding) return void socket.end(refuse(exchange, { scanner: 'dlp', ...finding, status: 403 }, prefix))
    const inHeaders = await room.detect(headerText(request))
    if (inHeaders)
      return void socket.end(refuse(exchange, { scanner: 'header_dlp', ...inHeaders, status: 403 }, prefix))
    if (room.rate.tooMany(host)) {
      return void socket.end(
        refuse(exchange, { scanner: 'ratelimit', reason: `too many requests to ${host}`, status: 429 }, prefix),
      )
    }
    if (tunnels >= mostTunnels) return void socket.end(answer(503, 'too many active tunnels'))
    const judged = await room.judge.byAddress(destination)
    if ('scanner' in judged) return void socket.end(refuse(exchange, judged, prefix))
    tunnels += 1
    try {
      await carry(exchange, destination, judged.address, head)
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
  const upstream = await dial(address, destination.port).catch((error: Error) => error)
  if (upstream instanceof Error) {
    room.log('error', 'error', { ...factsOf(exchange), error: `tunnel dial failed: ${upstream.message}` })
    socket.end(answer(502, 'tunnel dial failed'))
    return
  }
  upstream.on('error', () => socket.destroy())
  socket.on('error', () => upstream.destroy())
  try {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    const first = await firstBytes(socket, head)
    const mismatch = judgeFirst(first, destination)
    if (mismatch) {
      const { agent, client_ip, request_id } = factsOf(exchange)
      room.log('warn', 'sni_mismatch', {
        connect_host: destination.host,
        ...mismatch,
        client_ip,
        request_id,
        agent,
        mitre_technique: 'T1090.004',
      })
      return
    }
    await copy(exchange, upstream, first.data)
  } finally {
    upstream.destroy()
    socket.destroy()
  }
}

interface First {
  readonly data: Buffer
  readonly kind: 'hello' | 'other' | 'broken' | 'silent' | 'closed'
  readonly serverName?: string | undefined
}

/** Reads until it is clear what the client speaks: a whole ClientHello, something else, or nothing for five seconds. */
async function firstBytes(socket: Socket, head: Buffer): Promise<First> {
  let data = head
  const limit = Date.now() + firstBytesWithin
  while (true) {
    const read = readClientHello(data)
    if (read.kind === 'hello') return { data, kind: 'hello', serverName: read.serverName }
    if (read.kind === 'other' || read.kind === 'broken') return { data, kind: read.kind }
    if (data.length > 2 * longestHello) return { data, kind: 'broken' }
    const more = await nextChunk(socket, limit - Date.now())
    if (more === undefined) return { data, kind: socket.destroyed || socket.readableEnded ? 'closed' : 'silent' }
    data = Buffer.concat([data, more])
  }
}

function nextChunk(socket: Socket, ms: number): Promise<Buffer | undefined> {
  return new Promise(resolve => {
    const done = (chunk?: Buffer) => {
      clearTimeout(timer)
      socket.pause()
      socket.off('data', done).off('end', none).off('close', none)
      resolve(chunk)
    }
    const none = () => done()
    const timer = setTimeout(none, Math.max(0, ms))
    if (socket.destroyed || socket.readableEnded) return none()
    socket.once('data', done).once('end', none).once('close', none)
    socket.resume()
  })
}

function judgeFirst(first: First, { host, literal }: { host: string; literal: boolean }) {
  if (first.kind === 'silent' || first.kind === 'closed') return { sni_host: '', category: 'timeout' }
  if (first.kind === 'broken') return { sni_host: '', category: 'malformed' }
  if (first.kind === 'other') return undefined
  const name = first.serverName?.toLowerCase().replace(/\.$/, '')
  if (name === undefined) return literal ? undefined : { sni_host: '', category: 'missing' }
  return name === host ? undefined : { sni_host: name, category: 'mismatch' }
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
  upstream.pipe(socket)
  await ended
  clearTimeout(timer)
  const total = upstream.bytesRead + upstream.bytesWritten
  room.log('info', 'tunnel_close', { ...common, total_bytes: total, duration_ms: Date.now() - started })
}

/** Opens a connection to an address that has been judged. Rejects when nobody answers within 15 s. */
function dial(address: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, allowHalfOpen: true, autoSelectFamily: false })
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
