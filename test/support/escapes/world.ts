import { randomBytes, randomInt } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Docker from 'dockerode'
import { agentImage, until } from '../hosts/internet.ts'
import { pool } from '../pool.ts'
import { type HostListener, listenOnHost } from './host-listener.ts'

/** Everything around the bottles: listeners that tell which marks reached them, and the folders of a job. */
export interface World extends AsyncDisposable {
  /** Part of every mark of this world: eight hex digits. */
  readonly nonce: string
  readonly workspace: string
  readonly temp: string
  /** The id of a container that shares what it should not. */
  readonly decoy: string
  readonly hosts: Readonly<Record<HostName, Docker.Container>>
  readonly metadata: Docker.Network | undefined
  readonly inner: Docker.Network
  readonly env: Readonly<Record<string, string>>
  /** Every mark that reached a listener so far, and every address a packet came from. */
  seen(): Promise<{ marks: Set<string>; sources: Set<string> }>
}

export type HostName = 'internet' | 'allowed' | 'denied' | 'guest' | 'proxy' | 'neighbour' | 'metadata'

const docker = new Docker()
const ports = ['22', '25', '53', '80', '443', '853', '2375', '5432', '6379', '6667', '8080', '9418']
const programs = resolve(import.meta.dirname, 'inside')
const deniedNames = ['denied.test', 'front.allowed.test', 'notallowed.test']

/** Raises the hosts and makes the folders. `metadata` has one host stand at the metadata address, on a network of its own. */
export async function openWorld(wish: { metadata: boolean }): Promise<World> {
  const nonce = randomBytes(4).toString('hex')
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'bottle-escapes-')))
  const Labels = { 'io.bottle.test': `escapes-${nonce}` }
  await using undo = new AsyncDisposableStack()
  undo.defer(() => rmSync(root, { recursive: true, force: true }))
  const folders = makeFolders(root)
  const listener = undo.use(await listenOnHost(join(folders.temp, 'agent.sock'), `bottle-${nonce}`))
  const network = async (name: string, body: object) => {
    const made = await createNetwork({ Name: `bottle-test-${nonce}-${name}`, Driver: 'bridge', Labels, ...body })
    undo.defer(() => made.remove())
    return made
  }
  const [outer, inner, metadata] = await Promise.all([
    network('world', { IPAM: { Config: [{ Subnet: `198.19.${randomInt(256)}.${randomInt(16) * 16}/28` }] } }),
    network('inner', {}),
    wish.metadata ? network('metadata', metadataNetwork) : undefined,
  ])
  const start = async (program: readonly string[], body: Docker.ContainerCreateOptions = {}) => {
    const container = await docker.createContainer({
      Image: agentImage,
      Entrypoint: [...program],
      Labels,
      ...body,
      HostConfig: { Init: true, NetworkMode: outer.id, Binds: [`${programs}:/kit:ro`], ...body.HostConfig },
    })
    undo.defer(() => container.remove({ force: true, v: true }))
    await container.start()
    return container
  }
  const wiretap = (names: string[], more: object = {}) =>
    start(['python3', '-I', '/kit/wiretap.py', ...ports], {
      NetworkingConfig: { EndpointsConfig: { [outer.id]: { Aliases: names } } },
      HostConfig: more,
    })
  const starts: Record<HostName, () => Promise<Docker.Container>> = {
    internet: () => start(['python3', '-I', '/kit/wiretap.py', ...ports], { HostConfig: { NetworkMode: 'none' } }),
    allowed: () => wiretap(['allowed.test']),
    denied: () => wiretap(deniedNames),
    guest: () => wiretap([]),
    neighbour: () => wiretap([]),
    metadata: () => wiretap([]),
    proxy: () => start(['python3', '-I', '/kit/open_proxy.py']),
  }
  const word = `decoy-${nonce}`
  const decoyScript = `echo canary >/dev/shm/${word}; exec -a ${word}-only sleep 100000`
  const decoyHost = { NetworkMode: 'none', IpcMode: 'shareable', CapDrop: ['ALL'], Init: false }
  const jobs = [
    () => start(['bash', '-c', decoyScript], { Env: ['DECOY=1'], HostConfig: decoyHost }),
    ...Object.values(starts),
  ]
  const [decoy, ...made] = await pool(jobs, 4, job => job())
  const hosts = Object.fromEntries(Object.keys(starts).map((name, at) => [name, made[at]])) as World['hosts']
  const beside = (to: Docker.Network | undefined, host: HostName, endpoint: object) =>
    to?.connect({ Container: hosts[host].id, EndpointConfig: endpoint })
  await beside(inner, 'denied', { Aliases: ['inner.test'] })
  await beside(metadata, 'metadata', { IPAMConfig: { IPv4Address: '169.254.169.254' }, Aliases: ['metadata.test'] })
  await Promise.all([beside(inner, 'proxy', {}), beside(metadata, 'proxy', {})])
  const wired = await wire(hosts.internet, start)
  await Promise.all(
    Object.values(hosts).map(host => until(async () => (await said(host)).some(fact => fact.ready === true))),
  )
  const held = undo.move()
  return {
    nonce,
    ...folders,
    decoy: decoy?.id ?? '',
    hosts,
    metadata,
    inner,
    env: {
      ...spellings(wired.there),
      HOST_OUTSIDE: wired.here,
      DOCKER0: wired.docker0,
      HOST_PORT: String(listener.port),
      HOST_SOCKET: listener.socket,
      ABSTRACT: listener.abstract,
      HOST_FILE: join(folders.temp, 'host-file'),
      HOST_TEMP: folders.temp,
      DECOY_WORD: word,
      WORK: folders.workspace,
      KIT: join(folders.workspace, 'kit'),
    },
    seen: () => everythingSeen(listener, Object.values(hosts)),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

// The host gets no address on this bridge, so its own way to a real metadata service stays as it is.
const metadataNetwork = {
  Internal: true,
  Options: { 'com.docker.network.bridge.inhibit_ipv4': 'true' },
  IPAM: { Config: [{ Subnet: '169.254.169.224/27', Gateway: '169.254.169.225' }] },
}

// A checkout with a credential in git's config, a file that is another user's, and the programs of the attempts.
function makeFolders(root: string): { workspace: string; temp: string } {
  const [workspace, temp] = [join(root, 'workspace'), join(root, 'temp')]
  for (const folder of [join(workspace, '.git/hooks'), join(workspace, 'kit'), temp])
    mkdirSync(folder, { recursive: true })
  for (const name of ['runner.py', 'tools.py']) copyFileSync(join(programs, name), join(workspace, 'kit', name))
  const token = randomBytes(12).toString('base64')
  writeFileSync(
    join(workspace, '.git/config'),
    `[core]\n\tbare = false\n[http "https://forge.test/"]\n\textraheader = AUTHORIZATION: basic ${token}\n`,
  )
  writeFileSync(join(workspace, 'foreign'), 'not yours\n', { mode: 0o600 })
  if (process.getuid?.() === 0) chownSync(join(workspace, 'foreign'), 4242, 4242)
  writeFileSync(join(temp, 'host-file'), 'canary\n')
  for (const folder of [root, workspace, temp, join(workspace, 'kit')]) chmodSync(folder, 0o777)
  return { workspace, temp }
}

async function createNetwork(body: Docker.NetworkCreateOptions): Promise<Docker.Network> {
  for (let tries = 0; ; tries++) {
    try {
      return await docker.createNetwork(body)
    } catch (error) {
      if (tries >= 60 || !/overlap/i.test(String(error))) throw error
      await new Promise(done => setTimeout(done, 1000))
    }
  }
}

/** Lays a wire from the host to a container that is on no network of the engine's: an outside that is routed to. */
async function wire(
  internet: Docker.Container,
  start: (program: readonly string[], body?: Docker.ContainerCreateOptions) => Promise<Docker.Container>,
): Promise<{ here: string; there: string; docker0: string }> {
  const { State } = await internet.inspect()
  const [network, base] = [`198.19.${randomInt(256)}`, randomInt(64) * 4]
  const [here, there] = [`${network}.${base + 1}`, `${network}.${base + 2}`]
  const [at, inner] = [`be${randomInt(1e8)}`, `nsenter -t ${State.Pid} -n`]
  const script = `set -e
    ip link add ${at} type veth peer name eth0 netns ${State.Pid}
    ip addr add ${here}/30 dev ${at} && ip link set ${at} up
    ${inner} ip addr add ${there}/30 dev eth0 && ${inner} ip link set eth0 up && ${inner} ip route add default via ${here}
    ip -4 -o addr show dev docker0 || true`
  const helper = await start(['sh', '-c', script], {
    HostConfig: {
      CapAdd: ['NET_ADMIN', 'SYS_ADMIN', 'SYS_PTRACE'],
      SecurityOpt: ['apparmor=unconfined'],
      NetworkMode: 'host',
      PidMode: 'host',
      Init: false,
    },
  })
  const { StatusCode } = await helper.wait()
  if (StatusCode !== 0) throw new Error(`no wire: ${await helper.logs({ stdout: true, stderr: true })}`)
  const printed = (await helper.logs({ stdout: true, stderr: true })).toString('latin1')
  return { here, there, docker0: /inet ([\d.]+)/.exec(printed)?.[1] ?? '' }
}

/** An address in every spelling that some client understands. */
function spellings(address: string): Record<string, string> {
  const bytes = address.split('.').map(Number)
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  const hex = number.toString(16).padStart(8, '0')
  return {
    INTERNET: address,
    INTERNET_DECIMAL: String(number),
    INTERNET_HEX: `0x${hex}`,
    INTERNET_OCTAL: bytes.map(byte => `0${byte.toString(8)}`).join('.'),
    INTERNET_MAPPED: `::ffff:${hex.slice(0, 4)}:${hex.slice(4)}`,
  }
}

interface Fact {
  readonly ready?: boolean
  readonly mark?: string
  readonly source?: string
}

async function said(host: Docker.Container): Promise<Fact[]> {
  const framed = await host.logs({ stdout: true, stderr: false, follow: false })
  let text = ''
  for (let at = 0; at + 8 <= framed.length; at += 8 + framed.readUInt32BE(at + 4))
    text += framed.subarray(at + 8, at + 8 + framed.readUInt32BE(at + 4)).toString('utf8')
  return text.split('\n').flatMap(line => (line.startsWith('{') ? [JSON.parse(line) as Fact] : []))
}

async function everythingSeen(listener: HostListener, hosts: readonly Docker.Container[]) {
  const facts = (await Promise.all(hosts.map(said))).flat()
  return {
    marks: new Set([...listener.marks, ...facts.flatMap(fact => fact.mark ?? [])]),
    sources: new Set([...listener.sources, ...facts.flatMap(fact => fact.source ?? [])]),
  }
}
