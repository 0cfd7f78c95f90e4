import { type Engine, statusOf } from '../docker/engine.ts'
import { lineSplitter } from '../docker/lines.ts'
import { demultiplex } from '../docker/output.ts'
import { type Outcome, unwatched } from '../evidence/summary.ts'
import type { Plan } from '../plan/plan.ts'
import { within } from './deadline.ts'
import { type LimitWatch, watchLimits } from './limits.ts'

/** Where the agent's output goes, line by line; a returned promise holds the agent back until it resolves. */
export type AgentOutput = (line: string, stream: 'stdout' | 'stderr') => void | Promise<void>

// After the bottle has ended its output is complete in milliseconds; a broken stream must not hold the step.
const lastWords = 2000

/**
 * Runs the agent: attaches, starts the bottle, streams its output, and waits for whichever comes first of its exit,
 * the plan's timeout, the caller's cancellation, or the end of the sidecar. All but the first kill the bottle.
 * `input` is what the bottle reads on its standard input, when its plan has one open.
 */
export async function runAgent(
  engine: Engine,
  plan: Plan,
  bottle: string,
  say: AgentOutput,
  ends: { cancelled: AbortSignal; sidecarEnded: Promise<string> },
  input?: string,
): Promise<Pick<Outcome, 'end' | 'limits'>> {
  const long = new AbortController()
  let watch: LimitWatch | undefined
  try {
    const output = await engine.attach(bottle, long.signal, input)
    const streamed = stream(output, say)
    await engine.start(bottle)
    watch = watchLimits(engine, bottle, plan.workspace)
    const end = await firstEnd(plan, engine.wait(bottle, long.signal), ends)
    watch.look()
    if (end.kind !== 'exited') await engine.kill(bottle, 'SIGKILL').catch(ignoreGone)
    await within(lastWords, streamed, undefined)
    return { end, limits: await within(lastWords, watch.end(), unwatched) }
  } finally {
    watch?.stop()
    long.abort()
  }
}

async function firstEnd(
  plan: Plan,
  exited: Promise<number>,
  { cancelled, sidecarEnded }: { cancelled: AbortSignal; sidecarEnded: Promise<string> },
): Promise<Outcome['end']> {
  const stopped = new AbortController()
  try {
    const cancel = new Promise<Outcome['end']>(resolve => {
      const stop = () => resolve({ kind: 'cancelled', signal: String(cancelled.reason) })
      if (cancelled.aborted) stop()
      else cancelled.addEventListener('abort', stop, { once: true, signal: stopped.signal })
    })
    return await within<Outcome['end'], Outcome['end']>(
      plan.timeoutMs,
      Promise.race([
        exited.then(
          (code): Outcome['end'] => ({ kind: 'exited', code }),
          // The agent runs, but its end cannot be seen: that is an end of the run, not an exit of the agent.
          (error: Error): Outcome['end'] => ({
            kind: 'failed',
            reason: `the engine lost sight of it: ${error.message.trim()}`,
          }),
        ),
        sidecarEnded.then((reason): Outcome['end'] => ({ kind: 'failed', reason })),
        cancel,
      ]),
      { kind: 'timed-out', afterMs: plan.timeoutMs },
    )
  } finally {
    stopped.abort()
  }
}

async function stream(output: AsyncIterable<Buffer>, say: AgentOutput): Promise<void> {
  const splitters = { stdout: lineSplitter(), stderr: lineSplitter() }
  try {
    for await (const { stream, data } of demultiplex(output)) {
      for (const line of splitters[stream].push(data)) await say(line, stream)
    }
  } catch {
    // The stream is cut when the run ends before the bottle; what was said until then stands.
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    for (const line of splitters[stream].end()) await say(line, stream)
  }
}

function ignoreGone(error: unknown): void {
  const status = statusOf(error)
  if (status !== 404 && status !== 409) throw error
}
