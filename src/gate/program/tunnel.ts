import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { endWith } from './closing.ts'
import { type Destination, parseDestination } from './destination.ts'
import { dial } from './dial.ts'
import { answer, type Exchange, factsOf, headerText, refuse, refuseHeaders } from './exchange.ts'
import { firstBytes, logMismatch } from './first-bytes.ts'
import { whyAmbiguous } from './framing.ts'
import type { Room } from './gate.ts'
import type { Refusal } from './judge.ts'
import { watch } from './open-tunnel.ts'
import type { Opener } from './opener.ts'
import { hostText } from './url-text.ts'

const mostTunnels = 1024
const prefix = 'CONNECT blocked: '

/** Takes over a tunnel whose client speaks in the clear: its exchange, where it leads, and what it has said already. */
export type TakeClear = (exchange: Exchange, destination: Destination, said: Buffer) => void

/**
 * Makes the handler of CONNECT: judge by name, headers and address; dial; then judge the first bytes; then copy what is
 * TLS or ssh. What is neither goes to `takeClear`; tunnels to hosts with a credential are the opener's.
 */
export function createTunneller(
  room: Room,
  takeClear: TakeClear,
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
    if (finding) return refusing({ scanner: 'dlp', reason: finding.reason, status: 403 })
    const inHeaders = await room.detect(headerText(request.rawHeaders))
    if (inHeaders) return refusing(await refuseHeaders(room, request.rawHeaders, inHeaders))
    if (room.rate.tooMany(host))
      return refusing({ scanner: 'ratelimit', reason: `too many requests to ${host}`, status: 429 })
    if (tunnels >= mostTunnels)
      return refusing({ scanner: 'ratelimit', reason: 'too many active tunnels', status: 503 })
    const judged = await room.judge.byAddress(destination)
    if ('scanner' in judged) return refusing(judged)
    tunnels += 1
    try {
      if (opener?.opens(host)) return await opener.take(exchange, destination, head)
      const said = await carry(exchange, destination, judged.address, head)
      if (!said) return
      tunnels += 1
      socket.once('close', () => {
        tunnels -= 1
      })
      takeClear(exchange, destination, said)
    } finally {
      tunnels -= 1
    }
  }
}

// In learn mode the allowlist only takes note; everything else refuses as ever.
function judgeName(room: Room, destination: Destination, exchange: Exchange, hide: boolean): Refusal | undefined {
  const verdict = room.judge.byName(destination)
  const refusal =
    verdict && hide ? { ...verdict, reason: verdict.reason.replace(destination.host, '[redacted]') } : verdict
  if (refusal?.scanner !== 'allowlist' || room.config.enforce) return refusal
  room.log('warn', 'anomaly', { ...factsOf(exchange), scanner: refusal.scanner, reason: refusal.reason, score: 1 })
  return undefined
}

// Resolves when the tunnel is over, or with what was said in the clear: then the client's socket is still open.
async function carry(
  exchange: Exchange,
  destination: Destination,
  address: string,
  head: Buffer,
): Promise<Buffer | undefined> {
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
    return undefined
  }
  let kept = false
  upstream.on('error', () => kept || socket.destroy())
  socket.on('error', () => upstream.destroy())
  try {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    const first = await firstBytes(socket, head)
    if (logMismatch(exchange, first, destination)) return undefined
    kept = first.kind === 'clear'
    if (kept) return first.data
    await copy(exchange, upstream, first.data)
    return undefined
  } finally {
    upstream.destroy()
    if (!kept) socket.destroy()
  }
}

async function copy(exchange: Exchange, upstream: Socket, first: Buffer): Promise<void> {
  const { socket } = exchange
  const ended = watch(exchange, upstream)
  upstream.write(first)
  socket.pipe(upstream)
  upstream.once('end', () => socket.end())
  upstream.resume()
  await ended
}
