import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Docker from 'dockerode'
import { certify } from './authority.ts'
import { joinEveryRun } from './every-run.ts'
import { createNetwork } from './test-network.ts'

/** A host of the tests' own small internet: what it is, and the names under which it can be reached. */
export interface HostWish {
  readonly role: 'listener' | 'lenient' | 'hostile' | 'speed' | 'forge' | 'registry' | 'world' | 'sshd'
  readonly names: readonly string[]
  /** Names that its certificate holds too; how they lead to it is another's business. */
  readonly further?: readonly string[]
  /** Ports to listen on beside 80 and 443, for both plain HTTP and TLS. */
  readonly ports?: readonly number[]
  /** What a listener says to a request with this `x-case` header, instead of an echo. */
  readonly answers?: Readonly<Record<string, string>>
}

/** Something that reached a host: a TCP connection, a login over ssh, or a request with what it carried. */
export interface Hit {
  readonly kind: 'connection' | 'request' | 'login' | 'sunk' | 'ready'
  readonly port: number
  readonly from?: string
  readonly method?: string
  readonly url?: string
  readonly headers?: Record<string, string>
  readonly body?: string
  /** The version of HTTP, where the host tells it. */
  readonly http?: string
  /** How many bytes a sink has taken. */
  readonly bytes?: number
}

/** A small internet of containers that joins the outside network of every run as it appears. Names end in `.test`. */
export interface Internet extends AsyncDisposable {
  /** The engine's network where everything can reach everything: what the world is like without a bottle. */
  readonly network: string
  /** The PEM file of the certificate authority that signed every host's certificate. */
  readonly authority: string
  /** What has reached the host with this name, oldest first. */
  hits(name: string): Promise<Hit[]>
  /** Runs a command on the host with this name; resolves with what it printed. */
  on(name: string, command: readonly string[]): Promise<string>
  /** The address of the host with this name on `network`: the tests' own container, for direct attempts. */
  address(name: string): Promise<string>
  /** Which names lead to a test host on one of the engine's networks, and to which address, as the engine tells it. */
  names(network: string): Promise<Map<string, string>>
  /** Has the host with this name join a further network of the engine, under other names. */
  join(name: string, network: string, aliases: readonly string[]): Promise<void>
}

/** The image of the agent and of the test hosts: Debian with git, curl, openssl, node and npm. */
export const agentImage = 'bottle-test/agent:1'

const mark = 'io.bottle.test'
const programs = resolve(import.meta.dirname)
// Node looks for packages in every folder above /hosts.
const packages = ['ws'].map(name => `${resolve(programs, '../../../node_modules', name)}:/node_modules/${name}:ro`)

/**
 * Raises the hosts and waits until each answers. Everything is removed when it is disposed of. Their addresses are ones
 * that a gate takes for public, or `private` ones of the engine's own choice.
 */
export async function openInternet(
  wishes: readonly HostWish[],
  addresses: 'public' | 'private' = 'public',
): Promise<Internet> {
  const name = `${process.pid}-${randomInt(1e6)}`
  const docker = new Docker({ socketPath: '/var/run/docker.sock' })
  const folder = mkdtempSync(join(tmpdir(), 'bottle-internet-'))
  const Labels = { [mark]: name }
  const network = await createNetwork(docker, `bottle-test-${name}`, Labels, addresses)
  const certified = wishes.flatMap(wish => [...wish.names, ...(wish.further ?? [])])
  await certify(docker, { folder, names: certified, Image: agentImage, Labels })
  const answers = Object.assign({}, ...wishes.map(wish => wish.answers ?? {}))
  writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers))
  const hosts = await Promise.all(
    wishes.map(async wish => {
      const container = await docker.createContainer({
        Image: agentImage,
        Entrypoint: [
          'node',
          '--disable-warning=ExperimentalWarning',
          '--max-http-header-size=1048576',
          wish.role === 'hostile' ? '/hosts/hostile.ts' : '/hosts/server.ts',
        ],
        Env: [`ROLE=${wish.role}`, `NAME=${wish.names[0]}`, `PORTS=${(wish.ports ?? []).join(' ')}`],
        Labels,
        HostConfig: {
          Init: true,
          NetworkMode: network.id,
          Binds: [`${programs}:/hosts:ro`, `${folder}:/tls:ro`, ...packages],
        },
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
    async on(host, command) {
      const found = hosts.find(one => one.wish.names.includes(host))
      const exec = await found?.container.exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true, Tty: true })
      let said = ''
      for await (const chunk of (await exec?.start({ Tty: true })) ?? []) said += String(chunk)
      return said.replaceAll('\r\n', '\n')
    },
    async address(host) {
      const inspected = await hosts.find(one => one.wish.names.includes(host))?.container.inspect()
      return inspected?.NetworkSettings.Networks[`bottle-test-${name}`]?.IPAddress ?? ''
    },
    async join(host, further, aliases) {
      const container = hosts.find(one => one.wish.names.includes(host))?.container
      const EndpointConfig = { Aliases: [...aliases] }
      await docker.getNetwork(further).connect({ Container: container?.id ?? host, EndpointConfig })
    },
    async names(network) {
      const found = new Map<string, string>()
      for (const { container } of hosts) {
        const { Networks } = (await container.inspect()).NetworkSettings
        const [, here] = Object.entries(Networks).find(([key, one]) => [key, one.NetworkID].includes(network)) ?? []
        for (const alias of here?.Aliases ?? []) found.set(alias, here?.IPAddress ?? '')
      }
      return found
    },
    async [Symbol.asyncDispose]() {
      stop()
      await Promise.all(hosts.map(({ container }) => container.remove({ force: true, v: true })))
      await network.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
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

/** Polls until the condition holds; throws after 20 s, or after so many milliseconds. */
export async function until(condition: () => Promise<boolean>, patience = 20_000): Promise<void> {
  const limit = Date.now() + patience
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`the condition did not come true within ${patience / 1000} s`)
    await pause(30)
  }
}
