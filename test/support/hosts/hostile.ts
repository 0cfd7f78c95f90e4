// Runs inside a test host's container: a server on port 80 whose answers break the rules, as the path of a request asks.
import { createServer } from 'node:net'

const tell = (fact: object) => process.stdout.write(`${JSON.stringify(fact)}\n`)
const ok = 'HTTP/1.1 200 OK\r\n'

/** What each path is answered with; `flood` is repeated for as long as anybody reads, at most 64 MiB. */
const answers: Record<string, { once?: string; flood?: string }> = {
  '/huge-header': { once: `${ok}X-Big: `, flood: 'a'.repeat(65536) },
  '/many-headers': { once: ok, flood: 'X-One: 1\r\n'.repeat(4096) },
  '/informational': { flood: 'HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n'.repeat(1024) },
  '/garbage-chunks': { once: `${ok}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\nSPLIT\r\n` },
  '/two-framings': {
    once: `${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${ok}Content-Length: 5\r\n\r\nSPLIT`,
  },
  '/two-answers': { once: `${ok}Content-Length: 2\r\n\r\nok${ok}X-Split: 1\r\nContent-Length: 5\r\n\r\nSPLIT` },
  '/bare-return': { once: `${ok}X-A: b\rX-Split: 1\r\nContent-Length: 2\r\n\r\nok` },
  '/status': { once: 'HTTP/1.1 42 Odd\r\nContent-Length: 2\r\n\r\nok' },
  '/switch': { once: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nSPLIT' },
  '/binary': { once: '\0\x01\x02\x03\r\n\r\n' },
  '/redirect': { once: 'HTTP/1.1 302 Found\r\nLocation: http://evil.test/\r\nContent-Length: 0\r\n\r\n' },
  '/short': { once: `${ok}Content-Length: 100\r\n\r\nshort` },
  '/endless': { once: `${ok}\r\n`, flood: 'b'.repeat(65536) },
}

createServer(socket => {
  socket.on('error', () => {})
  socket.once('data', head => {
    const path = /^\S+ (\S+)/.exec(head.toString('latin1'))?.[1] ?? ''
    tell({ kind: 'request', port: 80, url: path })
    const answer = answers[path] ?? { once: `${ok}Content-Length: 2\r\n\r\nok` }
    socket.write(answer.once ?? '', 'latin1')
    if (answer.flood === undefined) return void setTimeout(() => socket.destroy(), 300)
    let left = (64 * 1024 * 1024) / answer.flood.length
    const more = () => {
      while (left-- > 0 && socket.write(answer.flood ?? '')) {}
      if (left <= 0) socket.end()
    }
    socket.on('drain', more)
    more()
  })
}).listen(80, () => tell({ kind: 'ready' }))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))
