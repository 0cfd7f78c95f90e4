// Runs inside a test host's container: answers HTTP on 80 and HTTPS on 443, and tells on stdout what reached it.
// ROLE says what it answers: `listener` echoes, `forge` serves git repositories of /srv, `registry` serves npm packages,
// `sshd` is an OpenSSH server on 22 and 2222 besides.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { serveGit } from './forge.ts'
import { servePackages } from './registry.ts'
import { serveSsh } from './sshd.ts'

const longestBody = 64 * 1024
const tell = (fact: object) => process.stdout.write(`${JSON.stringify(fact)}\n`)

const echo = async (request: IncomingMessage, response: ServerResponse) => {
  let body = ''
  for await (const chunk of request) body = (body + String(chunk)).slice(0, longestBody)
  const { method, url, headers } = request
  tell({ kind: 'request', port: request.socket.localPort, method, url, headers, body })
  response.setHeader('content-type', 'text/plain')
  response.end(`reached ${headers.host}\n`)
}

// A server that says no to everything: a gate's answer, without a gate.
const forbid: RequestListener = (_, response) => void response.writeHead(403).end('no\n')

const handlers: Record<string, RequestListener> = {
  forbidder: forbid,
  listener: echo,
  forge: serveGit(tell),
  registry: servePackages(tell),
}
const handler = handlers[process.env.ROLE ?? 'listener'] ?? echo
const greet = (socket: Socket) => tell({ kind: 'connection', port: socket.localPort, from: socket.remoteAddress })

const plain = createServer(handler).on('connection', greet)
const tls = createTlsServer({ key: readFileSync('/tls/key.pem'), cert: readFileSync('/tls/cert.pem') }, handler).on(
  'connection',
  greet,
)
if (process.env.ROLE === 'sshd') serveSsh(tell)
plain.listen(80, () => tls.listen(443, () => tell({ kind: 'ready' })))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))
