// Runs inside a test host's container: answers HTTP on 80 and HTTPS on 443, and tells on stdout what reached it.
// ROLE says what it answers: `listener` echoes, `lenient` does so for nearly anything, `speed` sends bytes, `forge` serves
// git repositories of /srv, `registry` serves npm packages, `world` is all of these and more (world.ts), over HTTP/2 too,
// with WebSockets and what is no HTTP, `sshd` is an OpenSSH server on 22 and 2222 besides.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createSecureServer, type Http2SecureServer } from 'node:http2'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { serveGit } from './forge.ts'
import { servePackages } from './registry.ts'
import { serveSsh } from './sshd.ts'
import { serveWorld } from './world.ts'

const longestBody = 64 * 1024
const answers = JSON.parse(readFileSync('/tls/answers.json', 'utf8')) as Record<string, string>
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
  response.end(answers[String(headers['x-case'])] ?? `reached ${headers.host}\n`)
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

const handlers: Record<string, () => RequestListener> = {
  forbidder: () => forbid,
  listener: () => echo,
  forge: () => serveGit(tell),
  // Its repository is the one that is cloned over ssh.
  sshd: () => serveGit(tell),
  registry: () => servePackages(tell),
  world: () => serveWorld(process.env.NAME ?? '', tell, echo),
  lenient: () => echo,
  speed: () => speed,
}
const role = process.env.ROLE ?? 'listener'
const handler = handlers[role]?.() ?? echo
const greet = (socket: Socket) => tell({ kind: 'connection', port: socket.localPort, from: socket.remoteAddress })

// A lenient server believes what a strict one refuses (two framings of a body, bare line feeds): the victim of smuggling.
const identity = { key: readFileSync('/tls/key.pem'), cert: readFileSync('/tls/cert.pem') }
const plain = createServer({ insecureHTTPParser: role === 'lenient' }, handler)
const tls = role === 'world' ? bothVersions() : createTlsServer(identity, handler)
for (const server of [plain, tls]) server.on('connection', greet)
// Any other port speaks both: a TLS record of a handshake begins with 0x16 (RFC 8446 §5.1).
for (const port of (process.env.PORTS ?? '').split(' ').filter(Boolean).map(Number)) {
  createTcpServer(socket =>
    socket.once('data', first => {
      socket.pause()
      socket.unshift(first)
      ;(first[0] === 0x16 ? tls : plain).emit('connection', socket)
      process.nextTick(() => socket.resume())
    }),
  ).listen(port)
}
if (role === 'world') {
  // Loaded here alone: only the suites that ask for a world mount the `ws` package.
  const { echoSockets, speakOther } = await import('./sockets.ts')
  echoSockets(plain, tell)
  echoSockets(tls, tell)
  speakOther(tell)
}
if (role === 'sshd') serveSsh(tell)
plain.listen(80, () => tls.listen(443, () => tell({ kind: 'ready' })))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))

// Node's HTTP/2 server hands its compatible requests to the same handlers.
function bothVersions(): Http2SecureServer {
  return createSecureServer({ ...identity, allowHTTP1: true }).on('request', (request, response) =>
    handler(request as unknown as IncomingMessage, response as unknown as ServerResponse & { req: IncomingMessage }),
  )
}
