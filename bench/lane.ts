import { connect, type Socket } from 'node:net'
import { connect as secure } from 'node:tls'

/** How to reach the host: directly, or through a gate by CONNECT or by URLs in absolute form. */
export interface Way {
  readonly host: string
  readonly kind: 'direct' | 'tunnel' | 'plain'
  readonly gate?: string
  /** Speak TLS to the host, as nearly everything in a tunnel does. */
  readonly tls?: boolean
}

/** A connection on which one GET goes after the other. */
export interface Lane extends Disposable {
  /** Gets so many bytes; resolves when the last has come. Rejects when the answer is not a 200 or is cut short. */
  get(bytes: number): Promise<void>
}

/**
 * Opens a connection to `speed.test`, whose path says how many bytes it answers with. Below http's own client, so that
 * what is measured is the gate: the answer's length is read from its head, and its body is only counted.
 */
export async function openLane({ host, kind, gate, tls = false }: Way): Promise<Lane> {
  const port = tls ? 443 : 80
  const wire = await open(kind === 'direct' ? { host, port } : { host: gate ?? '', port: 8888 })
  if (kind === 'tunnel') {
    wire.write(`CONNECT speed.test:${port} HTTP/1.1\r\nHost: speed.test:${port}\r\n\r\n`)
    const answer = await new Promise<Buffer>((done, failed) => wire.once('data', done).once('close', failed))
    if (!/^HTTP\/1\.1 200/.test(answer.toString('latin1'))) throw new Error(answer.toString('latin1'))
  }
  const socket = tls ? await greet(wire) : wire
  const prefix = kind === 'plain' ? 'http://speed.test' : ''
  return {
    get: bytes =>
      new Promise((done, failed) => {
        let left: number | undefined
        let head = ''
        const settle = (error?: Error) => {
          socket.off('data', more).off('close', cut)
          if (error) failed(error)
          else done()
        }
        const cut = () => settle(new Error(`cut short: ${head.slice(0, 200)}`))
        const more = (chunk: Buffer) => {
          let body = chunk.length
          if (left === undefined) {
            head += chunk.toString('latin1')
            const end = head.indexOf('\r\n\r\n')
            if (end < 0) return
            if (!head.startsWith('HTTP/1.1 200')) return settle(new Error(head.slice(0, 200)))
            // pipelock answers large bodies in chunks: then only the last one says that it is over.
            left = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.POSITIVE_INFINITY)
            body = head.length - end - 4
          }
          left -= body
          if (left <= 0 || (left === Number.POSITIVE_INFINITY && chunk.subarray(-5).toString() === '0\r\n\r\n'))
            settle()
        }
        socket.on('data', more).on('close', cut)
        socket.write(`GET ${prefix}/${bytes} HTTP/1.1\r\nHost: speed.test\r\n\r\n`)
      }),
    [Symbol.dispose]: () => void socket.destroy(),
  }
}

// The host's certificate is the tests' own, made a moment ago: what is measured is not trust.
function greet(wire: Socket): Promise<Socket> {
  return new Promise((done, failed) => {
    const inner = secure({ socket: wire, servername: 'speed.test', rejectUnauthorized: false }, () => done(inner))
    inner.once('error', failed)
  })
}

function open(where: { host: string; port: number }): Promise<Socket> {
  return new Promise((done, failed) => {
    const socket = connect({ ...where, noDelay: true }, () => done(socket))
    socket.once('error', failed)
  })
}
