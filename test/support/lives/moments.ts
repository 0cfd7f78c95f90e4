import type { Fate } from '../engine/proxy.ts'
import type { Meddling } from './life.ts'

/**
 * Where in a call a process is killed. `before`: the engine never gets it. `during`: the engine gets it, and its caller is
 * dead by the time it takes effect. `after`: it took effect, and nobody has read so. `between`: just after that was read.
 */
export const whens = ['before', 'during', 'after', 'between'] as const
export type When = (typeof whens)[number]

const readWithin = 5

/** Kills the stage (SIGKILL) at the call of this name. */
export function killedAt(moment: string, when: When): Meddling {
  const kill = Promise.withResolvers<void>()
  const fate = (ended: Promise<unknown>): Fate => {
    switch (when) {
      case 'before':
        kill.resolve()
        return { hold: ended, fail: 'before' }
      case 'during':
        kill.resolve()
        return { hold: ended }
      case 'after':
        return {
          effected() {
            kill.resolve()
            return ended
          },
        }
      case 'between':
        return { effected: () => void setTimeout(kill.resolve, readWithin) }
    }
  }
  return {
    disturb: { kill: kill.promise },
    decide: (name, ended) => (name === moment ? fate(ended) : undefined),
  }
}

/** Kills the stage (SIGKILL) when its step says a line. */
export function killedWhenSaid(line: string): Meddling {
  const kill = Promise.withResolvers<void>()
  return { disturb: { kill: kill.promise, onLine: said => said === line && kill.resolve() } }
}

/**
 * Sends a signal at the call of a name (`undefined`: when the process has just begun), and perhaps a second one at another
 * call or so many milliseconds later.
 */
export function signalledAt(
  moment: string | undefined,
  signal: 'SIGINT' | 'SIGTERM',
  again?: { at: string | number; signal: 'SIGINT' | 'SIGTERM' },
): Meddling {
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  if (moment === undefined) first.resolve()
  const { at } = again ?? {}
  if (typeof at === 'number') void first.promise.then(() => setTimeout(second.resolve, at))
  return {
    disturb: {
      cancel: first.promise,
      signal,
      ...(again ? { more: [{ at: second.promise, signal: again.signal }] } : {}),
    },
    decide(name) {
      if (name === moment) first.resolve()
      // Whatever comes first in the teardown: which call that is, is the engine's order.
      if (typeof at === 'string' && name.startsWith(at)) void first.promise.then(() => second.resolve())
      return undefined
    },
  }
}
