import type { Engine } from './engine.ts'

// The calls that change something and end by themselves.
const changing = ['importImage', 'createNetwork', 'connect', 'createContainer', 'putArchive', 'start'] as const

/**
 * The same engine, and a way to wait until no call that makes something is under way: a create that was abandoned
 * (a sibling failed, the step was cancelled) still takes effect, and teardown must come after it.
 */
export function trackCalls(engine: Engine): { engine: Engine; settled(): Promise<void> } {
  const pending = new Set<Promise<unknown>>()
  const track = <A extends unknown[], R>(call: (...given: A) => Promise<R>) => {
    return (...given: A): Promise<R> => {
      const result = call(...given)
      const done = result.catch(() => {}).finally(() => pending.delete(done))
      pending.add(done)
      return result
    }
  }
  const tracked = { ...engine }
  for (const name of changing)
    Object.assign(tracked, { [name]: track(engine[name] as (...given: unknown[]) => Promise<unknown>) })
  return {
    engine: tracked,
    async settled() {
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}
