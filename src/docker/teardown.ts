import { setTimeout as pause } from 'node:timers/promises'
import { BottleError } from '../errors.ts'
import { label, type RunId } from '../plan/names.ts'
import { type Engine, type Labelled, type ObjectKind, statusOf } from './engine.ts'

const betweenRounds = 50

/** How a teardown waits. `patienceMs`: how long it tries again before it gives up, 10 s unless told. */
export interface Patience {
  readonly settleMs?: number
  readonly patienceMs?: number
}

/**
 * Removes everything labelled with a run: containers, then networks and volumes, by force, until the engine lists
 * nothing. Needs only the run id, so any process may call it, any number of times, at once with others. An engine that
 * refuses or does not answer is asked again while the patience lasts: it may be starting anew.
 * After a process that was killed, `settleMs` asks for a second look that much later: a create call it had sent may
 * take effect after the first. Throws a BottleError with what could not be removed.
 */
export async function teardown(
  engine: Engine,
  runId: RunId,
  { settleMs = 0, patienceMs = 10_000 }: Patience = {},
): Promise<void> {
  const limit = performance.now() + patienceMs
  let failures: unknown[] = []
  let settled = settleMs === 0
  for (let round = 0; performance.now() < limit; round++) {
    const left = await listRun(engine, runId).catch((error: unknown) => {
      failures = [error]
    })
    if (left?.length === 0 && settled) return
    if (left?.length === 0) {
      await pause(settleMs)
      settled = true
      continue
    }
    if (left) failures = await removeAll(engine, left)
    // Another caller may be removing the same things ("already in progress"): look again shortly.
    if (round > 0 || failures.length > 0) await pause(betweenRounds)
  }
  const [cause] = failures
  throw new BottleError(
    `Something of run ${runId} could not be removed${cause instanceof Error ? ` (${cause.message.trim()})` : ''}.`,
    "The step's post removes it, or the next run, or `bottle sweep`, once the engine answers again.",
    { cause },
  )
}

/** Everything the engine has with this run's label. */
export async function listRun(engine: Engine, runId: RunId): Promise<Labelled[]> {
  return listLabelled(engine, `${label.run}=${runId}`)
}

/** Everything the engine has with a label, `key` or `key=value`. */
export async function listLabelled(engine: Engine, wanted: string): Promise<Labelled[]> {
  const kinds: ObjectKind[] = ['container', 'network', 'volume']
  return (await Promise.all(kinds.map(kind => engine.list(kind, [wanted])))).flat()
}

async function removeAll(engine: Engine, objects: readonly Labelled[]): Promise<unknown[]> {
  const containers = objects.filter(one => one.kind === 'container')
  const failures = await removeEach(engine, containers)
  // Networks and volumes are held by containers: they go when the last of those has.
  return [
    ...failures,
    ...(await removeEach(
      engine,
      objects.filter(one => one.kind !== 'container'),
    )),
  ]
}

async function removeEach(engine: Engine, objects: readonly Labelled[]): Promise<unknown[]> {
  const results = await Promise.allSettled(objects.map(one => engine.remove(one.kind, one.id)))
  return results.flatMap(result =>
    result.status === 'rejected' && statusOf(result.reason) !== 404 ? [result.reason] : [],
  )
}
