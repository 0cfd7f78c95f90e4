import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'

/** An npm registry with one real package, `left-shelf` 1.0.0: its document and its tarball, packed by tar. */
export function servePackages(tell: (fact: object) => void): RequestListener {
  const tarball = makeTarball()
  return (request, response) => {
    const { method, url = '/', headers } = request
    tell({ kind: 'request', port: request.socket.localPort, method, url, headers })
    if (url === '/left-shelf/-/left-shelf-1.0.0.tgz') {
      response.setHeader('content-type', 'application/octet-stream')
      return response.end(tarball)
    }
    response.setHeader('content-type', 'application/json')
    if (url === '/left-shelf') return response.end(JSON.stringify(document(`https://${headers.host}`, tarball)))
    response.statusCode = 404
    return response.end('{"error":"Not found"}')
  }
}

function makeTarball(): Buffer {
  mkdirSync('/tmp/package', { recursive: true })
  writeFileSync('/tmp/package/package.json', JSON.stringify({ name: 'left-shelf', version: '1.0.0', main: 'index.js' }))
  writeFileSync('/tmp/package/index.js', "module.exports = text => '[' + text + ']'\n")
  execFileSync('tar', ['-czf', '/tmp/left-shelf-1.0.0.tgz', '-C', '/tmp', 'package'])
  return readFileSync('/tmp/left-shelf-1.0.0.tgz')
}

function document(base: string, tarball: Buffer): object {
  const dist = {
    tarball: `${base}/left-shelf/-/left-shelf-1.0.0.tgz`,
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    shasum: createHash('sha1').update(tarball).digest('hex'),
  }
  const version = { name: 'left-shelf', version: '1.0.0', main: 'index.js', dist }
  return { name: 'left-shelf', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } }
}
