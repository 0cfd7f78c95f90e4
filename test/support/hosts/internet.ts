import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import Docker from 'dockerode'
import { label } from '../../../src/plan/names.ts'

/** A host of the tests' own small internet: what it is, and the names under which it can be reached. */
export interface HostWish {
  readonly role: 'listener' | 'lenient' | 'hostile' | 'speed' | 'forge' | 'registry'
  readonly names: readonly string[]
}

/** Something that reached a host: a TCP connection, or a request with what it carried. */
export interface Hit {
  readonly kind: 'connection' | 'request' | 'ready'
  readonly port: number
  readonly from?: string
  readonly method?: string
  readonly url?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** A small internet of containers that joins the outside network of every run as it appears. Names end in `.test`. */
export interface Internet extends AsyncDisposable {
  /** The engine's network where everything can reach everything: what the world is like without a bottle. */
  readonly network: string
  /** The PEM file of the certificate authority that signed every host's certificate. */
  readonly authority: string
  /** What has reached the host with this name, oldest first. */
  hits(name: string): Promise<Hit[]>
  /** The address of the host with this name on `network`: the tests' own container, for direct attempts. */
  address(name: string): Promise<string>
}

/** The image of the agent and of the test hosts: Debian with git, curl, openssl, node and npm. */
export const agentImage = 'bottle-test/agent:1'

const mark = 'io.bottle.test'
const programs = resolve(import.meta.dirname)

/** Raises the hosts and waits until each answers. Everything is removed when it is disposed of. */
export async function openInternet(
  wishes: readonly HostWish[],
  name = `${process.pid}-${randomInt(1e6)}`,
): Promise<Internet> {
  const docker = new Docker({ socketPath: '/var/run/docker.sock' })
  const folder = mkdtempSync(join(tmpdir(), 'bottle-internet-'))
  const Labels = { [mark]: name }
  const network = await createNetwork(docker, `bottle-test-${name}`, Labels)
  await certify(
    docker,
    folder,
    wishes.flatMap(wish => wish.names),
    Labels,
  )
  const hosts = await Promise.all(
    wishes.map(async wish => {
      const container = await docker.createContainer({
        Image: agentImage,
        Entrypoint: [
          'node',
          '--disable-warning=ExperimentalWarning',
          wish.role === 'hostile' ? '/hosts/hostile.ts' : '/hosts/server.ts',
        ],
        Env: [`ROLE=${wish.role}`],
        Labels,
        HostConfig: { Init: true, NetworkMode: network.id, Binds: [`${programs}:/hosts:ro`, `${folder}:/tls:ro`] },
        NetworkingConfig: { EndpointsConfig: { [network.id]: { Aliases: [...wish.names] } } },
      })
      await container.start()
      return { wish, container }
    }),
  )
  const read = async (name: string): Promise<Hit[]> => {
    const host = hosts.find(one => one.wish.names.includes(name))
    if (!host) throw new Error(`no test host is called ${name}`)
    return linesOf(await host.container.logs({ stdout: true, stderr: false, follow: false }))
  }
  for (const { wish } of hosts)
    await until(async () => (await read(wish.names[0] ?? '')).some(hit => hit.kind === 'ready'))
  const stop = await joinEveryRun(docker, hosts)
  return {
    network: network.id,
    authority: join(folder, 'ca.pem'),
    hits: async name => (await read(name)).filter(hit => hit.kind !== 'ready'),
    async address(host) {
      const inspected = await hosts.find(one => one.wish.names.includes(host))?.container.inspect()
      return inspected?.NetworkSettings.Networks[`bottle-test-${name}`]?.IPAddress ?? ''
    },
    async [Symbol.asyncDispose]() {
      stop()
      await Promise.all(hosts.map(({ container }) => container.remove({ force: true, v: true })))
      await network.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

// In the range that Bottle's own networks use: the gates refuse addresses of the engine's default pools as private.
async function createNetwork(docker: Docker, Name: string, Labels: Record<string, string>): Promise<Docker.Network> {
  for (let tries = 0; ; tries++) {
    const Subnet = `198.19.${randomInt(256)}.${randomInt(16) * 16}/28`
    try {
      return await docker.createNetwork({
        Name,
        Driver: 'bridge',
        Labels,
        IPAM: { Driver: 'default', Config: [{ Subnet }] },
      })
    } catch (error) {
      if (tries >= 20 || !/overlap/i.test(String(error))) throw error
    }
  }
}

// The engine tells of each new network; a run's outside network is told by its name.
async function joinEveryRun(
  docker: Docker,
  hosts: readonly { wish: HostWish; container: Docker.Container }[],
): Promise<() => void> {
  const events = (await docker.getEvents({ filters: { type: ['network'], event: ['create'] } })) as Readable
  let rest = ''
  events.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines.filter(Boolean)) {
      const { Actor } = JSON.parse(line) as { Actor: { ID: string; Attributes: { name: string } } }
      if (!/^bottle-[0-9a-f]{12}-outside$/.test(Actor.Attributes.name)) continue
      const network = docker.getNetwork(Actor.ID)
      // The run may be torn down while its network is being joined; that is not the test's concern.
      network
        .inspect()
        .then(async ({ Labels }) => {
          if (!startedHere(Labels?.[label.owner])) return
          const join = ({ wish, container }: (typeof hosts)[number]) =>
            network.connect({ Container: container.id, EndpointConfig: { Aliases: [...wish.names] } })
          await Promise.all(hosts.map(join))
        })
        .catch(() => {})
    }
  })
  events.on('error', () => {})
  return () => (events as Readable & { destroy(): void }).destroy()
}

// Suites run side by side on one engine: a run is ours when the process that owns it descends from this one.
function startedHere(owner: string | undefined): boolean {
  let pid = Number(owner?.split(':')[2])
  while (pid > 1 && pid !== process.pid) pid = parentOf(pid)
  return pid === process.pid
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}

// One authority, one certificate for every name: made by openssl in a container, so the machine needs none.
async function certify(
  docker: Docker,
  folder: string,
  names: readonly string[],
  Labels: Record<string, string>,
): Promise<void> {
  const script = `set -e; cd /tls
    openssl ecparam -name prime256v1 -genkey -noout -out ca-key.pem
    openssl req -x509 -new -key ca-key.pem -days 2 -subj "/CN=Bottle test authority" -out ca.pem
    openssl ecparam -name prime256v1 -genkey -noout -out key.pem
    openssl req -new -key key.pem -subj "/CN=bottle.test" -out request.pem
    printf 'subjectAltName=${names.map(name => `DNS:${name}`).join(',')}\\n' > names
    openssl x509 -req -in request.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -extfile names -out cert.pem
    chmod 644 *.pem`
  const container = await docker.createContainer({
    Image: agentImage,
    Entrypoint: ['sh', '-c', script],
    Labels,
    HostConfig: { NetworkMode: 'none', Binds: [`${folder}:/tls`] },
  })
  await container.start()
  const { StatusCode } = await container.wait()
  const said = StatusCode === 0 ? '' : (await container.logs({ stdout: true, stderr: true })).toString('utf8')
  await container.remove({ force: true })
  if (StatusCode !== 0 || !readFileSync(join(folder, 'cert.pem')).length) throw new Error(`no certificate: ${said}`)
}

function linesOf(framed: Buffer): Hit[] {
  let text = ''
  for (let at = 0; at + 8 <= framed.length; ) {
    const length = framed.readUInt32BE(at + 4)
    text += framed.subarray(at + 8, at + 8 + length).toString('utf8')
    at += 8 + length
  }
  return text
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as Hit)
}

/** Polls until the condition holds; throws after 20 s. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + 20_000
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error('the condition did not come true within 20 s')
    await pause(30)
  }
}
