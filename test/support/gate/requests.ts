import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { connect as secure } from 'node:tls'

/** What a gate answered: the status (0 when it closed without one), and the body. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** Sends bytes as they are and reads the answer to its end. */
export function raw(address: string, bytes: string | Buffer, port = 8888): Promise<Answer> {
  return new Promise(done => {
    const socket = connect(port, address, () => socket.write(bytes))
    let text = ''
    socket.setTimeout(8000, () => socket.destroy())
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
      // pipelock keeps a refused CONNECT open for a while: the answer is whole, so nobody waits for its end.
      if (/^HTTP\/1\.[01] 4\d\d .*\r\n\r\n./s.test(text)) socket.end()
      if (/^HTTP\/1\.[01] 200 .*\r\n\r\n[\s\S]*reached /s.test(text)) socket.end()
      if (/^HTTP\/1\.[01] 200 .*\r\n\r\n$/s.test(text) && bytes.toString().startsWith('CONNECT')) socket.end()
    })
    socket.on('error', () => {})
    socket.on('close', () =>
      done({
        status: Number(/^HTTP\/1\.[01] (\d+)/.exec(text)?.[1] ?? 0),
        body: text.slice(text.indexOf('\r\n\r\n') + 4),
      }),
    )
  })
}

/** Sends one request in absolute form through the gate. */
export function plain(
  address: string,
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((done, failed) => {
    const { host } = new URL(url)
    const outgoing = request(
      {
        host: address,
        port: 8888,
        method: options.method ?? 'GET',
        path: url,
        headers: { host, ...options.headers },
        agent: false,
      },
      answer => {
        let body = ''
        answer.on('data', chunk => {
          body += String(chunk)
        })
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body }))
      },
    )
    outgoing.on('error', failed)
    outgoing.end(options.body)
  })
}

/** Opens a tunnel and speaks TLS in it with a server name of its own; what came back, or nothing. */
export function tunnel(address: string, target: string, serverName: string | undefined): Promise<string> {
  return new Promise(done => {
    const socket: Socket = connect(8888, address, () =>
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`),
    )
    socket.on('error', () => done(''))
    socket.once('data', head => {
      if (!/^HTTP\/1\.1 200/.test(head.toString('latin1'))) return done('')
      const inner = secure(
        { socket, ...(serverName ? { servername: serverName } : {}), rejectUnauthorized: false },
        () => inner.write('GET /tls HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
      )
      let text = ''
      inner.on('data', chunk => {
        text += String(chunk)
      })
      inner.on('error', () => done(text))
      inner.on('close', () => done(text))
    })
  })
}

/** Options for `plain` that post a form (or whatever `content-type` in `more` says). */
export const form = (body: string | Buffer, more = {}) => ({
  method: 'POST',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    ...more,
  },
  body,
})
