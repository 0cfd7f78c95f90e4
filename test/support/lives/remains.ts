import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Docker from 'dockerode'

/** Where to look for what remains of a run. */
export interface Search {
  readonly runId: string
  /** The folders of its job, whose content was `before`. */
  readonly places: readonly string[]
  readonly before: ReadonlyMap<string, string>
  /** RUNNER_TRACKING_ID of its processes. */
  readonly tracking: string
  /** Full ids of all that was created for it. */
  readonly made: { readonly containers: readonly string[]; readonly networks: readonly string[] }
}

/**
 * What is there of a run, a line for each thing. The engine is asked by label and by name; this host for bridges, mounts, processes, and for files that were not there before, or are not as they were.
 * What is meant to stay is left out: the evidence, and the runner's own command files.
 */
export async function remainsOf(search: Search): Promise<string[]> {
  const found = await Promise.all([objects(search), links(search), mounts(search), processes(search)])
  return [...found.flat(), ...files(search)].sort()
}

async function objects({ runId, made }: Search): Promise<string[]> {
  const docker = new Docker({ socketPath: '/var/run/docker.sock' })
  const [containers, networks, { Volumes }] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
  ])
  const all = [
    ...containers.map(one => ({ kind: 'container', id: one.Id, name: one.Names.join(), labels: one.Labels })),
    ...networks.map(one => ({ kind: 'network', id: one.Id, name: one.Name, labels: one.Labels })),
    ...(Volumes ?? []).map(one => ({ kind: 'volume', id: one.Name, name: one.Name, labels: one.Labels })),
  ]
  const ids = new Set([...made.containers, ...made.networks])
  return all
    .filter(({ id, name, labels }) => ids.has(id) || (runId !== '' && isOf(runId, name, labels)))
    .map(({ kind, name }) => `${kind} ${name}`)
}

function isOf(runId: string, name: string, labels: Readonly<Record<string, string>> | undefined): boolean {
  return name.includes(`bottle-${runId}-`) || labels?.['io.bottle.run'] === runId
}

/**
 * Images of the gate that no tag finds, a line for each: with one they are a cache, without one 100 MB that nobody ever
 * uses. They are nobody's in particular, so they are asked for when no run is on.
 */
export async function untaggedGates(): Promise<string[]> {
  const docker = new Docker({ socketPath: '/var/run/docker.sock' })
  const dangling = await docker.listImages({ filters: { dangling: ['true'] } })
  const entrypoints = await Promise.all(
    dangling.map(async ({ Id }) => {
      const image = await docker
        .getImage(Id)
        .inspect()
        .catch(() => undefined)
      return [Id, String(image?.Config?.Entrypoint)] as const
    }),
  )
  return entrypoints.filter(([, words]) => words.endsWith('/gate/index.js')).map(([id]) => `image without a tag ${id}`)
}

function links({ made }: Search): string[] {
  const bridges = made.networks.map(id => `br-${id.slice(0, 12)}`)
  const here = readFileSync('/proc/net/dev', 'utf8')
  return bridges.filter(name => here.includes(`${name}:`)).map(name => `link ${name}`)
}

function mounts({ runId, places, made }: Search): string[] {
  const wanted = [...(runId === '' ? [] : [`bottle-${runId}`]), ...places, ...made.containers]
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map(line => line.split(' ')[4] ?? '')
    .filter(point => wanted.some(one => point.includes(one)))
    .map(point => `mount ${point}`)
}

function processes({ runId, tracking, made }: Search): string[] {
  const read = (pid: string, name: string) => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, 'utf8')
    } catch {
      return ''
    }
  }
  return readdirSync('/proc')
    .filter(pid => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter(pid => {
      if (read(pid, 'environ').includes(`RUNNER_TRACKING_ID=${tracking}`)) return true
      const text = `${read(pid, 'cgroup')} ${read(pid, 'cmdline')}`
      return (runId !== '' && text.includes(`bottle-${runId}`)) || made.containers.some(id => text.includes(id))
    })
    .map(pid => `process ${read(pid, 'cmdline').replaceAll('\0', ' ').trim()}`)
}

/** The content of folders: what each path is, or what is in it. */
export function photograph(places: readonly string[]): Map<string, string> {
  const seen = new Map<string, string>()
  const look = (path: string) => {
    const entries = readdirSync(path, { withFileTypes: true })
    for (const entry of entries) {
      const at = join(path, entry.name)
      if (entry.isDirectory()) {
        seen.set(at, 'folder')
        look(at)
      } else
        seen.set(
          at,
          entry.isFile() ? readFileSync(at, 'base64') : String(statSync(at, { throwIfNoEntry: false })?.mode),
        )
    }
  }
  for (const place of places) look(place)
  return seen
}

// The evidence may hold only what docs/evidence.md says: the room that was held for it is none of that.
const meantToStay = (path: string) =>
  /\/_runner_file_commands(\/|$)/.test(path) ||
  (/\/_temp\/bottle-[0-9a-f]{12}(\/evidence(\/[\w.-]+)?)?$/.test(path) && !path.endsWith('/evidence/reserve'))

function files({ places, before }: Search): string[] {
  const now = photograph(places)
  const changed = [...now].filter(([path, what]) => before.get(path) !== what && !meantToStay(path))
  const gone = [...before.keys()].filter(path => !now.has(path))
  return [...changed.map(([path]) => `file ${path}`), ...gone.map(path => `gone ${path}`)]
}
