import { readFileSync } from 'node:fs'
import { ownerOfThisProcess } from '../../src/docker/owner.ts'

/**
 * Suites run side by side on one engine: a run is ours when the process that owns it descends from this one. One whose
 * owner is in a job's container counts as ours: its process has a number of that container's.
 */
export function startedHere(owner: string | undefined): boolean {
  const [, namespace, number] = owner?.split(':') ?? []
  if (namespace !== undefined && namespace !== ownerOfThisProcess().split(':')[1]) return true
  let pid = Number(number)
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
