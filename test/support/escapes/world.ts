import { randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Docker from 'dockerode'
import { agentImage, until } from '../hosts/internet.ts'
import { pool } from '../pool.ts'
import { makeFolders } from './folders.ts'
import { type HostListener, listenOnHost } from './host-listener.ts'
import { spellings, wire } from './wire.ts'

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
