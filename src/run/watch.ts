import { type Engine, statusOf } from '../docker/engine.ts'
import { lineSplitter } from '../docker/lines.ts'
import type { Plan } from '../plan/plan.ts'
import { within } from './deadline.ts'
import type { GateLog } from './gate-log.ts'

/** Tells, in a sentence's tail, why the sidecar is lost. Asks the engine: not before the bottle has ended. */
export type Loss = () => Promise<string>

// Once in a while the sidecar is looked at without anybody having said a word: an engine that hangs says nothing.
const betweenLooks = 5000
const answersWithin = 30_000
const longestGoodbye = 3000

/**
 * Watches a sidecar that was started; resolves when it guards no longer, or when that can no longer be seen: it has
 * stopped, is paused, disconnected or gone, its log has broken off, or the engine has stopped answering.
 */
export function watchSidecar(
  engine: Engine,
  plan: Plan,
  sidecar: string,
  log: GateLog,
  signal: AbortSignal,
): Promise<Loss> {
  return new Promise(resolve => {
    const lose = (trigger: string) => resolve(() => whyLost(engine, plan, sidecar, log, trigger))
    const look = async () => {
      const found = await finding(engine, plan, sidecar)
      if (found) lose(found.words)
    }
    const toldOf = async () => {
      const lines = lineSplitter()
      for await (const data of await engine.events(signal))
        for (const line of lines.push(data)) if (line.includes(sidecar)) lose('the engine said so')
      lose('the engine tells nothing more of it')
    }
    engine.wait(sidecar, signal).then(
      () => lose('it has stopped'),
      (error: unknown) => lose(`the engine lost sight of it: ${wordsOf(error)}`),
    )
    void log.ended.then(why => lose(why ?? 'its log has ended'))
    toldOf().catch((error: unknown) => lose(`the engine lost sight of it: ${wordsOf(error)}`))
    const timer = setInterval(look, betweenLooks)
    signal.addEventListener('abort', () => clearInterval(timer), { once: true })
  })
}

async function whyLost(engine: Engine, plan: Plan, sidecar: string, log: GateLog, trigger: string): Promise<string> {
  const found = await finding(engine, plan, sidecar)
  if (!found) return `the sidecar is no longer watched: ${trigger}`
  if (!found.stopped) return found.words
  await within(longestGoodbye, log.ended, undefined)
  return [found.words, log.complaint()].filter(Boolean).join(': ')
}

/** What is wrong with the sidecar of a plan at this moment, in a sentence's tail; undefined when it stands where it should. */
export async function wrongWithSidecar(engine: Engine, plan: Plan, sidecar: string): Promise<string | undefined> {
  return (await finding(engine, plan, sidecar))?.words
}

/** What is wrong with a sidecar at this moment, compared with the plan; undefined when it stands where it should. */
async function finding(
  engine: Engine,
  plan: Plan,
  sidecar: string,
): Promise<{ words: string; stopped?: true } | undefined> {
  try {
    const state = await within(answersWithin, engine.state(sidecar), undefined)
    if (!state) return { words: `the engine does not answer within ${answersWithin / 1000} s` }
    if (!state.running && state.oomKilled)
      return { words: `the sidecar ran out of memory and stopped with exit code ${state.exitCode}`, stopped: true }
    if (!state.running) return { words: `the sidecar stopped with exit code ${state.exitCode}`, stopped: true }
    if (state.paused) return { words: 'the sidecar was paused' }
    for (const side of ['inside', 'outside'] as const) {
      if (state.addresses[plan[side].name] !== plan[side].sidecar)
        return { words: `the sidecar was disconnected from the ${side} network` }
    }
    return undefined
  } catch (error) {
    if (statusOf(error) === 404) return { words: 'the sidecar was removed' }
    return { words: `the engine does not answer: ${wordsOf(error)}` }
  }
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim()
}
