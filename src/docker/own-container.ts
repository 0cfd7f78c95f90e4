import { readFileSync } from 'node:fs'
import type { Place } from '../plan/host.ts'
import { type Engine, statusOf } from './engine.ts'

/**
 * Where this process's files are on the engine's host, when it runs in a container of that engine (`container:` jobs,
 * a runner in a container). Empty when it does not, or when the engine knows no such container: then it is another's
 * (docker-in-docker), and shared folders are where both see them.
 */
export async function placesHere(engine: Engine, mountInfo = readMountInfo()): Promise<readonly Place[]> {
  const id = ownContainer(mountInfo)
  if (id === undefined) return []
  try {
    return await engine.mounts(id)
  } catch (error) {
    if (statusOf(error) === 404) return []
    throw error
  }
}

/**
 * The id of the container that this process runs in: engines mount its own /etc/hostname (Docker) or
 * /etc/resolv.conf from a folder named by it. Undefined outside of one. A host's name may be chosen by anybody; this not.
 */
export function ownContainer(mountInfo: string): string | undefined {
  for (const line of mountInfo.split('\n')) {
    // proc_pid_mountinfo(5): field 4 is the root within the file system, field 5 the mount point.
    const [, , , root = '', point = ''] = line.split(' ')
    if (!['/etc/hostname', '/etc/hosts', '/etc/resolv.conf'].includes(point)) continue
    const id = /\/(?:overlay-)?containers\/([0-9a-f]{64})\//.exec(root)?.[1]
    if (id) return id
  }
  return undefined
}

function readMountInfo(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8')
  } catch {
    return ''
  }
}
