import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { release } from 'node:os'
import { addAbortSignal, type Duplex, type Readable } from 'node:stream'
import Docker from 'dockerode'
import type { Pack } from 'tar-stream'
import type { EngineFacts, Place } from '../plan/host.ts'
import { atLeast } from '../plan/networks.ts'
import type { EngineAddress } from './address.ts'
import { attentiveAgent } from './attentive-agent.ts'
import { dialerOf } from './dialer.ts'
import { drain } from './progress.ts'

/** The newest API version we speak; an older engine is spoken to in its own. */
const newestApi = '1.48'

export type ObjectKind = 'container' | 'network' | 'volume'

/** Something of the engine's that carries labels. Volumes have no id but their name. */
export interface Labelled {
  readonly kind: ObjectKind
  readonly id: string
  readonly labels: Readonly<Record<string, string>>
  readonly running: boolean
}

/** What an exec printed (both streams, in order of arrival) and how it ended. */
export interface Spoken {
  readonly exitCode: number
  readonly output: string
}

/** What an image is built as. */
export interface BuildWish {
  readonly image: string
  readonly dockerfile: string
  readonly args: Readonly<Record<string, string>>
  readonly target: string | undefined
  readonly network: 'default' | 'none'
  readonly labels: Readonly<Record<string, string>>
}

/** What a container is at this moment. `pid` is its first process, as the engine's host counts; 0 when it does not run. */
export interface ContainerState {
  readonly running: boolean
  readonly paused: boolean
  readonly exitCode: number
  readonly oomKilled: boolean
  /** Does what runs in it have a kernel of its own (gVisor, Kata)? Then the host's tables say nothing of it. */
  readonly ownKernel: boolean
  readonly pid: number
  /** Its IPv4 address on each network it is connected to, by the network's name; empty while it does not run. */
  readonly addresses: Readonly<Record<string, string>>
}

/** A container as those see it who would be its neighbours. */
export interface Neighbour {
  readonly id: string
  /** The engine's word: `running`, `exited`, `paused`, … */
  readonly status: string
  /** What it says it listens on, such as `5432/tcp`. */
  readonly exposed: readonly string[]
  /** By the network's name: its address there, and the host's. */
  readonly networks: Readonly<Record<string, { readonly address: string; readonly gateway: string }>>
}

/** The engine calls we need, as ids and plain values. Every long call ends when its signal does. */
export interface Engine {
  readonly address: EngineAddress
  facts(): Promise<EngineFacts>
  hasImage(reference: string): Promise<boolean>
  /** Builds an image with BuildKit from the tar of a context; resolves with the stream of its progress. */
  buildImage(tar: Readable, wish: BuildWish, signal: AbortSignal): Promise<Readable>
  importImage(tar: Pack, reference: string, changes: readonly string[]): Promise<void>
  /** Removes the images with a label that no tag names and no container was made of. */
  removeUntagged(label: string): Promise<void>
  createNetwork(body: object): Promise<string>
  connect(network: string, container: string, endpoint: object): Promise<void>
  createContainer(name: string, body: object): Promise<string>
  /** Unpacks an uncompressed tar into a folder of a container that is not running (facts/platform §10.6). */
  putArchive(container: string, folder: string, tar: Buffer | Readable, signal?: AbortSignal): Promise<void>
  /** A tar of a file, a link, or a folder and all below it, of a container that need not run. */
  getArchive(container: string, path: string, signal?: AbortSignal): Promise<Readable>
  /** The first of these paths of ours that the engine's host does not have; undefined when it has them all. Makes nothing. */
  unseen(paths: readonly string[]): Promise<string | undefined>
  start(container: string): Promise<void>
  /** Output of a container from its first byte on, as the engine frames it; attach before start. `input` is all it reads. */
  attach(container: string, signal: AbortSignal, input?: string): Promise<Readable>
  followLogs(container: string, signal: AbortSignal): Promise<Readable>
  wait(container: string, signal: AbortSignal): Promise<number>
  state(container: string): Promise<ContainerState>
  /** A container by its id or name; undefined when there is none. */
  neighbour(container: string): Promise<Neighbour | undefined>
  /** What is mounted into a container: where it sees it, and where the engine's host does. */
  mounts(container: string): Promise<Place[]>
  /** The id (`sha256:…`) of the image that a container was made of, whatever its tag names by now. */
  imageOf(container: string): Promise<string>
  /** The engine's word, as lines of JSON from now on, of every container that is paused or leaves a network. */
  events(signal: AbortSignal): Promise<Readable>
  exec(container: string, command: readonly string[], env: readonly string[], signal: AbortSignal): Promise<Readable>
  execExit(stream: Readable): Promise<number>
  kill(container: string, signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  list(kind: ObjectKind, labels: readonly string[]): Promise<Labelled[]>
  remove(kind: ObjectKind, id: string): Promise<void>
}

// The runtimes that only set up what the host's kernel then runs.
const ofThisKernel = /^$|^(io\.containerd\.)?(runc|crun|youki|nvidia)\b/

/** The HTTP status of an engine's refusal, or undefined when the error is of another kind. */
export function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number } | undefined)?.statusCode
}

/** Opens the engine at an address; `apiVersion` pins what is spoken, else each call uses the engine's newest. */
export function openEngine(address: EngineAddress, apiVersion?: string): Engine {
  const options = {
    // Where it is not dialled by the agent; docker-modem would take a host's name apart with what Node warns of.
    socketPath: address.kind === 'socket' ? address.path : '/',
    protocol: 'http' as const,
    agent: attentiveAgent(dialerOf(address)),
    ...(apiVersion ? { version: `v${apiVersion}` } : {}),
  }
  const docker = unawareOfEnvironment(() => new Docker(options))
  const container = (id: string) => docker.getContainer(id)
  const execs = new WeakMap<Readable, Docker.Exec>()
  return {
    address,
    async facts() {
      const [version, info, networks] = await Promise.all([docker.version(), docker.info(), docker.listNetworks()])
      return {
        version: version.Version,
        apiVersion: atLeast(version.ApiVersion, newestApi) ? newestApi : version.ApiVersion,
        cpus: info.NCPU,
        memoryBytes: info.MemTotal,
        gateways: networks.flatMap(one =>
          (one.IPAM?.Config ?? []).flatMap(({ Gateway }) => (Gateway ? [Gateway] : [])),
        ),
        unenforced: unenforced(info),
        // It tells of its kernel's release and nothing of this; the same release is the kernel that is seen here.
        hasIpv6: info.KernelVersion === release() && existsSync('/proc/sys/net/ipv6'),
        rootless: (info.SecurityOptions ?? []).some((option: string) => option.includes('rootless')),
        isPodman: (version.Components ?? []).some(one => one.Name === 'Podman Engine'),
        hostname: info.Name ?? '',
        root: info.DockerRootDir ?? '',
      }
    },
    hasImage: reference =>
      docker
        .getImage(reference)
        .inspect()
        .then(
          () => true,
          error => {
            if (statusOf(error) === 404) return false
            throw error
          },
        ),
    async buildImage(tar, { image, dockerfile, args, target, network, labels }, signal) {
      const options = {
        t: image,
        dockerfile,
        buildargs: JSON.stringify(args),
        ...(target === undefined ? {} : { target }),
        networkmode: network,
        labels: JSON.stringify(labels),
        // A number: for the word "2" dockerode opens a gRPC session, which BuildKit needs for nothing we ask.
        version: 2,
        abortSignal: signal,
      }
      return (await docker.buildImage(tar as NodeJS.ReadableStream, options as object)) as Readable
    },
    async importImage(tar, reference, changes) {
      const [repo, tag = 'latest'] = splitReference(reference)
      const stream = await docker.importImage(tar as unknown as string, { repo, tag, changes: [...changes] })
      await drain(stream as Readable)
    },
    async removeUntagged(wanted) {
      const found = await docker.listImages({ filters: { dangling: ['true'], label: [wanted] } })
      // The engine refuses for those that a container was made of.
      await Promise.allSettled(found.map(one => docker.getImage(one.Id).remove()))
    },
    createNetwork: async body =>
      (await docker.createNetwork({ _query: {}, _body: body } as unknown as Docker.NetworkCreateOptions)).id,
    async connect(network, id, endpoint) {
      await docker.getNetwork(network).connect({ Container: id, EndpointConfig: endpoint })
    },
    // dockerode copies its options into the URL unless query and body are told apart: secrets would be logged there.
    createContainer: async (name, body) =>
      (await docker.createContainer({ _query: { name }, _body: body } as Docker.ContainerCreateOptions)).id,
    async putArchive(id, folder, tar, signal) {
      const ends = signal ? { abortSignal: signal } : {}
      await container(id).putArchive(tar, { path: folder, ...ends } as { path: string })
    },
    getArchive: async (id, path, signal) =>
      (await container(id).getArchive({ path, ...(signal ? { abortSignal: signal } : {}) })) as Readable,
    unseen: paths => unseen(docker, paths),
    async start(id) {
      await container(id).start()
    },
    async attach(id, signal, input) {
      const options = { stream: true, stdout: true, stderr: true, abortSignal: signal }
      if (input === undefined) return (await container(id).attach({ ...options, hijack: false })) as unknown as Readable
      const both = (await container(id).attach({ ...options, stdin: true, hijack: true })) as Duplex
      // A connection that was taken over is no request any more, which the signal would have ended.
      addAbortSignal(signal, both).end(input)
      return both
    },
    followLogs: (id, signal) =>
      container(id).logs({
        follow: true,
        stdout: true,
        stderr: true,
        abortSignal: signal,
      }) as unknown as Promise<Readable>,
    wait: async (id, signal) => (await container(id).wait({ abortSignal: signal })).StatusCode,
    async state(id) {
      const { State, NetworkSettings, HostConfig } = await container(id).inspect()
      const networks = Object.entries(NetworkSettings.Networks)
      return {
        running: State.Running,
        paused: State.Paused,
        exitCode: State.ExitCode,
        oomKilled: State.OOMKilled,
        ownKernel: !ofThisKernel.test(HostConfig.Runtime ?? ''),
        pid: State.Pid,
        addresses: Object.fromEntries(networks.map(([name, { IPAddress }]) => [name, IPAddress])),
      }
    },
    async neighbour(id) {
      const found = await container(id).inspect().catch(unlessMissing)
      if (!found) return undefined
      const { Id, State, Config, NetworkSettings, HostConfig } = found
      const networks = Object.entries(NetworkSettings.Networks)
      return {
        id: Id,
        status: State.Status,
        // What is published is exposed too, whether the image says so or not.
        exposed: Object.keys({ ...Config.ExposedPorts, ...HostConfig.PortBindings, ...NetworkSettings.Ports }),
        networks: Object.fromEntries(
          networks.map(([name, { IPAddress, Gateway }]) => [name, { address: IPAddress, gateway: Gateway }]),
        ),
      }
    },
    async mounts(id) {
      const { Mounts } = await container(id).inspect()
      return Mounts.flatMap(({ Source, Destination }) => (Source ? [{ here: Destination, there: Source }] : []))
    },
    imageOf: async id => (await container(id).inspect()).Image,
    events: signal =>
      docker.getEvents({
        filters: { event: ['pause', 'disconnect'] },
        abortSignal: signal,
      }) as unknown as Promise<Readable>,
    async exec(id, command, env, signal) {
      const exec = await container(id).exec({
        Cmd: [...command],
        Env: [...env],
        AttachStdout: true,
        AttachStderr: true,
        abortSignal: signal,
      })
      const stream = (await exec.start({ hijack: false, stdin: false, abortSignal: signal })) as Readable
      execs.set(stream, exec)
      return stream
    },
    execExit: async stream => (await execs.get(stream)?.inspect())?.ExitCode ?? -1,
    async kill(id, signal) {
      await container(id).kill({ signal })
    },
    list: (kind, labels) => list(docker, kind, labels),
    async remove(kind, id) {
      if (kind === 'container') await container(id).remove({ force: true, v: true })
      else if (kind === 'network') await removeNetwork(docker.getNetwork(id))
      else await docker.getVolume(id).remove({ force: true })
    },
  }
}

function unlessMissing(error: unknown): undefined {
  if (statusOf(error) !== 404) throw error
}

// What a container is to be given is looked for before its image is: of an image that nobody has, none is ever made.
async function unseen(docker: Docker, paths: readonly string[]): Promise<string | undefined> {
  const Mounts = paths.map((Source, at) => ({ Type: 'bind', Source, Target: `/${at}`, ReadOnly: true }))
  const body = { Image: `bottle.invalid/none:${randomBytes(6).toString('hex')}`, HostConfig: { Mounts } }
  try {
    const made = await docker.createContainer({ _query: {}, _body: body } as unknown as Docker.ContainerCreateOptions)
    await made.remove({ force: true })
  } catch (error) {
    if (statusOf(error) === undefined) throw error
    return missingSource(error)
  }
  return undefined
}

/** The path that the engine says it does not have, when that is why it refused to make a container. */
export function missingSource(error: unknown): string | undefined {
  return /bind source path does not exist: (.*?)\s*$/.exec((error as Error).message)?.[1]
}

// A rootless engine without cgroups delegated to it takes limits and does nothing with them (Docker's documentation,
// "Rootless mode", limiting resources).
function unenforced(info: { MemoryLimit?: boolean; PidsLimit?: boolean; CpuCfsQuota?: boolean }): string[] {
  const able = { memory: info.MemoryLimit, pids: info.PidsLimit, cpus: info.CpuCfsQuota }
  return Object.entries(able).flatMap(([name, can]) => (can === false ? [name] : []))
}

// A network cannot go while something is attached; what is still attached by now is not ours, so it is let go untouched.
async function removeNetwork(network: Docker.Network): Promise<void> {
  const { Containers } = (await network.inspect()) as { Containers?: Record<string, unknown> }
  const attached = Object.keys(Containers ?? {})
  // One by one: 20.10 takes its locks in two orders when a network is left by several at once, and hangs for good.
  for (const Container of attached) await network.disconnect({ Container, Force: true }).catch(() => {})
  await network.remove()
}

async function list(docker: Docker, kind: ObjectKind, labels: readonly string[]): Promise<Labelled[]> {
  const filters = { label: [...labels] }
  if (kind === 'container') {
    const found = await docker.listContainers({ all: true, filters })
    return found.map(one => ({ kind, id: one.Id, labels: one.Labels, running: one.State === 'running' }))
  }
  if (kind === 'network') {
    const found = await docker.listNetworks({ filters })
    return found.map(one => ({ kind, id: one.Id, labels: one.Labels ?? {}, running: false }))
  }
  const found = await docker.listVolumes({ filters })
  return (found.Volumes ?? []).map(one => ({ kind, id: one.Name, labels: one.Labels ?? {}, running: false }))
}

// docker-modem takes what it is not told from DOCKER_HOST and what belongs to it, before our own words: a step that sets it
// would have post talk to another engine. Where an engine is was decided before (docker/address.ts).
function unawareOfEnvironment<T>(make: () => T): T {
  const { DOCKER_HOST } = process.env
  delete process.env.DOCKER_HOST
  try {
    return make()
  } finally {
    if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST
  }
}

function splitReference(reference: string): [string, string?] {
  const colon = reference.lastIndexOf(':')
  return colon > reference.lastIndexOf('/') ? [reference.slice(0, colon), reference.slice(colon + 1)] : [reference]
}
