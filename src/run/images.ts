import type { Engine } from '../docker/engine.ts'
import { pullImage } from '../docker/pull.ts'
import type { Gate } from '../gate/gate.ts'
import type { Plan } from '../plan/plan.ts'

/** Makes both images available, at once: the agent's by pulling it when the engine lacks it, the gate's as the gate does. */
export async function prepareImages(
  engine: Engine,
  plan: Plan,
  gate: Gate,
  say: (line: string) => void,
): Promise<void> {
  const agent = async () => {
    if (!(await engine.hasImage(plan.image))) await pullImage(plan.image, engine.address, say)
  }
  await Promise.all([gate.prepare(engine, say), agent()])
}
