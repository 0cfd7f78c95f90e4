import Docker from 'dockerode'
import type { Plan } from '../../../src/plan/plan.ts'
import type { Removal } from './removal.ts'
import type { World } from './world.ts'

const docker = new Docker()

/** Connects a bottle to one more network. */
export async function joinNetwork(
  which: NonNullable<Removal['joins']>,
  id: string,
  plan: Plan,
  world: World,
): Promise<void> {
  const names = {
    outside: plan.outside.name,
    neighbour: world.env.NEIGHBOUR_NETWORK ?? '',
    metadata: world.metadata?.id ?? '',
  }
  await docker.getNetwork(names[which]).connect({ Container: id })
}

/** The sidecar's outside world has a private network and a metadata service too, where there is one. */
export async function besides(world: World, sidecar: string): Promise<void> {
  if (!world.metadata) return
  await world.inner.connect({ Container: sidecar })
  await world.metadata.connect({ Container: sidecar })
}
