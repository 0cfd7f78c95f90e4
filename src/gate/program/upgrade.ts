import { type ClientRequest, type IncomingMessage, ServerResponse, request as send } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { admit } from './admit.ts'
import { endWith } from './closing.ts'
import { answer, type Exchange, factsOf, refuse } from './exchange.ts'
import type { Room } from './gate.ts'
import type { Refusal } from './judge.ts'
import { watch } from './open-tunnel.ts'
import { forwarded } from './relay.ts'
import type { Way } from './way.ts'

/** Handles an Upgrade that came in a tunnel in the clear; `head` is what the client sent behind it. */
export type Upgrader = (request: IncomingMessage, socket: Socket, head: Buffer) => Promise<void>

/**
 * Makes the handler of `ws://` in a tunnel: the request is judged as any other; when its host agrees to the WebSocket,
 * both sides are copied, unread, as TLS is. Every other protocol to upgrade to is refused.
 */
export function createUpgrader(room: Room, way: Way): Upgrader {
  return async (request, socket, head) => {
    const admitted = await admit(room, way, request)
    const { exchange } = admitted
    const refusing = (refusal: Refusal) => endWith(socket, refuse(exchange, refusal, 'blocked: '))
    if ('refusal' in admitted) return refusing(admitted.refusal)
    const why = whyNot(request)
    if (why) return refusing(why)
    const { address, authority, path, destination } = admitted.target
    const outgoing = send({
      host: address,
      port: destination.port,
      path,
      headers: [
        ...forwarded(request.headers.connection, request.rawHeaders, false),
        ['Host', authority],
        ['Connection', 'Upgrade'],
        ['Upgrade', 'websocket'],
      ].flat(),
      agent: false,
      setHost: false,
    })
    outgoing.setTimeout(room.config.fetch_proxy.timeout_seconds * 1000, () => outgoing.destroy(new Error('timed out')))
    socket.once('close', () => outgoing.destroy()).on('error', () => outgoing.destroy())
    const answered = await answerTo(outgoing.end()).catch((error: Error) => error)
    if (answered instanceof Error) {
      room.log('error', 'error', { ...factsOf(exchange), error: `upgrade failed: ${answered.message}` })
      return endWith(socket, answer(502, 'upgrade failed'))
    }
    if (!answered.upstream) return passOn(exchange, answered.message)
    const { host, port } = destination
    await carry(
      { ...exchange, where: { target: `${host.includes(':') ? `[${host}]` : host}:${port}` } },
      answered,
      head,
    )
  }
}

function whyNot(request: IncomingMessage): Refusal | undefined {
  const { headers, method } = request
  const scanner = 'scheme'
  if (method !== 'GET' || !/^websocket$/i.test(headers.upgrade ?? ''))
    return { scanner, reason: 'an upgrade to anything but WebSocket is not proxied', status: 403 }
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined)
    return { scanner, reason: 'an upgrade has no body', status: 400 }
  return undefined
}

interface Answered {
  readonly message: IncomingMessage
  readonly upstream?: Socket
  readonly head?: Buffer
}

function answerTo(outgoing: ClientRequest): Promise<Answered> {
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject)
    outgoing.once('response', message => resolve({ message }))
    outgoing.once('upgrade', (message, upstream, head) => resolve({ message, upstream: upstream as Socket, head }))
  })
}

async function passOn(exchange: Exchange, message: IncomingMessage): Promise<void> {
  const { room, request, socket } = exchange
  const started = performance.now()
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  response.writeHead(message.statusCode ?? 502, forwarded(message.headers.connection, message.rawHeaders, true).flat())
  await pipeline(message, response).catch(() => socket.destroy())
  socket.end()
  const facts = {
    status_code: message.statusCode,
    size_bytes: socket.bytesWritten,
    duration_ms: Math.round(performance.now() - started),
  }
  room.log('info', 'forward_http', { ...factsOf(exchange), ...facts })
}

async function carry(exchange: Exchange, { message, upstream, head }: Answered, said: Buffer): Promise<void> {
  const { socket } = exchange
  if (!upstream) return
  upstream.on('error', () => socket.destroy())
  const ended = watch(exchange, upstream)
  const fields = [
    ...forwarded(message.headers.connection, message.rawHeaders, true),
    ['Connection', 'Upgrade'],
    ['Upgrade', 'websocket'],
  ]
  const lines = fields.map(([name, value]) => `${name}: ${value}`)
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  if (head) socket.write(head)
  upstream.write(said)
  upstream.pipe(socket)
  socket.pipe(upstream)
  await ended
  upstream.destroy()
}
