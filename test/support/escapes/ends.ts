import type { Outcome } from '../../../src/evidence/summary.ts'
import { execute } from '../../../src/run/exec.ts'
import { engine } from '../gate/raise.ts'
import type { Removal } from './removal.ts'

/** The engine, or one that stops a container by the signal of a removal alone. */
export function stopping(changes: readonly Removal[]): typeof engine {
  const signal = changes.find(one => one.stop)?.stop
  return signal ? { ...engine, kill: id => engine.kill(id, signal) } : engine
}

/** Makes an attempt by an exec in a container that lives on, as a step that is no container of its own would be. */
export async function asExec(id: string, attempt: string): Promise<Outcome['end']> {
  await engine.start(id)
  const { exitCode } = await execute(engine, id, ['bash', '-c', attempt], [], AbortSignal.timeout(20_000))
  return { kind: 'exited', code: exitCode }
}
