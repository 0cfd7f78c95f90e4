import { dirname } from 'node:path'
import { missingSource, statusOf } from './docker/engine.ts'
import { trackCalls } from './docker/in-flight.ts'
import { teardown } from './docker/teardown.ts'
import { BottleError, explain } from './errors.ts'
import { directLines } from './evidence/direct-lines.ts'
import { summaryOf, writePlan, writeSummary } from './evidence/files.ts'
import type { AgentOutputs } from './evidence/outputs.ts'
import { signEvidence } from './evidence/receipt.ts'
import { createRedactor } from './evidence/redact.ts'
import { serviceLines } from './evidence/service-lines.ts'
import { notWatched, type Outcome, type Summary, unwatched } from './evidence/summary.ts'
import { openEvidence } from './evidence/writer.ts'
import type { Gate } from './gate/gate.ts'
import { luggageOf } from './luggage.ts'
import { expectedBy } from './plan/expected.ts'
import type { RunId } from './plan/names.ts'
import type { Plan } from './plan/plan.ts'
import { probeHosts } from './plan/probes.ts'
import { plantedSince } from './planted.ts'
import type { Prepared } from './prepare.ts'
import { writePage } from './report/html/sources.ts'
import { newBlocks } from './report/new-blocks.ts'
import type { SuggestedChange } from './report/suggested-change.ts'
import type { AgentOutput } from './run/agent.ts'
import { within } from './run/deadline.ts'
import { joinedServices } from './run/service-counts.ts'
import { type RunResult, raiseBottle, runBottle, type UpBottle, type World } from './run.ts'
import { clearJob, clearScratch, evidenceFolder, makeScratch, sweepScratch } from './scratch.ts'
import { keepSuggestible, writeSuggestions } from './suggest.ts'
import { takeOutputs } from './take-outputs.ts'
import { writeSarif } from './write-sarif.ts'

// An engine that hangs must not hold the step for as long as the job may take.
const [longestSettling, longestTeardown, longestSweep] = [15_000, 30_000, 5000]
const late = Symbol('late')

/** The caller's side of a run: where its words go, and what may end it. */
export interface Caller {
  readonly gate: Gate
  readonly secrets: ReadonlyMap<string, string>
  readonly say: (line: string) => void
  readonly agent: AgentOutput
  /** Takes a line about a host that was blocked, while the agent runs. Redacted, and plain. */
  readonly blocked: (line: string) => void
  readonly cancelled: AbortSignal
}

/**
 * A whole life: what happened, in the form of the evidence's summary, the error that ended it early, and what went wrong
 * with its end: things that could not be removed, files that could not be written.
 */
export interface Life {
  readonly summary: Summary
  readonly error: unknown
  readonly unfinished: readonly unknown[]
  /** What the agent set as outputs. */
  readonly outputs: AgentOutputs
  /** What to change so that the refused hosts are let through, when there is something. */
  readonly change: SuggestedChange | undefined
  /** The public key of the evidence's receipt, when one was asked for. */
  readonly receiptKey: string | undefined
}

/**
 * Lives one run from its folder to its evidence: run, then the log's last line, then teardown, then the files.
 * Never throws for what happened inside the run; what could not be brought to its end is told with the life.
 */
export async function live(prepared: Prepared, caller: Caller): Promise<Life> {
  const life = await livedUntil(prepared, caller, runBottle)
  if ('bottle' in life) throw new Error('a bottle that runs an agent does not stay up')
  return life
}

/**
 * The same for a bottle that stays up for its job: returned as it stands, its evidence for post to finish (collect.ts).
 * One that could not be raised has lived already.
 */
export function liveOn(prepared: Prepared, caller: Caller): Promise<Life | UpBottle> {
  return livedUntil(prepared, caller, raiseBottle)
}

async function livedUntil(
  prepared: Prepared,
  caller: Caller,
  run: (plan: Plan, world: World) => Promise<RunResult | UpBottle>,
): Promise<Life | UpBottle> {
  const { plan } = prepared
  makeScratch(plan, prepared.survey)
  const startedAt = new Date().toISOString()
  // Not the clock on the wall, which may be set while the agent runs.
  const started = performance.now()
  const redactor = await createRedactor([...caller.secrets.values()])
  const folder = evidenceFolder(plan.scratch)
  const blocks = newBlocks(caller.blocked)
  const evidence = openEvidence(folder, redactor, Object.values(probeHosts(plan.runId)), {
    seen: blocks.take,
    expected: expectedBy(plan),
  })
  await writePlan(folder, plan, redactor)
  await keepSuggestible(plan.scratch, prepared.suggestible, redactor)
  const { engine, settled } = trackCalls(prepared.engine)
  const unfinished: unknown[] = []
  let result: RunResult | undefined
  let error: unknown
  try {
    const ran = await run(plan, {
      engine,
      ...caller,
      luggage: luggageOf(plan, text => void unfinished.push(text)),
      context: prepared.context,
      relay: prepared.relay,
      // A runner hides its secrets plain and in base64; the other forms that we can write are ours to hide.
      agent: (line, stream) => caller.agent(redactor.known(line), stream),
      record: line => evidence.line(line),
      replan: prepared.replan,
    })
    if ('bottle' in ran) {
      evidence.close()
      blocks.end()
      if (ran.plan !== plan) await writePlan(folder, ran.plan, redactor)
      return ran
    }
    result = ran
  } catch (thrown) {
    error = refusedByEngine(thrown)
  }
  const end: Outcome['end'] = result?.end ?? endOf(error, caller.cancelled)
  const direct = result?.direct ?? notWatched('the agent did not run')
  const services = result?.services ?? joinedServices(plan)
  try {
    const now = new Date().toISOString()
    for (const line of [...directLines(direct, now), ...serviceLines(services, now)]) evidence.line(line)
  } catch (thrown) {
    unfinished.push(notWritten(folder, thrown))
  }
  const tally = evidence.close()
  blocks.end()
  await within(longestSettling, settled(), undefined)
  const removed = teardown(prepared.engine, plan.runId).catch(thrown => void unfinished.push(thrown))
  if ((await within(longestTeardown, removed, late)) === late) unfinished.push(tooSlow(plan.runId))
  const planted = plantedSince(plan)
  const outputs = await takeOutputs(plan, redactor)
  clearScratch(plan.scratch)
  if (unfinished.length === 0) clearJob(plan.scratch)
  // What the sweep has removed from the engine has its folder here; whoever cancelled is not kept waiting for others.
  if (!caller.cancelled.aborted) {
    const swept = sweepScratch(prepared.engine, dirname(plan.scratch)).catch(() => [])
    await within(longestSweep, swept, [])
  }
  const facts = {
    plan: result?.plan ?? plan,
    outcome: { end, limits: result?.limits ?? unwatched, startedAt, endedAt: new Date().toISOString() },
    durationMs: Math.round(performance.now() - started),
    containment: result?.containment ?? [],
    tally,
    direct,
    planted,
    services,
    imageIds: result?.imageIds,
  }
  const summary = await summaryOf(facts, redactor)
  let receiptKey: string | undefined
  let change: SuggestedChange | undefined
  try {
    writeSummary(folder, summary)
    if (result && result.plan !== plan) await writePlan(folder, result.plan, redactor)
    change = await writeSuggestions(folder, prepared.suggestible, summary, redactor)
    await writeSarif(folder, summary, plan, redactor)
    await writePage(folder, summary)
    // Last, over all the files.
    if (plan.receipts) receiptKey = signEvidence(folder, summary)
  } catch (thrown) {
    unfinished.push(notWritten(folder, thrown))
  }
  return { summary, error, unfinished, outputs, change, receiptKey }
}

function tooSlow(runId: RunId): BottleError {
  return new BottleError(
    `The engine took longer than ${longestTeardown / 1000} s to remove run ${runId}.`,
    "The step's post, or the next run, removes what is left.",
  )
}

function notWritten(folder: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !('code' in cause)) return cause
  return new BottleError(
    `The evidence in ${folder} could not be written whole: ${cause.message}.`,
    'Make room on the disk of RUNNER_TEMP.',
    { cause },
  )
}

// The engine's "no" is not a bug of ours: its own words, and no stack.
function refusedByEngine(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code = '' } = error as NodeJS.ErrnoException
  if (['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOENT'].includes(code) && !('path' in error))
    return new BottleError(
      `The engine is gone: ${error.message}.`,
      'Look at the Docker daemon: it may have been restarted.',
      {
        cause: error,
      },
    )
  if (statusOf(error) === undefined) return error
  const words = error.message.replace(/^\(HTTP code \d+\) [a-z ]+ - /i, '').trim()
  const unseen = missingSource(error)
  if (unseen)
    return new BottleError(
      `The engine cannot see ${unseen}: its files are another machine's.`,
      "Let it see the runner's work folder at the same path (docs/runners.md), or run the job beside its engine.",
      { cause: error },
    )
  return new BottleError(`The engine refused: ${words}.`, "Look at the Docker daemon's log for more.", { cause: error })
}

// What was thrown before the agent ran is how the run ended: cancelled, or failed with the sentence for people.
function endOf(error: unknown, cancelled: AbortSignal): Outcome['end'] {
  if (cancelled.aborted) return { kind: 'cancelled', signal: String(cancelled.reason) }
  return { kind: 'failed', reason: error instanceof BottleError ? error.message : explain(error) }
}
