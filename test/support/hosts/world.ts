import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { crates } from './crates.ts'
import { debs } from './debs.ts'
import { serveFiles } from './files.ts'
import { serveGit } from './forge.ts'
import { modules } from './modules.ts'
import { servePackages } from './registry.ts'
import { serveStreams } from './streams.ts'
import { wheels } from './wheels.ts'

/** Everything that an agent's clients talk to, on one host: the first folder of the path says which. */
export function serveWorld(host: string, tell: (fact: object) => void, otherwise: RequestListener): RequestListener {
  const git = serveGit(tell)
  const streams = serveStreams(tell)
  const files = serveFiles(
    new Map([...wheels('/wheels'), ...debs('/debs'), ...modules('/modules'), ...crates(host, '/crates')]),
  )
  const told = (handler: RequestListener): RequestListener => {
    return (request, response) => {
      const { method, url, headers } = request
      tell({ kind: 'request', port: request.socket.localPort, method, url, headers, http: request.httpVersion })
      return handler(request, response)
    }
  }
  const rooms: Record<string, RequestListener> = {
    wheels: told(files),
    debs: told(files),
    modules: told(files),
    crates: told(files),
    'crates-index.git': git,
    'hello.git': git,
    'left-shelf': servePackages(tell),
  }
  for (const name of ['sse', 'source', 'text', 'sink', 'together']) rooms[name] = told(streams)
  return (request: IncomingMessage, response: ServerResponse) => {
    // HTTP/2 says `:authority` where HTTP/1.1 says `Host`.
    request.headers.host ??= String(request.headers[':authority'] ?? '')
    const room = (request.url ?? '').split(/[/?]/)[1] ?? ''
    return (Object.hasOwn(rooms, room) ? rooms[room] : otherwise)?.(request, response)
  }
}
