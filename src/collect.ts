import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from './docker/engine.ts'
import { demultiplex } from './docker/output.ts'
import { listRun } from './docker/teardown.ts'
import { writePlan, writeSummary } from './evidence/files.ts'
import { createRedactor } from './evidence/redact.ts'
import { type Summary, unwatched } from './evidence/summary.ts'
import { openEvidence } from './evidence/writer.ts'
import { label, type RunId } from './plan/names.ts'
import type { Plan } from './plan/plan.ts'
import { probeHosts } from './plan/probes.ts'
import { plantedSince } from './planted.ts'
import { evidenceFolder } from './scratch.ts'

/** What is left of a run whose main process died: enough to finish it. */
export interface Remains {
  readonly runId: RunId
  readonly scratch: string
  readonly secrets: readonly string[]
}

/**
 * Finishes the evidence of a run whose main process was killed: reads the sidecar's whole log from the engine, where it
 * still is, and writes the files anew. When a secret's value is no longer in the environment, or the sidecar is gone,
 * what main wrote (redacted) until it died is all there is. Returns undefined when main never got to a plan.
 */
export async function finishEvidence(
  engine: Engine,
  remains: Remains,
  secrets: ReadonlyMap<string, string>,
): Promise<Summary | undefined> {
  const folder = evidenceFolder(remains.scratch)
  if (!existsSync(join(folder, 'plan.json'))) return undefined
  const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Plan
  const before = readFileSync(join(folder, 'events.jsonl'), 'utf8')
  const complete = remains.secrets.every(name => secrets.has(name))
  const log = (complete ? await sidecarLog(engine, remains.runId) : undefined) ?? before
  const redactor = await createRedactor([...secrets.values()])
  rmSync(folder, { recursive: true })
  const evidence = openEvidence(folder, redactor, Object.values(probeHosts(remains.runId)))
  for (const line of log.split('\n')) await evidence.line(line)
  const tally = await evidence.close()
  await writePlan(folder, plan, redactor)
  const ended = new Date().toISOString()
  const outcome = {
    end: { kind: 'failed', reason: 'its main process was killed' } as const,
    limits: unwatched,
    startedAt: new Date(plan.planned).toISOString(),
    endedAt: ended,
  }
  return writeSummary(
    folder,
    { plan, outcome, containment: [], tally, planted: plantedSince({ ...plan, scratch: remains.scratch }) },
    redactor,
  )
}

async function sidecarLog(engine: Engine, runId: RunId): Promise<string | undefined> {
  const sidecar = (await listRun(engine, runId)).find(one => one.labels[label.role] === 'sidecar')
  if (!sidecar) return undefined
  const out: Buffer[] = []
  for await (const { stream, data } of demultiplex([
    await engine.logs(sidecar.id),
  ] as unknown as AsyncIterable<Buffer>)) {
    if (stream === 'stdout') out.push(data)
  }
  return Buffer.concat(out).toString('utf8')
}
