import { label, parseRunId, type RunId } from '../plan/names.ts'
import type { Engine, Labelled } from './engine.ts'
import { isAbandoned } from './owner.ts'
import { listLabelled, teardown } from './teardown.ts'

/** On every image of a gate that was packed here. Of two runs that pack it at once, one loses the tag to the other. */
export const packedLabel = 'io.bottle.packed'

/**
 * Removes dead runs, and images of the gate that have lost their tag. A run is dead when its owner and the job that
 * its post would come with have ended on this host, or, where that cannot be told from here, when its expiry has passed.
 * Never by name, never what lacks our labels. Returns the run ids it removed; `keep` is the run that sweeps.
 */
export async function sweep(engine: Engine, now: number, keep?: RunId): Promise<RunId[]> {
  const dead = deadRuns(await listLabelled(engine, label.run), now).filter(runId => runId !== keep)
  await Promise.all(dead.map(runId => teardown(engine, runId, { patienceMs: 2000 })))
  await engine.removeUntagged(packedLabel)
  return dead
}

/** The runs among these objects that nobody will come back for. `now` in epoch milliseconds. Pure but for /proc. */
export function deadRuns(objects: readonly Labelled[], now: number): RunId[] {
  const dead = new Set<RunId>()
  for (const { labels } of objects) {
    const [run, owner, expires] = [labels[label.run], labels[label.owner], Number(labels[label.expires])]
    if (!run || !owner || !Number.isFinite(expires) || !/^[0-9a-f]{12}$/.test(run)) continue
    if (isAbandoned(owner, expires * 1000 < now)) dead.add(parseRunId(run))
  }
  return [...dead]
}
