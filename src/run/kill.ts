import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Engine, statusOf } from '../docker/engine.ts'
import { within } from './deadline.ts'

// An engine that is there kills in milliseconds.
const answersWithin = 2000
const betweenTries = 100
const longestTry = 10_000

/**
 * Kills a running container: by the engine, and where that does not answer, by a signal from this very host. `wasHere`:
 * its processes were seen on this host. Resolves with false when after ten seconds nobody can say that it has ended:
 * the engine is gone, and the processes are elsewhere or not ours to signal.
 */
export async function killContainer(engine: Engine, container: string, wasHere: boolean): Promise<boolean> {
  const limit = performance.now() + longestTry
  do {
    const killed = engine.kill(container, 'SIGKILL').then(
      () => true,
      // Gone, or not running any more.
      error => [404, 409].includes(statusOf(error) ?? 0),
    )
    if (await within(answersWithin, killed, false)) return true
    const { found, refused } = killHere(container)
    if (!refused && (found || wasHere)) return true
    await pause(betweenTries)
  } while (performance.now() < limit)
  return false
}

/**
 * Sends SIGKILL to every process of this host whose cgroup is the container's. The bottle runs as the workspace's owner,
 * whom the runner usually is, so this needs no privileges. Were there any, and did the kernel refuse one of them?
 */
export function killHere(container: string): { found: boolean; refused: boolean } {
  const processes = readdirSync('/proc').filter(name => /^\d+$/.test(name) && cgroupOf(name).includes(container))
  const refused = processes.filter(pid => {
    try {
      process.kill(Number(pid), 'SIGKILL')
      return false
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM'
    }
  })
  return { found: processes.length > 0, refused: refused.length > 0 }
}

function cgroupOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8')
  } catch {
    return ''
  }
}
