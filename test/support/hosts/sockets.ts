import { createSocket } from 'node:dgram'
import type { Server } from 'node:http'
import type { Http2SecureServer } from 'node:http2'
import { createServer } from 'node:net'
import { WebSocketServer } from 'ws'

type Tell = (fact: object) => void

/** Answers WebSocket upgrades on a server: what a client says comes back. `ws` is mounted beside the hosts' programs. */
export function echoSockets(server: Server | Http2SecureServer, tell: Tell): void {
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    tell({ kind: 'request', port: request.socket.localPort, method: 'UPGRADE', url: request.url })
    sockets.handleUpgrade(request, socket, head, one => {
      one.on('message', data => one.send(`echo ${data}`))
      one.on('error', () => {})
    })
  })
}

/** What is no HTTP: servers that speak first, as those of SMTP and FTP do, and UDP on 443, as QUIC's is. */
export function speakOther(tell: Tell): void {
  for (const [port, name] of [
    [25, 'smtp'],
    [21, 'ftp'],
  ] as const)
    createServer(socket => {
      tell({ kind: 'connection', port, from: socket.remoteAddress })
      socket.on('error', () => {})
      socket.on('data', data => {
        const body = data.toString('latin1').slice(0, 200)
        tell({ kind: 'request', port, method: name, url: `/${name}`, body })
        socket.end('221 bye\r\n')
      })
      socket.write(`220 ${name}\r\n`)
    }).listen(port)
  const datagrams = createSocket('udp4')
  datagrams.on('message', (data, from) => {
    tell({ kind: 'request', port: 443, method: 'UDP', url: '/udp', from: from.address })
    datagrams.send(`echo ${data}`, from.port, from.address)
  })
  datagrams.bind(443)
}
