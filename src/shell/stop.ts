import { readdirSync, readFileSync } from 'node:fs'
import { textOf } from './call.ts'
import type { StepEngine } from './engine.ts'
import { mark } from './environment.ts'

type StopSignal = 'INT' | 'TERM' | 'KILL'

// For every process that carries the step's mark. `grep` reads what a shell could not: an environment has no line ends.
const inside = `for d in /proc/[0-9]*; do
  if grep -qs "${mark}=$1" "$d/environ"; then kill -s "$2" "\${d#/proc/}" 2>/dev/null; fi
done`

/**
 * Sends a signal to the processes of one step in a bottle and to no others. Those of this host are signalled from here,
 * which needs no process more in a bottle that may have no room for one; whoever cannot be reached so is signalled by
 * an exec of the bottle's own user.
 */
export async function signalStep(engine: StepEngine, bottle: string, step: string, signal: StopSignal): Promise<void> {
  if (signalHere(bottle, step, signal)) return
  const exec = await engine.create({ command: ['/bin/sh', '-c', inside, 'sh', step, signal], env: [] })
  await textOf(await engine.start(exec))
}

// True when every process of the bottle could be looked at, and each of the step's was signalled.
function signalHere(bottle: string, step: string, signal: StopSignal): boolean {
  const processes = readdirSync('/proc').filter(name => /^\d+$/.test(name) && read(name, 'cgroup')?.includes(bottle))
  if (processes.length === 0) return false
  let all = true
  for (const pid of processes) {
    const environment = read(pid, 'environ')
    // One that has ended since is no loss; one that may not be read is.
    if (environment === undefined) all &&= read(pid, 'cgroup') === undefined
    else if (`\0${environment}`.includes(`\0${mark}=${step}\0`)) all &&= send(Number(pid), signal)
  }
  return all
}

function send(pid: number, signal: StopSignal): boolean {
  try {
    process.kill(pid, `SIG${signal}`)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

function read(pid: string, what: 'cgroup' | 'environ'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'latin1')
  } catch {
    return undefined
  }
}
