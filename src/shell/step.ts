import { setTimeout as pause } from 'node:timers/promises'
import { lineSplitter } from '../docker/lines.ts'
import { demultiplex } from '../docker/output.ts'
import { drained } from '../run/drained.ts'
import type { StepEngine } from './engine.ts'
import { signalStep } from './stop.ts'

/** How a step ended, and why when it did not end by itself. */
export interface StepEnd {
  readonly exitCode: number
  readonly reason?: string
}

/** What a step is and what may end it. */
export interface StepWish {
  readonly exec: string
  readonly step: string
  readonly bottle: string
  readonly timeoutMs: number
  /** Takes the output, whole lines; holds the step back until it resolves. */
  readonly lines: (texts: readonly string[]) => Promise<void>
  /** Resolves with the name of the signal by which the runner cancels the step; again with each further one. */
  readonly cancelled: (tell: (signal: NodeJS.Signals) => void) => void
  /** Called when the start is on its way. Resolves, with the reason, when the bottle is guarded no longer. */
  readonly begun: () => Promise<string>
}

// The runner sends INT, TERM after 7.5 s, and kills what is left after 2.5 s more, us too (facts/platform §1.4): by then
// the step must have ended inside. After TERM alone there are those 2.5 s.
const graces = { INT: 3000, TERM: 1200, KILL: 3000 }
const betweenLooks = [250, 500, 1000] as const
// What a step has said is taken as fast as the runner reads; something that it leaves running may hold its output open,
// and say more. The runner waits five seconds for that.
const lastWords = { next: 1000, whole: 5000 }
const codes: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

/** Runs an exec that was made for a step, to its end or to what ends it. Only the step's own processes are ever killed. */
export async function runStep(engine: StepEngine, wish: StepWish): Promise<StepEnd> {
  const stopped = firstStop(wish)
  const early = await Promise.race([stopped.first, undefined])
  if (early) {
    stopped.end()
    return { exitCode: early.exitCode, reason: early.reason }
  }
  const starting = engine.start(wish.exec)
  stopped.when(wish.begun())
  const { body } = await starting
  let count = 0
  let silent = false
  const streamed = stream(body, async texts => {
    await wish.lines(texts)
    count += texts.length
  }).then(() => {
    silent = true
  })
  // A step that is silent by the time it has ended, as nearly all are, waits for nothing more.
  const rest = async () => silent || drained(streamed, () => count, lastWords)
  const over = new AbortController()
  const exited = ended(engine, wish.exec, streamed, () => silent, over.signal)
  try {
    const first = await Promise.race([exited, stopped.first])
    if (typeof first === 'number') {
      await rest()
      return { exitCode: first }
    }
    await stop(engine, wish, exited, first.gently, stopped.hurry)
    await rest()
    return { exitCode: first.exitCode, reason: first.reason }
  } finally {
    stopped.end()
    over.abort()
  }
}

interface Stop {
  readonly exitCode: number
  readonly reason: string
  readonly gently: 'INT' | 'TERM' | 'KILL'
}

function firstStop({ cancelled, timeoutMs }: StepWish) {
  const { promise: first, resolve } = Promise.withResolvers<Stop>()
  const { promise: hurry, resolve: hurryUp } = Promise.withResolvers<void>()
  let signals = 0
  cancelled(signal => {
    if (++signals > 1) hurryUp()
    const gently = signal === 'SIGINT' ? 'INT' : 'TERM'
    resolve({ exitCode: codes[signal] ?? 1, reason: `The step was cancelled (${signal}).`, gently })
  })
  const timer = setTimeout(() => {
    const reason = `The step was stopped after ${timeoutMs / 1000} s (limits.timeout).`
    resolve({ exitCode: 124, reason, gently: 'TERM' })
  }, timeoutMs)
  const when = (lost: Promise<string>) =>
    void lost.then(why => resolve({ exitCode: 1, reason: `The step was stopped: ${why}.`, gently: 'KILL' }))
  return { first, hurry, when, end: () => clearTimeout(timer) }
}

async function stop(
  engine: StepEngine,
  { bottle, step }: StepWish,
  exited: Promise<unknown>,
  gently: Stop['gently'],
  hurry: Promise<void>,
): Promise<void> {
  const signals = (['INT', 'TERM', 'KILL'] as const).slice(['INT', 'TERM', 'KILL'].indexOf(gently))
  for (const signal of signals) {
    // What the step left in the background is the step's too, so the last signal is sent whatever its shell did.
    await signalStep(engine, bottle, step, signal).catch(() => {})
    if (signal === 'KILL') await signalStep(engine, bottle, step, signal).catch(() => {})
    else await Promise.race([exited, hurry, pause(graces[signal])])
  }
  await Promise.race([exited, pause(graces.KILL)])
}

// The end of the output is the end of the step, unless something it left running holds the output open.
async function ended(
  engine: StepEngine,
  exec: string,
  streamed: Promise<void>,
  isSilent: () => boolean,
  over: AbortSignal,
): Promise<number> {
  for (let look = 0; ; look++) {
    const wait = betweenLooks[Math.min(look, betweenLooks.length - 1)]
    await Promise.race([streamed, pause(wait, undefined, { signal: over }).catch(() => {})])
    if (over.aborted) return -1
    const end = await engine.end(exec)
    if (!end.running) return end.exitCode
    if (isSilent()) await pause(wait)
  }
}

async function stream(body: AsyncIterable<Buffer>, say: StepWish['lines']): Promise<void> {
  const splitters = { stdout: lineSplitter(), stderr: lineSplitter() }
  try {
    for await (const { stream: name, data } of demultiplex(body)) await say(splitters[name].push(data))
  } catch {
    // It is cut when the step ends before its output; what was said until then stands.
  }
  for (const name of ['stdout', 'stderr'] as const) await say(splitters[name].end())
}
