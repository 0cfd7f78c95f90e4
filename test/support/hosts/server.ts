// Runs inside a test host's container: answers HTTP on 80 and HTTPS on 443, and tells on stdout what reached it.
// ROLE says what it answers: `listener` echoes, `lenient` does so for nearly anything, `speed` sends bytes, `forge` serves
// git repositories of /srv, `registry` serves npm packages.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { serveGit } from './forge.ts'
import { servePackages } from './registry.ts'

const longestBody = 64 * 1024
const tell = (fact: object) => process.stdout.write(`${JSON.stringify(fact)}\n`)

const echo = async (request: IncomingMessage, response: ServerResponse) => {
  let body = ''
  const { method, url, headers } = request
  try {
    for await (const chunk of request) body = (body + String(chunk)).slice(0, longestBody)
  } catch {
    // A client that goes away in the middle has still been here.
  }
  tell({ kind: 'request', port: request.socket.localPort, method, url, headers, body })
  response.setHeader('content-type', 'text/plain')
  response.end(`reached ${headers.host}\n`)
}

// A server that says no to everything: a gate's answer, without a gate.
const forbid: RequestListener = (_, response) => void response.writeHead(403).end('no\n')

// As many bytes as the path says, and nothing told: for figures.
const many = Buffer.alloc(16 * 1024 * 1024, 'speed')
const speed: RequestListener = (request, response) => {
  const size = Math.min(many.length, Number(request.url?.slice(1)) || 0)
  response
    .writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size })
    .end(many.subarray(0, size))
}

const handlers: Record<string, RequestListener> = {
  forbidder: forbid,
  listener: echo,
  forge: serveGit(tell),
  lenient: echo,
  speed,
  registry: servePackages(tell),
}
const handler = handlers[process.env.ROLE ?? 'listener'] ?? echo
const greet = (socket: Socket) => tell({ kind: 'connection', port: socket.localPort, from: socket.remoteAddress })

// A lenient server believes what a strict one refuses (two framings of a body, bare line feeds): the victim of smuggling.
const insecureHTTPParser = process.env.ROLE === 'lenient'
const plain = createServer({ insecureHTTPParser }, handler).on('connection', greet)
const tls = createTlsServer({ key: readFileSync('/tls/key.pem'), cert: readFileSync('/tls/cert.pem') }, handler).on(
  'connection',
  greet,
)
plain.listen(80, () => tls.listen(443, () => tell({ kind: 'ready' })))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))
