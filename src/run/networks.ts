import type { Engine } from '../docker/engine.ts'
import { BottleError } from '../errors.ts'
import { placesToTry } from '../plan/networks.ts'
import type { Plan } from '../plan/plan.ts'
import { refuseBroadcasts } from './broadcasts.ts'

/**
 * Creates both networks of a run at once. When the engine says that a subnet is taken, what was created is removed and
 * the plan is made again for the next place in the pool. Returns the plan that holds, with a warning more where the
 * host goes on hearing the inside network's broadcasts.
 */
export async function createNetworks(engine: Engine, first: Plan, replan: (place: number) => Plan): Promise<Plan> {
  let plan = first
  for (let place = 1; ; place++) {
    const results = await Promise.allSettled([
      engine.createNetwork(plan.inside.body),
      engine.createNetwork(plan.outside.body),
    ])
    const failed = results.find(result => result.status === 'rejected')
    if (!failed) {
      const broadcasts = results[0].status === 'fulfilled' ? refuseBroadcasts(results[0].value) : 'unseen'
      return broadcasts === 'heard' ? { ...plan, warnings: [...plan.warnings, heard] } : plan
    }
    if (!isOverlap(failed.reason)) throw failed.reason
    if (place >= placesToTry) throw poolIsFull(failed.reason)
    await Promise.all(
      results.map(result => (result.status === 'fulfilled' ? engine.remove('network', result.value) : undefined)),
    )
    plan = replan(place)
  }
}

const heard =
  'what the bottle broadcasts reaches programs of this host that listen on UDP at every address; close that with `sudo sysctl -w net.ipv4.conf.all.rp_filter=2` (docs/runners.md)'

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
