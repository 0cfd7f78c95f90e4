import { execFileSync } from 'node:child_process'
import { agentImage } from './internet.ts'

/** The image with a real PostgreSQL and a real Redis, and their clients. */
export const servicesImage = 'bottle-test/services:1'

/** Images of services, as a registry has them: by name. Removed when they are disposed of. */
export interface ServiceImages extends Disposable {
  readonly postgres: string
  readonly redis: string
  /** Listens on 80 and 8080, which it exposes, and on 9090, which it does not; logs the port of each connection. */
  readonly web: string
  /** The same, and exposes nothing. */
  readonly mute: string
}

const file = (path: string, text: string) =>
  `RUN echo ${Buffer.from(text).toString('base64')} | base64 -d > ${path} && chmod 755 ${path}`

// As the official image does it: a cluster is made when it starts, with POSTGRES_PASSWORD.
const startPostgres = `#!/bin/sh
set -e
bin=$(echo /usr/lib/postgresql/*/bin)
as="setpriv --reuid postgres --regid postgres --clear-groups"
mkdir -p /data /run/postgresql && chown postgres: /data /run/postgresql
printf '%s' "$POSTGRES_PASSWORD" >/tmp/password
$as $bin/initdb --pgdata /data --username postgres --auth scram-sha-256 --pwfile /tmp/password --no-sync >/dev/null
echo 'host all all all scram-sha-256' >>/data/pg_hba.conf
exec $as $bin/postgres -D /data -c listen_addresses='*' -c unix_socket_directories=/run/postgresql
`

const web = `
const { createServer } = require('node:net')
for (const port of [80, 8080, 9090])
  createServer(socket => {
    console.log(port)
    socket.on('error', () => {})
    socket.once('data', () => socket.end('HTTP/1.0 200 OK\\r\\n\\r\\nserved ' + port + '\\n'))
  }).listen(port)
`

const recipes: Readonly<Record<Exclude<keyof ServiceImages, symbol>, readonly string[]>> = {
  postgres: [`FROM ${servicesImage}`, file('/start', startPostgres), 'EXPOSE 5432', 'ENTRYPOINT ["/start"]'],
  redis: [
    `FROM ${servicesImage}`,
    'EXPOSE 6379',
    'ENTRYPOINT ["redis-server", "--bind", "0.0.0.0", "--protected-mode", "no"]',
  ],
  web: [`FROM ${agentImage}`, file('/web.cjs', web), 'EXPOSE 80 8080', 'ENTRYPOINT ["node", "/web.cjs"]'],
  mute: [`FROM ${agentImage}`, file('/web.cjs', web), 'ENTRYPOINT ["node", "/web.cjs"]'],
}

/** Builds them, each a layer over an image of the tests. */
export function serviceImages(): ServiceImages {
  const docker = (words: string[], input = '') =>
    execFileSync('docker', words, { input, stdio: ['pipe', 'ignore', 'pipe'] })
  const names = Object.entries(recipes).map(([name, lines]) => {
    const tag = `bottle-test/${name}:${process.pid}`
    docker(['build', '--quiet', '--network', 'none', '--tag', tag, '-'], `${lines.join('\n')}\n`)
    return [name, tag] as const
  })
  return {
    ...(Object.fromEntries(names) as Record<Exclude<keyof ServiceImages, symbol>, string>),
    [Symbol.dispose]: () => void docker(['image', 'rm', ...names.map(([, tag]) => tag)]),
  }
}

/** Ports at which a `web` container was reached, in order. */
export function reached(container = ''): string[] {
  return execFileSync('docker', ['logs', container], { encoding: 'utf8' }).split('\n').filter(Boolean)
}

/** A function for a shell: `ask HOST PORT` prints 1 when a `web` or a host of ours answers there, else 0. Asks for another host, as of a proxy. */
export const asking = `ask() {
  timeout 4 bash -c "exec 3<>/dev/tcp/$1/$2 && printf 'GET http://stranger:8080/ HTTP/1.0\\r\\nHost: stranger\\r\\n\\r\\n' >&3 && cat <&3" 2>&1 | grep -c served
  true
}`
