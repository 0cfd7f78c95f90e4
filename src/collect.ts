import { createReadStream, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from './docker/engine.ts'
import { lineSplitter } from './docker/lines.ts'
import { demultiplex } from './docker/output.ts'
import { readContainerFile } from './docker/read-file.ts'
import { listRun } from './docker/teardown.ts'
import { directLines } from './evidence/direct-lines.ts'
import { summaryOf, writePlan, writeSummary } from './evidence/files.ts'
import { signEvidence } from './evidence/receipt.ts'
import { createRedactor } from './evidence/redact.ts'
import { serviceLines } from './evidence/service-lines.ts'
import { type ImageIds, notWatched, type Summary, unwatched } from './evidence/summary.ts'
import { openEvidence } from './evidence/writer.ts'
import { endJob, type UpRun } from './job.ts'
import { secretsFile } from './plan/containers.ts'
import { expectedBy } from './plan/expected.ts'
import { label, type RunId } from './plan/names.ts'
import type { Plan } from './plan/plan.ts'
import { probeHosts } from './plan/probes.ts'
import { plantedSince } from './planted.ts'
import { writePage } from './report/html/sources.ts'
import type { SuggestedChange } from './report/suggested-change.ts'
import { within } from './run/deadline.ts'
import { countServices } from './run/service-counts.ts'
import { evidenceAnew, evidenceFolder } from './scratch.ts'
import { keptSuggestible, writeSuggestions } from './suggest.ts'
import { writeSarif } from './write-sarif.ts'

/** What is left of a run whose main process died: enough to finish it. */
export interface Remains {
  readonly runId: RunId
  readonly scratch: string
  readonly secrets: readonly string[]
}

/** The evidence that post finished: its summary, and the public key of its receipt when one was asked for. */
export interface Finished {
  readonly summary: Summary
  readonly plan?: Plan
  readonly receiptKey: string | undefined
  /** What to change so that the refused hosts are let through, when there is something. */
  readonly change?: SuggestedChange | undefined
}

// A gate that has not stopped by then hangs, and what it logged is there all the same.
const longestGoodbye = 5000
const longestCopy = 60_000
// As the live log is split (run/gate-log.ts).
const longestLogLine = 1024 * 1024
// What a process is given as its environment is far smaller.
const longestSecrets = 16 * 1024 * 1024

/**
 * Finishes the evidence of a run whose main process was killed, or left the bottle `up` for its job: reads the sidecar's
 * whole log from the engine, where it still is, and writes the files anew. When nobody knows any more what was secret in
 * it, or the sidecar is gone, what main wrote (redacted) until it died is all there is. Returns undefined when main never
 * got to a plan.
 */
export async function finishEvidence(
  engine: Engine,
  remains: Remains,
  secrets: ReadonlyMap<string, string>,
  up?: UpRun,
): Promise<Finished | undefined> {
  const folder = evidenceFolder(remains.scratch)
  if (!existsSync(join(folder, 'plan.json'))) return undefined
  const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Plan
  // Before the gate's log is read: whatever still runs in the bottle asks it for nothing more.
  const job = up && (await endJob(engine, plan, remains.scratch, up))
  const counting = countServices(engine, remains.runId, plan)
  const sidecar = (await listRun(engine, remains.runId)).find(one => one.labels[label.role] === 'sidecar')
  // A later step may have given the variables other values: the gate holds those that the agent had.
  const asked = sidecar && plan.knownSecrets ? knownSecrets(engine, sidecar.id) : undefined
  // Another run's sweep may remove it while it is being asked.
  const known = await asked?.catch(() => undefined)
  const complete = plan.knownSecrets ? known !== undefined : remains.secrets.every(name => secrets.has(name))
  const redactor = await createRedactor([...secrets.values(), ...(known ?? [])])
  const lines = await longerLog(join(folder, 'events.jsonl'), engine, complete ? sidecar?.id : undefined)
  // Beside what main wrote, and in its place when it is whole: post may be cut short at any moment.
  const anew = evidenceAnew(remains.scratch)
  const evidence = openEvidence(anew, redactor, Object.values(probeHosts(remains.runId)), {
    expected: expectedBy(plan),
  })
  for await (const line of lines()) evidence.line(line)
  const direct = job?.direct ?? notWatched('the main process was killed, and it was the one that looked')
  const services = await counting
  const now = new Date().toISOString()
  for (const line of [...directLines(direct, now), ...serviceLines(services, now)]) evidence.line(line)
  const tally = evidence.close()
  await writePlan(anew, plan, redactor)
  const outcome = {
    end: job?.end ?? { kind: 'failed' as const, reason: 'its main process was killed' },
    limits: job?.limits ?? unwatched,
    startedAt: up?.startedAt ?? new Date(plan.planned).toISOString(),
    endedAt: new Date().toISOString(),
  }
  // Nobody was there to measure it; a clock that was set back in the meantime makes no time negative.
  const durationMs = Math.max(0, Date.parse(outcome.endedAt) - plan.planned)
  const planted = plantedSince({ ...plan, scratch: remains.scratch })
  const imageIds = plan.receipts ? await idsOf(engine, remains.runId) : undefined
  const containment = up?.containment ?? []
  const facts = { plan, outcome, durationMs, containment, tally, direct, planted, services, imageIds, job: job?.job }
  const summary = await summaryOf(facts, redactor)
  writeSummary(anew, summary)
  const kept = keptSuggestible(remains.scratch)
  const change = kept && (await writeSuggestions(anew, kept, summary, redactor))
  await writeSarif(anew, summary, plan, redactor)
  await writePage(anew, summary)
  const receiptKey = plan.receipts ? signEvidence(anew, summary) : undefined
  rmSync(folder, { recursive: true })
  renameSync(anew, folder)
  return { summary, plan, receiptKey, change }
}

// Undefined when main was killed before both were made, or they are gone.
async function idsOf(engine: Engine, runId: RunId): Promise<ImageIds | undefined> {
  const made = await listRun(engine, runId)
  const [agent, gate] = await Promise.all(
    ['bottle', 'sidecar'].map(role => {
      const one = made.find(({ labels }) => labels[label.role] === role)
      return one && engine.imageOf(one.id).catch(() => undefined)
    }),
  )
  return agent && gate ? { agent, gate } : undefined
}

async function knownSecrets(engine: Engine, sidecar: string): Promise<string[] | undefined> {
  const file = await readContainerFile(engine, sidecar, secretsFile, longestSecrets)
  return file?.toString('utf8').split('\n')
}

// What the engine kept is all there was, unless its disk was full or it is gone.
async function longerLog(
  file: string,
  engine: Engine,
  sidecar: string | undefined,
): Promise<() => AsyncIterable<string>> {
  const kept = () => linesOf(createReadStream(file))
  if (sidecar === undefined) return kept
  const stopped = await stoppedLog(engine, sidecar).catch(() => undefined)
  if (!stopped) return kept
  // It may be removed while it is read: by a person, say.
  const [there, written] = await Promise.all([countOf(stopped()).catch(() => -1), countOf(kept())])
  return there >= written ? stopped : kept
}

// The log of a gate that writes on has no end: it is asked to stop, and a gate that hangs is ended.
async function stoppedLog(engine: Engine, sidecar: string): Promise<() => AsyncIterable<string>> {
  const waiting = new AbortController()
  const gone = engine.wait(sidecar, waiting.signal).catch(() => undefined)
  await engine.kill(sidecar, 'SIGTERM').catch(() => {})
  await within(longestGoodbye, gone, undefined)
  await engine.kill(sidecar, 'SIGKILL').catch(() => {})
  waiting.abort()
  return async function* () {
    const source = await engine.followLogs(sidecar, AbortSignal.timeout(longestCopy))
    const out = lineSplitter(longestLogLine)
    for await (const { stream, data } of demultiplex(source)) if (stream === 'stdout') yield* out.push(data)
    yield* out.end()
  }
}

async function* linesOf(data: AsyncIterable<Buffer>): AsyncIterable<string> {
  const lines = lineSplitter(longestLogLine)
  for await (const chunk of data) yield* lines.push(chunk)
  yield* lines.end()
}

async function countOf(lines: AsyncIterable<string>): Promise<number> {
  let count = 0
  for await (const _ of lines) count += 1
  return count
}
