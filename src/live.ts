import { statusOf } from './docker/engine.ts'
import { trackCalls } from './docker/in-flight.ts'
import { teardown } from './docker/teardown.ts'
import { BottleError, explain } from './errors.ts'
import { writePlan, writeSuggestedSpec, writeSummary } from './evidence/files.ts'
import type { AgentOutputs } from './evidence/outputs.ts'
import { signEvidence } from './evidence/receipt.ts'
import { createRedactor } from './evidence/redact.ts'
import { type Outcome, type Summary, unwatched } from './evidence/summary.ts'
import { openEvidence } from './evidence/writer.ts'
import type { Gate } from './gate/gate.ts'
import { probeHosts } from './plan/probes.ts'
import { plantedSince } from './planted.ts'
import type { Prepared } from './prepare.ts'
import { suggestedHosts } from './report/suggest.ts'
import type { AgentOutput } from './run/agent.ts'
import { type RunResult, runBottle } from './run.ts'
import { clearScratch, evidenceFolder, makeScratch } from './scratch.ts'
import { takeOutputs } from './take-outputs.ts'

/** The caller's side of a run: where its words go, and what may end it. */
export interface Caller {
  readonly gate: Gate
  readonly secrets: ReadonlyMap<string, string>
  readonly say: (line: string) => void
  readonly agent: AgentOutput
  readonly cancelled: AbortSignal
}

/** A whole life: what happened, in the form of the evidence's summary, and the error that ended it early, if any. */
export interface Life {
  readonly summary: Summary
  readonly error: unknown
  /** What the agent set as outputs. */
  readonly outputs: AgentOutputs
  /** The public key of the evidence's receipt, when one was asked for. */
  readonly receiptKey: string | undefined
}

/**
 * Lives one run from its folder to its evidence: run, then the log's last line, then teardown, then the files.
 * Never throws for what happened inside the run; what could not be torn down is reported as an error of the life.
 */
export async function live(prepared: Prepared, caller: Caller): Promise<Life> {
  const { plan } = prepared
  makeScratch(plan, prepared.survey)
  const startedAt = new Date().toISOString()
  const redactor = await createRedactor([...caller.secrets.values()])
  const folder = evidenceFolder(plan.scratch)
  const evidence = openEvidence(folder, redactor, Object.values(probeHosts(plan.runId)))
  await writePlan(folder, plan, redactor)
  const { engine, settled } = trackCalls(prepared.engine)
  let result: RunResult | undefined
  let error: unknown
  try {
    result = await runBottle(plan, {
      engine,
      ...caller,
      context: prepared.context,
      record: line => evidence.line(line),
      replan: prepared.replan,
    })
  } catch (thrown) {
    error = refusedByEngine(thrown)
  }
  const end: Outcome['end'] = result?.end ?? endOf(error, caller.cancelled)
  const tally = await evidence.close()
  try {
    await settled()
    await teardown(prepared.engine, plan.runId)
  } catch (thrown) {
    error ??= thrown
  }
  const planted = plantedSince(plan)
  const outputs = await takeOutputs(plan, redactor)
  clearScratch(plan.scratch)
  const facts = {
    plan: result?.plan ?? plan,
    outcome: { end, limits: result?.limits ?? unwatched, startedAt, endedAt: new Date().toISOString() },
    containment: result?.containment ?? [],
    tally,
    planted,
    imageIds: result?.imageIds,
  }
  if (result && result.plan !== plan) await writePlan(folder, result.plan, redactor)
  const summary = await writeSummary(folder, facts, redactor)
  if (plan.mode === 'learn') await writeSuggestedSpec(folder, prepared.allowing(suggestedHosts(summary)), redactor)
  // Last, over all the files.
  const receiptKey = plan.receipts ? signEvidence(folder, summary) : undefined
  return { summary, error, outputs, receiptKey }
}

// The engine's "no" is not a bug of ours: its own words, and no stack.
function refusedByEngine(error: unknown): unknown {
  if (statusOf(error) === undefined || !(error instanceof Error)) return error
  const words = error.message.replace(/^\(HTTP code \d+\) [a-z ]+ - /i, '').trim()
  return new BottleError(`The engine refused: ${words}.`, "Look at the Docker daemon's log for more.", { cause: error })
}

// What was thrown before the agent ran is how the run ended: cancelled, or failed with the sentence for people.
function endOf(error: unknown, cancelled: AbortSignal): Outcome['end'] {
  if (cancelled.aborted) return { kind: 'cancelled', signal: String(cancelled.reason) }
  return { kind: 'failed', reason: error instanceof BottleError ? error.message : explain(error) }
}
