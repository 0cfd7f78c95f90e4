import Docker from 'dockerode'
import { gateUser } from '../../../src/plan/containers.ts'

/** What a gate's container is like from outside. Memory in bytes, as `docker stats` counts it (without file cache). */
export interface Vitals {
  readonly running: boolean
  readonly started: string
  readonly outOfMemory: boolean
  readonly memory: number
  readonly descriptors: number
}

const docker = new Docker()

/** Looks at a gate's container: its state, memory, and (from a neighbour in its process space) open descriptors. */
export async function vitals(id: string): Promise<Vitals> {
  const container = docker.getContainer(id)
  const [{ State }, used, descriptors] = await Promise.all([
    container.inspect(),
    memory(id),
    countDescriptors(id).catch(() => -1),
  ])
  return {
    running: State.Running,
    started: State.StartedAt,
    outOfMemory: State.OOMKilled,
    memory: used,
    descriptors,
  }
}

/** The memory of a container now, in bytes, as `docker stats` counts it. */
export async function memory(id: string): Promise<number> {
  const { memory_stats: stats } = await docker.getContainer(id).stats({ stream: false, 'one-shot': true } as {
    stream: false
  })
  const cache = stats.stats?.inactive_file ?? (stats.stats as { total_inactive_file?: number })?.total_inactive_file
  return (stats.usage ?? 0) - (cache ?? 0)
}

/** Watches a container's memory twice a second until `stop`, which resolves with the most it saw, in bytes. */
export function watchMemory(id: string): { stop(): Promise<number> } {
  let [most, going] = [0, true]
  const watching = (async () => {
    while (going) {
      most = Math.max(most, await memory(id).catch(() => 0))
      await new Promise(done => setTimeout(done, 500))
    }
  })()
  return {
    async stop() {
      going = false
      await watching
      return Math.max(most, await memory(id).catch(() => 0))
    },
  }
}

// The gates' images have no shell: a container of the same user in the same process space counts for them.
async function countDescriptors(id: string): Promise<number> {
  const container = await docker.createContainer({
    Image: 'bottle-test/tiny:1',
    User: `${gateUser}:${gateUser}`,
    Cmd: ['sh', '-c', 'ls /proc/1/fd | wc -l'],
    HostConfig: { PidMode: `container:${id}`, NetworkMode: 'none' },
  })
  try {
    await container.start()
    await container.wait()
    const said = (await container.logs({ stdout: true, stderr: true })).toString('latin1')
    return Number(/\d+\s*$/.exec(said)?.[0] ?? Number.NaN)
  } finally {
    await container.remove({ force: true })
  }
}
