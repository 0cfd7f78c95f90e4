import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { error as annotate, endGroup, setFailed, setOutput, startGroup, summary } from '@actions/core'
import { ownerOfThisJob, ownerOfThisProcess, ownerOfThisStep } from '../docker/owner.ts'
import { BottleError, explain } from '../errors.ts'
import { evidenceFiles } from '../evidence/files.ts'
import { stepExitCodeOf } from '../exit-code.ts'
import { type Life, live, liveOn } from '../live.ts'
import { mintRunId, type RunId } from '../plan/names.ts'
import type { Plan } from '../plan/plan.ts'
import { planOnly, prepare, type Request } from '../prepare.ts'
import { annotationsOf } from '../report/annotations.ts'
import { gapWords, sizeWords, whereToLook } from '../report/evidence-words.ts'
import { renderSummary } from '../report/markdown.ts'
import { plain } from '../report/plain-text.ts'
import { renderPlan } from '../report/plan.ts'
import { receiptWords } from '../report/receipt.ts'
import { renderTerminal } from '../report/terminal.ts'
import { evidenceFolder, scratchOf } from '../scratch.ts'
import { cancellation } from '../signals.ts'
import { secretNames } from '../spec/schema.ts'
import { checkKeys } from '../ssh-keys.ts'
import { type Fence, neutralise, openFence } from './fence.ts'
import { nameArtifact, readInputs, type StepInputs } from './inputs.ts'
import { handOver } from './job-step.ts'
import { judgedRequest } from './judged-request.ts'
import { type Notes, openNotes } from './notes.ts'
import { publishOutputs } from './outputs.ts'
import { neutraliseLines, print } from './print.ts'
import { takeSecrets } from './secrets.ts'
import { type ArtifactWish, saveReported, saveRun } from './state.ts'
import { uploadOnce } from './upload-once.ts'
import { outsideSteps } from './workflow.ts'

// Annotations of others: the one that a step fails with, of a change of the policy, of an upload that failed.
const notesOfOthers = 3
// What was known before the run must not crowd out what happened in it.
const mostWarnings = 3
const mostRefusedOutputs = 3

// Node may be held open by a socket that nobody needs any more; the runner must not wait for it.
const lastResort = 5000

/** The action's main step. Ends with the agent's exit code, or 1 when it did not run; never throws. */
export async function main(): Promise<void> {
  const cancel = cancellation()
  try {
    const inputs = readInputs()
    const runId = mintRunId()
    const asked = await judgedRequest(inputs, runId, process.env)
    const owner = asked.spec.run === undefined ? ownerOfThisJob() : ownerOfThisStep()
    const request = { ...asked, owner }
    const secrets = takeSecrets(secretNames(request.spec), process.env)
    if (inputs.dryRun) print(renderPlan(await planOnly(request)))
    else await run(inputs, request, secrets, runId, cancel.signal)
  } catch (error) {
    fail(error)
  } finally {
    setTimeout(() => process.exit(), lastResort).unref()
  }
}

async function run(
  inputs: StepInputs,
  request: Request,
  secrets: ReadonlyMap<string, string>,
  runId: RunId,
  cancelled: AbortSignal,
): Promise<void> {
  checkKeys(request.spec.ssh, secrets)
  const isForJob = request.spec.run === undefined
  const outside = isForJob ? await outsideSteps(request.spec, inputs.token, process.env) : undefined
  const startedAt = new Date().toISOString()
  const artifact = nameArtifact(inputs, runId, process.env)
  const scratch = scratchOf(request.temp, runId)
  setOutput('bottle-id', runId)
  const owner = ownerOfThisProcess()
  saveRun({ runId, engine: request.address, owner, scratch, secrets: secretNames(request.spec), artifact })
  const prepared = await prepare(request)
  const notes = openNotes(notesOfOthers)
  for (const [at, text] of prepared.plan.warnings.entries())
    if (at < mostWarnings) notes.add({ level: 'warning', text })
    else print(`warning: ${text}`)
  const output = stepOutput(runId)
  const caller = { gate: request.gate, secrets, cancelled, ...output }
  const life = isForJob ? await liveOn(prepared, caller) : await live(prepared, caller)
  output.close()
  if ('bottle' in life) return print(handOver(life, request, startedAt, outside))
  await report(life, { artifact, scratch, runId, plan: prepared.plan, notes }, cancelled)
}

/** What is known of a run beside its life when it is reported. */
interface Reported {
  readonly artifact: ArtifactWish
  readonly scratch: string
  readonly runId: RunId
  readonly plan: Plan
  readonly notes: Notes
}

/**
 * The step's log: a group for the set-up, then one for the agent, whose lines are inside the fence. The commands that open
 * and close the group are outside of it, where the runner obeys them.
 */
function stepOutput(runId: RunId) {
  let fence: Fence | undefined
  const agents = (): Fence => {
    if (fence) return fence
    endGroup()
    startGroup('Agent')
    fence = openFence(process.stdout)
    return fence
  }
  startGroup(`Set up bottle ${runId}`)
  return {
    say: print,
    agent: (line: string) => agents().line(line),
    // Nobody waits for it, as somebody does for the agent's: there are few.
    blocked: (line: string) =>
      void agents()
        .line(line)
        .catch(() => {}),
    close() {
      fence?.close()
      endGroup()
    },
  }
}

function takeNote(life: Life, { plan, notes }: Reported): void {
  for (const one of life.unfinished) notes.add({ level: 'warning', text: plain(explain(one)) })
  for (const text of gapWords(life.summary)) notes.add({ level: 'warning', text })
  for (const [at, why] of life.outputs.refused.entries()) {
    const text = plain(`An output was not taken: ${why}.`)
    if (at < mostRefusedOutputs) notes.add({ level: 'warning', text })
    else print(text)
  }
  for (const one of annotationsOf(life.summary, plan, notes.left())) notes.add(one)
}

async function report(life: Life, of: Reported, cancelled: AbortSignal): Promise<void> {
  const { artifact, scratch, runId } = of
  print(renderTerminal(life.summary, { color: true }))
  // Said before anything is written: a full disk must not cost the reason.
  if (life.error !== undefined && !cancelled.aborted) fail(life.error)
  else if (stepExitCodeOf(life.summary) !== 0) setFailed(neutralise(life.summary.verdict))
  takeNote(life, of)
  publishOutputs(life.summary, evidenceFolder(scratch), life)
  if (life.receiptKey) print(receiptWords(life.receiptKey))
  await summary.addRaw(renderSummary(life.summary, life.change)).write()
  saveReported()
  const folder = evidenceFolder(scratch)
  listEvidence(folder)
  // A cancelled step has seconds to live: post uploads instead.
  if (!cancelled.aborted) await uploadOnce(artifact, evidenceFolder(scratch), runId)
  process.exitCode = stepExitCodeOf(life.summary)
  const isUploaded = artifact.upload && !cancelled.aborted
  print(
    whereToLook(
      folder,
      evidenceFiles(folder).map(path => basename(path)),
      isUploaded ? artifact.name : undefined,
    ),
  )
}

function listEvidence(folder: string): void {
  startGroup('Evidence')
  for (const path of evidenceFiles(folder)) print(`${basename(path).padEnd(20)} ${sizeWords(statSync(path).size)}`)
  print(folder)
  endGroup()
}

function fail(error: unknown): void {
  if (error instanceof BottleError) {
    for (const { file, line, column, path, message } of error.problems.slice(0, 10)) {
      annotate(
        neutralise([path, message].filter(Boolean).join(' ')),
        file.startsWith('input ') ? {} : { file, startLine: line, startColumn: column },
      )
    }
  }
  setFailed(neutraliseLines(explain(error)))
}
