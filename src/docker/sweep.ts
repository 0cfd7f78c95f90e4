import { label, parseRunId, type RunId } from '../plan/names.ts'
import type { Engine, Labelled } from './engine.ts'
import { ownerIsGone } from './owner.ts'
import { listLabelled, teardown } from './teardown.ts'

/**
 * Removes dead runs: those whose owner has ended on this host, or whose expiry has passed. Never by name, never
 * by age alone, never what lacks our labels. Returns the run ids it removed; `keep` is the run that sweeps.
 */
export async function sweep(engine: Engine, now: number, keep?: RunId): Promise<RunId[]> {
  const dead = deadRuns(await listLabelled(engine, label.run), now).filter(runId => runId !== keep)
  await Promise.all(dead.map(runId => teardown(engine, runId)))
  return dead
}

/** The runs among these objects that nobody will come back for. `now` in epoch milliseconds. Pure but for /proc. */
export function deadRuns(objects: readonly Labelled[], now: number): RunId[] {
  const dead = new Set<RunId>()
  for (const { labels } of objects) {
    const [run, owner, expires] = [labels[label.run], labels[label.owner], Number(labels[label.expires])]
    if (!run || !owner || !Number.isFinite(expires) || !/^[0-9a-f]{12}$/.test(run)) continue
    if (expires * 1000 < now || ownerIsGone(owner)) dead.add(parseRunId(run))
  }
  return [...dead]
}
