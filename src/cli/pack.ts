import { findEngine } from '../docker/address.ts'
import { reachEngine } from '../docker/reach.ts'
import { BottleError } from '../errors.ts'
import { packPipelock } from '../gate/pack-pipelock.ts'
import type { Command } from './commands.ts'

/** `bottle pack-pipelock FILE`: an image of pipelock for hosts that cannot pull it. */
export const packCommand: Command = {
  usage: 'pack-pipelock FILE',
  about: 'Make a local image out of a pipelock program you downloaded, and print the line that uses it.',
  async run([file]) {
    if (!file)
      throw new BottleError('No file is given.', 'Run `bottle pack-pipelock FILE` with the unpacked pipelock program.')
    const { engine } = await reachEngine(findEngine(process.env))
    process.stdout.write(`pipelock-image: ${await packPipelock(engine, file)}\n`)
    return 0
  },
}
