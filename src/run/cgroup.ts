import { readFileSync } from 'node:fs'
import type { Limit } from '../evidence/summary.ts'

/** What the kernel counted of a container's limits: how often each was hit; undefined where it cannot be read. */
export type LimitCounts = Readonly<Partial<Record<Limit, number>>>

/** Is that process of this host one of that container's? On a remote engine the same number is somebody else. */
export function isOnThisHost(pid: number, id: string, root = ''): boolean {
  return (read(`${root}/proc/${pid}/cgroup`) ?? '').includes(id)
}

/**
 * Reads how often a container's limits were hit, from its cgroup on this host: files that every user may read.
 * `pid` is its first process, `id` the container's own, which the cgroup's path must name: on a remote engine the same
 * number is somebody else. cgroup v2 has `memory.events` and `pids.events`, v1 `memory.oom_control` and `pids.events`
 * (kernel documentation, admin-guide/cgroup-v1 and cgroup-v2).
 */
export function limitCounts(pid: number, id: string, root = ''): LimitCounts {
  const groups = read(`${root}/proc/${pid}/cgroup`) ?? ''
  const path = (controller: string) =>
    groups
      .split('\n')
      .map(line => /^\d+:([^:]*):(.*)$/.exec(line))
      .find(match => match?.[1]?.split(',').includes(controller) && match[2]?.includes(id))?.[2]
  const [memory, pids, unified] = [path('memory'), path('pids'), path('')]
  const mount = `${root}/sys/fs/cgroup`
  if (unified === undefined && memory === undefined && pids === undefined) return {}
  return {
    ...counted(
      'oom',
      memory ? `${mount}/memory${memory}/memory.oom_control` : `${mount}${unified}/memory.events`,
      'oom_kill',
    ),
    ...counted('pids', `${mount}${pids ? `/pids${pids}` : unified}/pids.events`, 'max'),
  }
}

function counted(limit: Limit, path: string, key: string): LimitCounts {
  const value = new RegExp(`^${key} (\\d+)$`, 'm').exec(read(path) ?? '')?.[1]
  return value === undefined ? {} : { [limit]: Number(value) }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
