import { setTimeout as pause } from 'node:timers/promises'
import Docker from 'dockerode'
import { label } from '../../../src/plan/names.ts'
import { startedHere } from '../started-here.ts'

/** What a sidecar's memory was while it was watched: bytes of its own, without the page cache. */
export interface MemoryWatch {
  /** The most it has been since the last time this was asked. */
  peak(): number
  stop(): Promise<void>
}

/** Watches the sidecar of the run that this process starts, five times a second, from when it appears until it is gone. */
export function watchSidecar(): MemoryWatch {
  const docker = new Docker()
  let most = 0
  let stopped = false
  const watching = (async () => {
    while (!stopped) {
      const all = await docker.listContainers({ filters: { label: [`${label.role}=sidecar`] } })
      const one = all.find(({ Labels }) => startedHere(Labels[label.owner]))
      const bytes = one ? await memoryOf(docker.getContainer(one.Id)) : undefined
      most = Math.max(most, bytes ?? 0)
      await pause(200)
    }
  })()
  return {
    peak() {
      const peak = most
      most = 0
      return peak
    },
    async stop() {
      stopped = true
      await watching
    },
  }
}

// `total_rss` is what version 1 of control groups calls it, `anon` version 2.
async function memoryOf(container: Docker.Container): Promise<number | undefined> {
  const stats = await container.stats({ stream: false, 'one-shot': true }).catch(() => undefined)
  const kept = stats?.memory_stats?.stats as unknown as { total_rss?: number; anon?: number } | undefined
  return kept?.total_rss ?? kept?.anon
}
