import type { Readable } from 'node:stream'
import { buildImage } from '../docker/build.ts'
import type { Engine } from '../docker/engine.ts'
import { pullImage } from '../docker/pull.ts'
import type { Gate } from '../gate/gate.ts'
import type { Plan } from '../plan/plan.ts'

/**
 * Makes all images available, at once: the agent's by pulling it, or building it from its context, when the engine lacks
 * it; the gate's, and that of relays, as a gate does.
 */
export async function prepareImages(
  engine: Engine,
  plan: Plan,
  gates: readonly Gate[],
  say: (line: string) => void,
  context: (() => Readable) | undefined,
  signal: AbortSignal,
): Promise<void> {
  const agent = async () => {
    if (await engine.hasImage(plan.image)) return
    if (plan.build && context) await buildImage(engine, plan.image, plan.build, context(), say, signal)
    else await pullImage(plan.image, engine.address, say)
  }
  await Promise.all([...gates.map(gate => gate.prepare(engine, say)), agent()])
}
