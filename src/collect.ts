import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from './docker/engine.ts'
import { demultiplex } from './docker/output.ts'
import { readContainerFile } from './docker/read-file.ts'
import { listRun } from './docker/teardown.ts'
import { summaryOf, writePlan, writeSummary } from './evidence/files.ts'
import { signEvidence } from './evidence/receipt.ts'
import { createRedactor } from './evidence/redact.ts'
import { type ImageIds, type Summary, unwatched } from './evidence/summary.ts'
import { openEvidence } from './evidence/writer.ts'
import { secretsFile } from './plan/containers.ts'
import { label, type RunId } from './plan/names.ts'
import type { Plan } from './plan/plan.ts'
import { probeHosts } from './plan/probes.ts'
import { plantedSince } from './planted.ts'
import { writePage } from './report/html/sources.ts'
import { evidenceFolder } from './scratch.ts'

/** What is left of a run whose main process died: enough to finish it. */
export interface Remains {
  readonly runId: RunId
  readonly scratch: string
  readonly secrets: readonly string[]
}

/** The evidence that post finished: its summary, and the public key of its receipt when one was asked for. */
export interface Finished {
  readonly summary: Summary
  readonly receiptKey: string | undefined
}

// What a process is given as its environment is far smaller.
const longestSecrets = 16 * 1024 * 1024

/**
 * Finishes the evidence of a run whose main process was killed: reads the sidecar's whole log from the engine, where it
 * still is, and writes the files anew. When nobody knows any more what was secret in it, or the sidecar is gone, what
 * main wrote (redacted) until it died is all there is. Returns undefined when main never got to a plan.
 */
export async function finishEvidence(
  engine: Engine,
  remains: Remains,
  secrets: ReadonlyMap<string, string>,
): Promise<Finished | undefined> {
  const folder = evidenceFolder(remains.scratch)
  if (!existsSync(join(folder, 'plan.json'))) return undefined
  const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Plan
  const before = readFileSync(join(folder, 'events.jsonl'), 'utf8')
  const sidecar = (await listRun(engine, remains.runId)).find(one => one.labels[label.role] === 'sidecar')
  // A later step may have given the variables other values: the gate holds those that the agent had.
  const known = sidecar && plan.knownSecrets ? await knownSecrets(engine, sidecar.id) : undefined
  const complete = plan.knownSecrets ? known !== undefined : remains.secrets.every(name => secrets.has(name))
  const kept = sidecar && complete ? await sidecarLog(engine, sidecar.id).catch(() => undefined) : undefined
  // What the engine kept is all there was, unless its disk was full.
  const log = kept !== undefined && kept.split('\n').length >= before.split('\n').length ? kept : before
  const redactor = await createRedactor([...secrets.values(), ...(known ?? [])])
  rmSync(folder, { recursive: true })
  const evidence = openEvidence(folder, redactor, Object.values(probeHosts(remains.runId)))
  for (const line of log.split('\n')) await evidence.line(line)
  const tally = await evidence.close()
  await writePlan(folder, plan, redactor)
  const outcome = {
    end: { kind: 'failed', reason: 'its main process was killed' } as const,
    limits: unwatched,
    startedAt: new Date(plan.planned).toISOString(),
    endedAt: new Date().toISOString(),
  }
  // Nobody was there to measure it; a clock that was set back in the meantime makes no time negative.
  const durationMs = Math.max(0, Date.parse(outcome.endedAt) - plan.planned)
  const planted = plantedSince({ ...plan, scratch: remains.scratch })
  const imageIds = plan.receipts ? await idsOf(engine, remains.runId) : undefined
  const summary = await summaryOf({ plan, outcome, durationMs, containment: [], tally, planted, imageIds }, redactor)
  writeSummary(folder, summary)
  await writePage(folder, summary)
  return { summary, receiptKey: plan.receipts ? signEvidence(folder, summary) : undefined }
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

async function sidecarLog(engine: Engine, sidecar: string): Promise<string> {
  const out: Buffer[] = []
  for await (const { stream, data } of demultiplex([await engine.logs(sidecar)] as unknown as AsyncIterable<Buffer>)) {
    if (stream === 'stdout') out.push(data)
  }
  return Buffer.concat(out).toString('utf8')
}
