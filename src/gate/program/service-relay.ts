import { resolve4 } from 'node:dns/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { openLog } from './log.ts'

/** What a relay joins: where it listens, the one container it leads to, by the engine's name for it, and the ports. */
export interface RelayWish {
  readonly listen: string
  readonly to: string
  readonly ports: readonly number[]
}

/** What a relay needs of the world; tests give their own. */
export interface RelayWorld {
  readonly write: (line: string) => void
  /** Addresses of a name. Asked for each connection: a service that was restarted may be elsewhere. */
  readonly resolve?: (name: string) => Promise<readonly string[]>
  /** So many connections are open at once; more are cut. */
  readonly most?: number
}

/** A relay that listens. `stop` cuts what is open, and writes the last counts. */
export interface RunningRelay {
  stop(): Promise<void>
}

const dialWithin = 10_000
const mostConnections = 1024
const betweenCounts = 1000

/**
 * Starts a relay: bytes that come to one of its ports go to the same port of the one container, and back, and nothing in
 * them is read. Nobody who connects can choose where to. Writes a line when it listens, and then how many connections and
 * bytes there were so far, at most once a second. Rejects when a port cannot be had.
 */
export async function startRelay(
  wish: RelayWish,
  { write, resolve = resolve4, most = mostConnections }: RelayWorld,
): Promise<RunningRelay> {
  const log = openLog(write)
  const count = { connections: 0, failed: 0, sent: 0, received: 0 }
  const pairs = new Set<Pair>()
  const totals = () => {
    const all = { ...count }
    for (const pair of pairs) addBytes(all, pair)
    return all
  }
  let told = JSON.stringify(count)
  const tell = () => {
    const now = JSON.stringify(totals())
    if (now !== told) log('info', 'relay_counts', totals())
    told = now
  }
  const take = async (client: Socket, port: number) => {
    const pair: Pair = { client }
    client.on('error', () => client.destroy())
    count.connections += 1
    if (pairs.size >= most) return fail(client, count)
    pairs.add(pair)
    client.once('close', () => forget(pair))
    try {
      const [address] = await resolve(wish.to)
      pair.service = await dial(address ?? '', port)
    } catch {
      return fail(client, count)
    }
    pair.service.once('close', () => forget(pair))
    join(client, pair.service)
  }
  // Both ends are asked for their bytes once, when the last of them has closed.
  const forget = (pair: Pair) => {
    if (!pair.client.closed || (pair.service && !pair.service.closed)) return
    if (pairs.delete(pair)) addBytes(count, pair)
  }
  const servers = await Promise.all(wish.ports.map(port => open(wish.listen, port, client => void take(client, port))))
  log('info', 'relay_startup', { listen: wish.listen, ports: wish.ports.map(String) })
  const timer = setInterval(tell, betweenCounts)
  return {
    async stop() {
      clearInterval(timer)
      const closed = servers.map(server => new Promise(done => server.close(done)))
      const last = totals()
      for (const { client, service } of pairs) {
        client.destroy()
        service?.destroy()
      }
      await Promise.all(closed)
      log('info', 'relay_end', last)
    },
  }
}

interface Pair {
  readonly client: Socket
  service?: Socket
}

function addBytes(to: { sent: number; received: number }, { client, service }: Pair): void {
  to.sent += client.bytesRead
  to.received += service?.bytesRead ?? 0
}

// Cut and not ended: a client must not take this for the service's own goodbye.
function fail(client: Socket, count: { failed: number }): void {
  count.failed += 1
  client.resetAndDestroy()
}

function open(host: string, port: number, take: (client: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, take)
  return new Promise((done, failed) => server.once('error', failed).listen({ host, port }, () => done(server)))
}

function dial(host: string, port: number): Promise<Socket> {
  return new Promise((done, failed) => {
    const socket = connect({ host, port, allowHalfOpen: true, autoSelectFamily: false, noDelay: true })
    const timer = setTimeout(() => socket.destroy(new Error('timed out')), dialWithin)
    socket.once('error', failed)
    socket.once('close', () => clearTimeout(timer))
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.off('error', failed).on('error', () => socket.destroy())
      done(socket)
    })
  })
}

// Each end's goodbye is passed on by itself; an end that was cut cuts the other.
function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to)
    from.once('close', () => {
      if (from.errored || !from.readableEnded || !from.writableFinished) to.resetAndDestroy()
    })
    if (from.destroyed) to.resetAndDestroy()
  }
}
