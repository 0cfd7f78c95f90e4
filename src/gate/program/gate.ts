import { lookup } from 'node:dns/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { type Budget, createBudget, oneAtATime } from './budget.ts'
import { endWith } from './closing.ts'
import type { Config } from './config.ts'
import { createDetector } from './detect.ts'
import { type Exchange, refuse } from './exchange.ts'
import { absolute, createForwarder } from './forward.ts'
import type { Injections } from './injections.ts'
import { createJudge, type Resolve } from './judge.ts'
import { serverLimits } from './limits.ts'
import { type Log, openLog } from './log.ts'
import { createOpener } from './opener.ts'
import { rateLimit } from './rate.ts'
import { rememberClean, rememberNames } from './remember.ts'
import { createTunneller } from './tunnel.ts'
import { createTurns } from './turns.ts'
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
  const started = Date.now()
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
  const forward = createForwarder(
    room,
    plainWay(({ url }) => absolute(url ?? '')),
  )
  const tunnel = createTunneller(room, world.injections && createOpener(room, world.injections))
  const open = new Set<Socket>()
  const server = createServer(serverLimits)
  // Beyond Node's limit of 2000 fields the rest is dropped unseen, but would go on: 64 KiB are the limit, and framing.ts.
  server.maxHeadersCount = 0
  server.on('connection', socket => {
    // The healthcheck comes from loopback and must be heard in a flood.
    if (open.size >= mostConnections && !isLoopback(socket)) return void socket.destroy()
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
  })
  const turns = createTurns(error => log('error', 'error', { error: error.message }))
  server.on('request', (request, response) => {
    // A response that breaks because its client is gone is nobody's mistake.
    response.on('error', () => response.destroy())
    turns.take(request.socket, async () => {
      if (request.url?.startsWith('/')) return answerHere(request, response, config, started)
      await forward(request, response)
    })
  })
  server.on('connect', (request, socket, head) => {
    // A tunnel behind an unanswered request would mix two answers.
    if (turns.busy(socket as Socket)) return void socket.destroy()
    turns.take(socket as Socket, () => tunnel(request, socket as Socket, head))
  })
  server.on('upgrade', (request, socket) => refuseUpgrade(room, request, socket as Socket))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = statusOf[error.code ?? ''] ?? '400 Bad Request'
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

function answerHere(request: IncomingMessage, response: ServerResponse, config: Config, started: number): void {
  if (request.url !== '/health') {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end('not found\n')
    return
  }
  const health = {
    status: 'healthy',
    version: gateVersion,
    mode: config.mode,
    uptime_seconds: (Date.now() - started) / 1000,
    rate_limit_enabled: true,
    forward_proxy_enabled: true,
    websocket_proxy_enabled: false,
    request_body_scan_enabled: true,
    tls_interception_enabled: false,
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(health))
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
