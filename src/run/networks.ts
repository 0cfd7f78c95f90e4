import type { Engine } from '../docker/engine.ts'
import { BottleError } from '../errors.ts'
import { placesToTry } from '../plan/networks.ts'
import type { Plan } from '../plan/plan.ts'

/**
 * Creates both networks of a run at once. When the engine says that a subnet is taken, what was created is removed and
 * the plan is made again for the next place in the pool. Returns the plan that holds.
 */
export async function createNetworks(engine: Engine, first: Plan, replan: (place: number) => Plan): Promise<Plan> {
  let plan = first
  for (let place = 1; ; place++) {
    const results = await Promise.allSettled([
      engine.createNetwork(plan.outside.body),
      engine.createNetwork(plan.inside.body),
    ])
    const failed = results.find(result => result.status === 'rejected')
    if (!failed) return plan
    if (!isOverlap(failed.reason)) throw failed.reason
    if (place >= placesToTry) throw poolIsFull(failed.reason)
    await Promise.all(
      results.map(result => (result.status === 'fulfilled' ? engine.remove('network', result.value) : undefined)),
    )
    plan = replan(place)
  }
}

// "Pool overlaps with other one on this address space", or with a route of the host's.
function isOverlap(error: unknown): boolean {
  return error instanceof Error && /overlap/i.test(error.message)
}

function poolIsFull(cause: unknown): BottleError {
  return new BottleError(
    `No free /28 for the run's networks was found in 198.18.0.0/15 after ${placesToTry} tries.`,
    'Remove networks that are no longer used (`docker network prune`), or run `bottle sweep`.',
    { cause },
  )
}
