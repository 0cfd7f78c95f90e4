import { findEngine } from '../../src/docker/address.ts'
import { openEngine } from '../../src/docker/engine.ts'
import { listLabelled } from '../../src/docker/teardown.ts'
import { label } from '../../src/plan/names.ts'

/** What the engine still has of a run, or of any run: `kind name` for each. The engine is asked, nobody's memory. */
export async function leftovers(runId?: string): Promise<string[]> {
  const engine = openEngine(findEngine({ ...process.env, DOCKER_HOST: undefined }))
  const found = await listLabelled(engine, runId ? `${label.run}=${runId}` : label.run)
  return found.map(one => `${one.kind} ${one.labels[label.role]}`).sort()
}
