import type { Readable } from 'node:stream'
import { BottleError } from '../errors.ts'
import type { BuildSpec } from '../spec/build.ts'
import { followBuild } from './build-progress.ts'
import type { Engine } from './engine.ts'

/** What images that were built are known by; they stay as a cache. */
const labels = { 'io.bottle.build': 'true' }

/**
 * Builds the agent's image, its progress told line by line. The build is the engine's own: its steps run in containers
 * of the engine's default network, or of none. Throws a BottleError with the engine's words when it fails.
 */
export async function buildImage(
  engine: Engine,
  image: string,
  { dockerfile, args, target, network }: BuildSpec,
  context: Readable,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  say(`Building ${image} from ${dockerfile}.`)
  try {
    const stream = await engine.buildImage(context, { image, dockerfile, args, target, network, labels }, signal)
    await followBuild(stream, say)
  } catch (cause) {
    const words = (cause instanceof Error ? cause.message : String(cause)).trim().slice(0, 1000)
    throw new BottleError(
      `The image could not be built: ${words}.`,
      `Look at ${dockerfile} and at what its steps printed above.`,
      { cause },
    )
  }
}
