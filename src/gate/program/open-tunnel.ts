import type { Socket } from 'node:net'
import { type Exchange, factsOf } from './exchange.ts'

const drainWithin = 30_000

/**
 * Logs an open tunnel and, when its client's side has closed, its end; holds it to the configuration's two timers, and
 * lets what upstream had sent drain.
 */
export async function watch(exchange: Exchange, upstream: Socket): Promise<void> {
  const { room, socket } = exchange
  const { idle_timeout_seconds: idle, max_tunnel_seconds: longest } = room.config.forward_proxy
  const started = performance.now()
  const { method: _, ...common } = factsOf(exchange)
  room.log('info', 'tunnel_open', common)
  // Whoever is cut off by a timer has nothing coming that is worth waiting for.
  const cut = () => {
    upstream.destroy()
    socket.destroy()
  }
  const timer = setTimeout(cut, Math.min(longest * 1000, 2 ** 31 - 1))
  upstream.setTimeout(Math.min(idle * 1000, 2 ** 31 - 1), cut)
  const ended = new Promise<unknown>(resolve => socket.once('close', resolve))
  // What upstream has sent is still on its way to the client when upstream closes: let it drain, but not for ever.
  upstream.once('close', () => socket.end().setTimeout(drainWithin, () => socket.destroy()))
  await ended
  clearTimeout(timer)
  const total = upstream.bytesRead + upstream.bytesWritten
  room.log('info', 'tunnel_close', {
    ...common,
    total_bytes: total,
    duration_ms: Math.round(performance.now() - started),
  })
}
