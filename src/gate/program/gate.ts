import { lookup } from 'node:dns/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { type Budget, createBudget, oneAtATime } from './budget.ts'
import { endWith } from './closing.ts'
import type { Config } from './config.ts'
import type { Destination } from './destination.ts'
import { createDetector } from './detect.ts'
import { type Exchange, refuse } from './exchange.ts'
import { createForwarder } from './forward.ts'
import { answerHere } from './health.ts'
import type { Injections } from './injections.ts'
import { createJudge, type Refusal, type Resolve } from './judge.ts'
import { serverLimits } from './limits.ts'
import { type Log, openLog } from './log.ts'
import { createOpener } from './opener.ts'
import { rateLimit } from './rate.ts'
import { rememberClean, rememberNames } from './remember.ts'
import { absolute, authorityOf, inTunnel } from './targets.ts'
import { createTunneller, type TakeClear } from './tunnel.ts'
import { createTurns } from './turns.ts'
import { createUpgrader } from './upgrade.ts'
import { gateVersion } from './version.ts'
import { plainWay } from './way.ts'

/** What a gate needs of the world; tests give their own. */
export interface GateWorld {
  readonly write: (line: string) => void
  readonly resolve?: Resolve
  readonly secrets?: readonly string[]
  /** Hosts that are open at these ports alone, as `host:port`. */
  readonly only?: readonly string[]
  /** Credentials for single hosts, whose tunnels are opened. */
  readonly injections?: Injections | undefined
}

/** A gate that listens. `stop` writes the shutdown line, cuts what is open, and resolves when the port is free. */
export interface RunningGate {
  readonly port: number
  stop(reason: string): Promise<void>
}

const mostConnections = 1024
// Looking into bodies takes several times their size, and the sidecar has 512 MiB: what is beyond is answered 503.
const mostBodyBytes = 24 * 1024 * 1024

/** Starts the gate on `host:port`; resolves when it listens and its `startup` line is written. */
export async function startGate(
  config: Config,
  listen: { host: string; port: number },
  world: GateWorld,
): Promise<RunningGate> {
  const log = openLog(world.write)
  const started = performance.now()
  const asked = async (host: string) => (await lookup(host, { all: true })).map(one => one.address)
  const resolve = world.resolve ?? rememberNames(asked)
  const room: Room = {
    config,
    log,
    judge: createJudge(config, resolve, { self: ownAddresses(), only: world.only }),
    bodies: createBudget(Math.max(mostBodyBytes, config.request_body_scanning.max_body_bytes)),
    inTurn: oneAtATime(),
    detect: rememberClean(await createDetector(world.secrets ?? [])),
    rate: rateLimit(config.fetch_proxy.monitoring.max_requests_per_minute),
    nextId: counter(),
  }
  // Tunnels whose client speaks in the clear: the same server reads on, and knows where they lead.
  const clear = new WeakMap<Socket, { exchange: Exchange; destination: Destination }>()
  const takeClear: TakeClear = (exchange, destination, said) => {
    clear.set(exchange.socket, { exchange, destination })
    exchange.socket.unshift(said)
    server.emit('connection', exchange.socket)
    exchange.socket.resume()
  }
  const way = plainWay({
    target(request) {
      const within = clear.get(request.socket)?.destination
      return within ? inTunnel(request, within) : absolute(request.url ?? '')
    },
    unclear({ socket }) {
      const within = clear.get(socket)?.destination
      return within ? `http://${authorityOf(within)}/[malformed]` : '[malformed]'
    },
  })
  const forward = createForwarder(room, way)
  const upgrade = createUpgrader(room, way)
  const tunnel = createTunneller(room, takeClear, world.injections && createOpener(room, world.injections))
  const open = new Set<Socket>()
  const server = createServer(serverLimits)
  // Beyond Node's limit of 2000 fields the rest is dropped unseen, but would go on: 64 KiB are the limit, and framing.ts.
  server.maxHeadersCount = 0
  server.on('connection', socket => {
    if (open.has(socket)) return
    // The healthcheck comes from loopback and must be heard in a flood.
    if (open.size >= mostConnections && !isLoopback(socket)) return void socket.destroy()
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
  })
  const turns = createTurns(error => log('error', 'error', { error: error.message }))
  server.on('request', (request, response) => {
    // A response that breaks because its client is gone is nobody's mistake.
    response.on('error', () => response.destroy())
    const within = clear.has(request.socket)
    turns.take(request.socket, async () => {
      if (!within && request.url?.startsWith('/')) return answerHere(request, response, config, started)
      await forward(request, response)
    })
  })
  server.on('connect', (request, socket, head) => {
    const within = clear.get(socket as Socket)
    if (within) return endWith(socket as Socket, refuse(within.exchange, noProtocol, 'CONNECT blocked: '))
    // A tunnel behind an unanswered request would mix two answers.
    if (turns.busy(socket as Socket)) return void socket.destroy()
    turns.take(socket as Socket, () => tunnel(request, socket as Socket, head))
  })
  server.on('upgrade', (request, socket, head) => {
    if (!clear.has(socket as Socket)) return refuseUpgrade(room, request, socket as Socket)
    turns.take(socket as Socket, () => upgrade(request, socket as Socket, head))
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Said again for each piece that follows: it is one refusal.
    if (!socket.writable) return
    const status = statusOf[error.code ?? ''] ?? '400 Bad Request'
    const within = clear.get(socket as Socket)
    if (within && error.code?.startsWith('HPE_') && error.code !== 'HPE_INVALID_EOF_STATE')
      return endWith(socket as Socket, refuse(within.exchange, noProtocol, 'CONNECT blocked: '))
    endWith(socket as Socket, `HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
  })
  await new Promise<void>((done, failed) => server.once('error', failed).listen(listen.port, listen.host, done))
  const { port } = server.address() as { port: number }
  log('info', 'startup', {
    listen: `${listen.host}:${port}`,
    mode: config.mode,
    version: gateVersion,
    config_hash: config.hash,
  })
  return {
    port,
    async stop(reason) {
      const closed = new Promise(done => server.close(done))
      for (const socket of open) socket.destroy()
      await closed
      log('info', 'shutdown', { reason })
    },
  }
}

/** What the parts of a running gate share. */
export interface Room {
  readonly config: Config
  readonly log: Log
  readonly judge: ReturnType<typeof createJudge>
  readonly bodies: Budget
  readonly inTurn: ReturnType<typeof oneAtATime>
  readonly detect: Awaited<ReturnType<typeof createDetector>>
  readonly rate: ReturnType<typeof rateLimit>
  readonly nextId: () => string
}

function counter(): () => string {
  let count = 0
  return () => `req-${++count}`
}

const noProtocol: Refusal = {
  scanner: 'protocol',
  reason: 'a tunnel carries TLS, ssh, or plain HTTP/1.1; use one of them',
  status: 400,
}

const statusOf: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

function isLoopback(socket: Socket): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '')
}

// The gate never leads to itself, whatever the policy opens.
function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap(all => (all ?? []).map(one => one.address))
}

function refuseUpgrade(room: Room, request: IncomingMessage, socket: Socket): void {
  const exchange: Exchange = { room, id: room.nextId(), request, socket, where: { url: '[upgrade]' } }
  const refusal = {
    scanner: 'scheme',
    reason: 'protocol upgrades over plain HTTP are not proxied; use TLS',
    status: 403,
  }
  endWith(socket, refuse(exchange, refusal, 'blocked: '))
}
