import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'

/** Listens on the host itself, on every address it has: TCP and UDP on one port, a socket file, an abstract socket. */
export interface HostListener extends AsyncDisposable {
  readonly port: number
  readonly socket: string
  readonly abstract: string
  readonly marks: Set<string>
  readonly sources: Set<string>
}

const markPattern = /mk[0-9a-f]{8}x\d{4}z/g

/** Opens all of it. What arrives is answered, so that no client waits. */
export async function listenOnHost(socketPath: string, abstract: string): Promise<HostListener> {
  const marks = new Set<string>()
  const sources = new Set<string>()
  const hear = (data: Buffer, from: string | undefined) => {
    if (from) sources.add(from.replace(/^::ffff:/, ''))
    for (const [mark] of data.toString('latin1').toLowerCase().matchAll(markPattern)) marks.add(mark)
  }
  const greet = (socket: Socket) => {
    socket.on('error', () => {}).setTimeout(5000, () => socket.destroy())
    socket.on('data', data => {
      hear(data, socket.remoteAddress)
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\nreached\n')
    })
  }
  const servers: Server[] = []
  const listen = async (where: object) => {
    const server = createServer(greet)
    server.listen(where)
    await once(server, 'listening')
    servers.push(server)
    return server
  }
  const tcp = await listen({ host: '::', port: 0 }).catch(() => listen({ host: '0.0.0.0', port: 0 }))
  const { port, family } = tcp.address() as { port: number; family: string }
  // One of each family: a socket of IPv6's gets no multicast of IPv4's.
  const kinds = family === 'IPv6' ? (['udp4', 'udp6'] as const) : (['udp4'] as const)
  const datagrams = kinds.map(type => createSocket({ type, ipv6Only: type === 'udp6' }))
  for (const udp of datagrams) {
    udp.on('message', (data, from) => hear(data, from.address)).bind(port)
    await once(udp, 'listening')
  }
  await listen({ path: socketPath })
  chmodSync(socketPath, 0o777)
  await listen({ path: `\0${abstract}` })
  return {
    port,
    socket: socketPath,
    abstract,
    marks,
    sources,
    async [Symbol.asyncDispose]() {
      for (const udp of datagrams) udp.close()
      await Promise.all(servers.map(server => new Promise(done => server.close(done))))
    },
  }
}
