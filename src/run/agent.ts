import type { Engine } from '../docker/engine.ts'
import { lineSplitter } from '../docker/lines.ts'
import { demultiplex } from '../docker/output.ts'
import { type Direct, notWatched, type Outcome, unwatched } from '../evidence/summary.ts'
import type { Plan } from '../plan/plan.ts'
import { unlessAborted, within } from './deadline.ts'
import { type DirectWatch, insideOf, watchDirect, whomToWatch } from './direct.ts'
import { drained } from './drained.ts'
import { killContainer } from './kill.ts'
import { type LimitWatch, watchLimits } from './limits.ts'
import type { Loss } from './watch.ts'

/** Where the agent's output goes, line by line; a returned promise holds the agent back until it resolves. */
export type AgentOutput = (line: string, stream: 'stdout' | 'stderr') => void | Promise<void>

/** How the agent ended, and what was seen of it meanwhile. */
export interface Ended extends Pick<Outcome, 'end' | 'limits'> {
  readonly direct: Direct
}

// After the bottle has ended the rest of its output is there at once, as fast as it is taken; a broken stream must not hold
// the step, and a runner that cancels it kills it within ten seconds (facts/platform §1).
const lastWords = 2000
const rest = { next: 10_000, whole: 60_000 }
const restWhenCut = { next: lastWords, whole: lastWords }

/**
 * Runs the agent: attaches, starts the bottle, streams its output, and waits for whichever comes first of its exit,
 * the plan's timeout, the caller's cancellation, or the loss of the sidecar. All but the first kill the bottle.
 * `input` is what the bottle reads on its standard input, when its plan has one open.
 */
export async function runAgent(
  engine: Engine,
  plan: Plan,
  bottle: string,
  say: AgentOutput,
  ends: Ends,
  input?: string,
): Promise<Ended> {
  const long = new AbortController()
  let watch: LimitWatch | undefined
  let direct: DirectWatch | undefined
  try {
    const output = await engine.attach(bottle, long.signal, input)
    let lines = 0
    const saying: AgentOutput = (line, stream) => {
      lines += 1
      return say(line, stream)
    }
    const streamed = stream(output, saying, long.signal)
    await engine.start(bottle)
    const state = engine.state(bottle).catch(() => undefined)
    const pid = state.then(one => one?.pid ?? 0)
    direct = watchDirect(state.then(whomToWatch), bottle, insideOf(plan))
    watch = watchLimits(engine, bottle, pid, plan.travel ? undefined : plan.workspace)
    const first = await firstEnd(plan, engine.wait(bottle, long.signal), ends)
    watch.look()
    direct.look()
    const ended = first.kind === 'exited' || (await killContainer(engine, bottle, watch.wasHere()))
    const heard = unlessAborted(ends.cancelled, streamed).catch(error => {
      if (!ends.cancelled.aborted) throw error
    })
    const isWhole = await drained(heard, () => lines, first.kind === 'exited' ? rest : restWhenCut)
    if (!isWhole && first.kind === 'exited') await within(lastWords, cutShort(say), undefined)
    const end = first.kind === 'lost' ? await lossOf(first.why, ended) : first
    return {
      end,
      limits: await within(lastWords, watch.end(), unwatched),
      direct: await within(lastWords, direct.end(first.kind === 'lost'), notWatched('the engine does not answer')),
    }
  } finally {
    watch?.stop()
    direct?.stop()
    long.abort()
  }
}

/** What ends an agent from outside. */
interface Ends {
  readonly cancelled: AbortSignal
  /** Resolves when the sidecar guards no longer. */
  readonly lost: Promise<Loss>
}

type FirstEnd = Outcome['end'] | { readonly kind: 'lost'; readonly why: Loss }

async function firstEnd(plan: Plan, exited: Promise<number>, { cancelled, lost }: Ends): Promise<FirstEnd> {
  const stopped = new AbortController()
  try {
    const cancel = new Promise<FirstEnd>(resolve => {
      const stop = () => resolve({ kind: 'cancelled', signal: String(cancelled.reason) })
      if (cancelled.aborted) stop()
      else cancelled.addEventListener('abort', stop, { once: true, signal: stopped.signal })
    })
    return await within<FirstEnd, FirstEnd>(
      plan.timeoutMs,
      Promise.race([
        lost.then((why): FirstEnd => ({ kind: 'lost', why })),
        exited.then(
          (code): FirstEnd => ({ kind: 'exited', code }),
          // The agent runs, but its end cannot be seen: that is an end of the run, not an exit of the agent.
          (error: Error): FirstEnd => ({
            kind: 'failed',
            reason: `the engine lost sight of it: ${error.message.trim()}`,
          }),
        ),
        cancel,
      ]),
      { kind: 'timed-out', afterMs: plan.timeoutMs },
    )
  } finally {
    stopped.abort()
  }
}

async function cutShort(say: AgentOutput): Promise<void> {
  await say("bottle: the rest of the agent's output is missing here: it was not to be had in time", 'stderr')
}

async function lossOf(why: Loss, ended: boolean): Promise<Outcome['end']> {
  const unseen = ended ? '' : '; whether the agent has ended could not be seen'
  return { kind: 'failed', reason: `${await why()}${unseen}` }
}

async function stream(output: AsyncIterable<Buffer>, say: AgentOutput, over: AbortSignal): Promise<void> {
  const splitters = { stdout: lineSplitter(), stderr: lineSplitter() }
  let broken = false
  try {
    for await (const { stream, data } of demultiplex(output)) {
      for (const line of splitters[stream].push(data)) await say(line, stream)
    }
  } catch {
    // The stream is cut when the run ends before the bottle; what was said until then stands.
    broken = !over.aborted
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    for (const line of splitters[stream].end()) await say(line, stream)
  }
  if (broken) await say("bottle: the agent's output broke off here: the engine gave no more of it", 'stderr')
}
