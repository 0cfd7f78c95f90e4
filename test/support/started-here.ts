import { readFileSync } from 'node:fs'

/** Suites run side by side on one engine: a run is ours when the process that owns it descends from this one. */
export function startedHere(owner: string | undefined): boolean {
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
