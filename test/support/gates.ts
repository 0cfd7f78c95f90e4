import Docker from 'dockerode'
import { pin } from '../../src/gate/pipelock.ts'

/** A gate that this machine has, as the action's inputs choose it. */
export interface PresentGate {
  readonly name: 'built-in' | 'pipelock'
  readonly inputs: Readonly<Record<string, string>>
}

/**
 * The gates the suites run on: the built-in one always, pipelock wherever its image is in the engine
 * (BOTTLE_PIPELOCK_IMAGE, else the pin). Throws when BOTTLE_REQUIRE_PIPELOCK is set and it is not there.
 */
export async function presentGates(): Promise<PresentGate[]> {
  const image = process.env.BOTTLE_PIPELOCK_IMAGE ?? `${pin.image}@${pin.digest}`
  const found = await new Docker()
    .getImage(image)
    .inspect()
    .then(
      () => true,
      () => false,
    )
  if (!found && process.env.BOTTLE_REQUIRE_PIPELOCK)
    throw new Error(`BOTTLE_REQUIRE_PIPELOCK is set, but the engine has no ${image}`)
  const builtIn: PresentGate = { name: 'built-in', inputs: { gate: 'built-in' } }
  if (found) return [builtIn, { name: 'pipelock', inputs: { gate: 'pipelock', 'pipelock-image': image } }]
  process.stderr.write(
    `pipelock: not run, the engine has no ${image} (set BOTTLE_PIPELOCK_IMAGE; see \`bottle pack-pipelock\`)\n`,
  )
  return [builtIn]
}
