import type { RequestListener } from 'node:http'

/** Files by path, as a plain web server has them; whatever else is asked for is not there. */
export function serveFiles(files: ReadonlyMap<string, string | Buffer>): RequestListener {
  return (request, response) => {
    const path = new URL(request.url ?? '/', 'http://files').pathname
    const file = files.get(path)
    if (file === undefined) return void response.writeHead(404).end('not here\n')
    const type = path.endsWith('/') ? 'text/html' : 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(file) }).end(file)
  }
}
