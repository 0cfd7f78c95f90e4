import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import Docker from 'dockerode'
import { label } from '../../../src/plan/names.ts'
import { agentImage } from '../hosts/internet.ts'

/** Texts by where they were found. */
export type Texts = Map<string, string>

const docker = new Docker({ socketPath: '/var/run/docker.sock' })

/** What the engine tells of every object of a run: lists, and each object's own description, by kind and role. */
export async function engineTells(runId: string): Promise<Texts> {
  const filters = { label: [`${label.run}=${runId}`] }
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ])
  const texts: Texts = new Map([['lists', JSON.stringify([containers, networks, volumes])]])
  const add = (kind: string, labels: Record<string, string> | undefined, told: unknown) =>
    texts.set(`${kind} ${labels?.[label.role]}`, JSON.stringify(told))
  await Promise.all([
    ...containers.map(async one => add('container', one.Labels, await docker.getContainer(one.Id).inspect())),
    ...networks.map(async one => add('network', one.Labels, await docker.getNetwork(one.Id).inspect())),
    ...volumes.map(async one => add('volume', one.Labels, await docker.getVolume(one.Name).inspect())),
  ])
  return texts
}

/** The raw log of a run's sidecar, as the engine keeps it: what the gate itself wrote. */
export async function rawGateLog(runId: string): Promise<string> {
  const logs = await docker.getContainer(`bottle-${runId}-sidecar`).logs({ stdout: true, stderr: true, follow: false })
  return logs.toString('utf8')
}

/** A file or folder of a run's sidecar, as a tar. */
export async function sidecarHolds(runId: string, path: string): Promise<string> {
  const archive = await docker.getContainer(`bottle-${runId}-sidecar`).getArchive({ path })
  const chunks: Buffer[] = []
  for await (const chunk of archive) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}

/** A process of this machine: its words, its environment where we may read it, and whether it lives in a bottle's own namespace. */
export interface Process {
  readonly pid: number
  readonly words: string
  readonly environment: string
  readonly parent: number
  readonly inBottle: boolean
}

/** Every process that can be seen from here; `runId` says whose bottle counts. */
export async function processes(runId: string): Promise<Process[]> {
  const { State } = await docker.getContainer(`bottle-${runId}-bottle`).inspect()
  const namespaceOf = (pid: number | string) => attempt(() => readlinkSync(`/proc/${pid}/ns/pid`))
  const own = namespaceOf(State.Pid)
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => ({
      pid: Number(pid),
      words: attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')),
      environment: attempt(() => readFileSync(`/proc/${pid}/environ`, 'utf8')),
      parent: Number(/^PPid:\s+(\d+)/m.exec(attempt(() => readFileSync(`/proc/${pid}/status`, 'utf8')))?.[1]),
      inBottle: own !== '' && namespaceOf(pid) === own,
    }))
}

/** Every file below a folder, by its path from there; links are told by where they lead. */
export function filesBelow(folder: string, except: readonly string[] = []): Texts {
  const texts: Texts = new Map()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (except.some(one => path === one || path.startsWith(`${one}/`))) continue
    const stat = lstatSync(path)
    if (stat.isSymbolicLink()) texts.set(name, readlinkSync(path))
    else if (stat.isFile()) texts.set(name, readFileSync(path, 'utf8'))
  }
  return texts
}

/**
 * Files of the engine's own, below its root, that hold one of the lines of the file `patterns`: containers' settings and
 * logs, and volumes; but for the tests' own hosts. Looked at from a container, since the root belongs to the engine's host.
 */
export async function engineKeeps(patterns: string): Promise<string[]> {
  const { DockerRootDir } = await docker.info()
  const container = await docker.createContainer({
    Image: agentImage,
    Entrypoint: ['grep', '-rlaiF', '-f', patterns, '/containers', '/volumes'],
    HostConfig: {
      NetworkMode: 'none',
      Binds: [
        `${patterns}:${patterns}:ro`,
        ...['containers', 'volumes'].map(name => `${DockerRootDir}/${name}:/${name}:ro`),
      ],
    },
  })
  await container.start()
  await container.wait()
  const said = (await container.logs({ stdout: true, stderr: false })).toString('utf8')
  await container.remove({ force: true })
  const hosts = await docker.listContainers({ all: true, filters: { label: ['io.bottle.test'] } })
  const found = said.match(/\/(?:containers|volumes)\/\S+/g) ?? []
  return found.filter(path => !hosts.some(one => path.includes(one.Id)))
}

function attempt(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
