import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { endWith } from './closing.ts'
import type { Destination } from './destination.ts'
import { type Exchange, factsOf, refuse } from './exchange.ts'
import { firstBytes, logMismatch } from './first-bytes.ts'
import { createForwarder } from './forward.ts'
import type { Room } from './gate.ts'
import type { Injections } from './injections.ts'
import { serverLimits } from './limits.ts'
import { openedWay } from './opened-way.ts'
import { createTurns } from './turns.ts'

/** Opens the tunnels to the hosts that have a credential, and no others. */
export interface Opener {
  opens(host: string): boolean
  /** Takes a tunnel over, after CONNECT was judged; resolves when it is closed. */
  take(exchange: Exchange, destination: Destination, head: Buffer): Promise<void>
}

/**
 * Makes the opener: it shows a host's own identity of this run to the client, and what comes out of TLS is judged and
 * sent on as plain HTTP is, a request at a time. Only HTTP/1.1 is spoken.
 */
export function createOpener(room: Room, injections: Injections): Opener {
  const tunnels = new WeakMap<object, Destination>()
  const forward = createForwarder(
    room,
    openedWay(injections, ({ socket }) => tunnels.get(socket) as Destination),
  )
  const contexts = new Map(
    Object.entries(injections.identities).map(
      ([host, { certificate, key }]) => [host, createSecureContext({ cert: certificate, key })] as const,
    ),
  )
  const server = createServer(serverLimits)
  server.maxHeadersCount = 0
  const turns = createTurns(error => room.log('error', 'error', { error: error.message }))
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => response.destroy())
    turns.take(request.socket, () => forward(request, response))
  })
  server.on('upgrade', (request, socket) => {
    const where = { url: '[upgrade]' }
    const exchange: Exchange = { room, id: room.nextId(), request, socket: socket as Socket, where }
    const reason = 'protocol upgrades are not made in a tunnel that carries a credential'
    endWith(socket as Socket, refuse(exchange, { scanner: 'scheme', reason, status: 403 }, 'blocked: '))
  })
  server.on('clientError', (_, socket) =>
    endWith(socket as Socket, 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
  )
  return {
    opens: host => contexts.has(host),
    async take(exchange, destination, head) {
      const { socket } = exchange
      const closed = new Promise<unknown>(resolve => socket.once('close', resolve))
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      const first = await firstBytes(socket, head)
      if (first.kind === 'clear' || first.kind === 'ssh') {
        const reason = `only TLS is spoken to ${destination.host}, which has a credential`
        return endWith(socket, refuse(exchange, { scanner: 'scheme', reason, status: 403 }, 'CONNECT blocked: '))
      }
      if (logMismatch(exchange, first, destination)) return void socket.destroy()
      socket.unshift(first.data)
      const secureContext = contexts.get(destination.host)
      const inner = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] })
      inner.on('error', () => socket.destroy())
      let secure = false
      inner.once('secure', () => {
        secure = true
      })
      inner.setTimeout(Math.min(room.config.forward_proxy.idle_timeout_seconds * 1000, 2 ** 31 - 1), () =>
        inner.destroy(),
      )
      tunnels.set(inner, destination)
      server.emit('connection', inner)
      await closed
      if (secure) return
      const reason = 'remote error: tls: the client did not take the certificate'
      room.log('warn', 'blocked', { ...factsOf(exchange), scanner: 'tls_handshake_error', reason })
    },
  }
}
