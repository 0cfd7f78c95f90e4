import { info, summary as jobSummary, setFailed, setOutput, warning } from '@actions/core'
import { type Finished, finishEvidence } from '../collect.ts'
import { type Engine, openEngine } from '../docker/engine.ts'
import { teardown } from '../docker/teardown.ts'
import { explain } from '../errors.ts'
import { failureOf } from '../evidence/verdict.ts'
import type { UpRun } from '../job.ts'
import { annotationsOf } from '../report/annotations.ts'
import { renderSummary } from '../report/markdown.ts'
import { receiptWords } from '../report/receipt.ts'
import { renderTerminal } from '../report/terminal.ts'
import { unlessAborted, within } from '../run/deadline.ts'
import { clearJob, clearScratch, evidenceFolder } from '../scratch.ts'
import { cancellation } from '../signals.ts'
import { neutralise } from './fence.ts'
import { openNotes } from './notes.ts'
import { print } from './print.ts'
import { takeSecrets } from './secrets.ts'
import { type RunState, savedRun, savedUp, wasReported } from './state.ts'
import { endSurvivingMain } from './surviving-main.ts'
import { uploadOnce } from './upload-once.ts'

// Together under 90 s (facts/platform §1.5): what the runner leaves to all post steps of a cancelled job is 285 s.
const limits = { collect: 19_000, teardown: 40_000, cancelled: 3000 }
// A create call that main had sent when it was killed may take effect after the first look.
const settle = 300

/**
 * The action's post step: collects what main could not, tears down, reports, uploads. Each part has its own limit. When
 * it is cancelled it has ten seconds: what it collects must be there soon, nothing is uploaded, and it tears down.
 */
export async function post(): Promise<void> {
  const run = savedRun()
  if (!run) return
  const { signal: cancelled } = cancellation()
  const reported = wasReported()
  const up = savedUp()
  const engine = openEngine(run.engine)
  setOutput('bottle-id', run.runId)
  try {
    const finished = reported
      ? undefined
      : await bounded('collect', limits.collect, collect(engine, run, up), cancelled)
    const removed = await bounded('teardown', limits.teardown, removeRun(engine, run, reported))
    clearScratch(run.scratch)
    if (removed) clearJob(run.scratch)
    if (finished) await jobSummary.addRaw(renderSummary(finished.summary, finished.change)).write()
    if (finished?.plan?.travel && !up && finished.plan.workspaceAccess === 'rw')
      warning('What the agent made of the workspace was not brought back from the engine: the main step was killed.')
    if (finished?.receiptKey) info(receiptWords(finished.receiptKey))
    const upload = async () => uploadOnce(run.artifact, evidenceFolder(run.scratch), run.runId)
    // What is on its way when somebody cancels may arrive or not: nobody waits for it.
    if (!cancelled.aborted) await unlessAborted(cancelled, upload()).catch(() => {})
    // Nobody comes after post but the next run: that something is left is not a thing to be green about.
    if (!removed) process.exitCode = 1
    if (up) tellJob(finished)
  } catch (error) {
    setFailed(neutralise(explain(error)))
  } finally {
    setTimeout(() => process.exit(), 5000).unref()
  }
}

async function removeRun(engine: Engine, run: RunState, reported: boolean): Promise<true> {
  await teardown(engine, run.runId, { settleMs: reported ? 0 : settle })
  return true
}

async function collect(engine: Engine, run: RunState, up: UpRun | undefined): Promise<Finished | undefined> {
  if (await endSurvivingMain(run.owner)) {
    const whole = await written(run).catch(() => undefined)
    if (whole) return whole
  }
  const secrets = takeSecrets(run.secrets, process.env)
  return finishEvidence(engine, run, secrets, up)
}

// The steps of a job told their own ends; that the gate did not guard them to the end is for post to be red about.
function tellJob(finished: Finished | undefined): void {
  if (!finished) {
    setFailed('What was blocked in this job is not known: its evidence could not be finished.')
    return
  }
  const { summary, plan } = finished
  const notes = openNotes(1)
  for (const one of annotationsOf(summary, plan, notes.left())) notes.add(one)
  print(renderTerminal(summary, { color: true }))
  if (summary.outcome.end.kind === 'failed' || failureOf(summary)) setFailed(neutralise(summary.verdict))
}

// What a main that came to its own end had written; its job summary went to a step that was over.
async function written({ scratch }: RunState): Promise<Finished | undefined> {
  const [{ readRun }, { openSource }] = await Promise.all([
    import('../evidence/read.ts'),
    import('../evidence/source.ts'),
  ])
  await using source = await openSource(evidenceFolder(scratch))
  const { summary } = await readRun(source)
  return { summary, receiptKey: undefined }
}

/** Ends a part of post that takes too long or fails with a warning: the next part must have its turn. */
async function bounded<T>(
  what: string,
  ms: number,
  promise: Promise<T>,
  cancelled?: AbortSignal,
): Promise<T | undefined> {
  const late = Symbol(what)
  try {
    const result = await within(ms, cancelled ? hurried(promise, cancelled) : promise, late)
    if (result !== late) return result as T
    warning(`Bottle's ${what} took longer than ${ms / 1000} s; the next run's sweep removes what is left.`)
  } catch (error) {
    warning(neutralise(`Bottle's ${what} failed: ${explain(error)}`).replace(/\s+/g, ' '))
  }
  return undefined
}

/** The same, but that it must be there soon after somebody has cancelled: throws when it is not. */
async function hurried<T>(promise: Promise<T>, cancelled: AbortSignal): Promise<T> {
  const left = new AbortController()
  const hurry = new Promise<never>((_, reject) => {
    const wait = () => setTimeout(() => reject(new Error('the job was cancelled')), limits.cancelled).unref()
    if (cancelled.aborted) wait()
    else cancelled.addEventListener('abort', wait, { once: true, signal: left.signal })
  })
  try {
    return await Promise.race([promise, hurry])
  } finally {
    left.abort()
  }
}
