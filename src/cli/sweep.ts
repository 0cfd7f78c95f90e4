import { findEngine } from '../docker/address.ts'
import { reachEngine } from '../docker/reach.ts'
import { sweep } from '../docker/sweep.ts'
import type { Command } from './commands.ts'

/** `bottle sweep`: removes what dead runs have left in the engine. */
export const sweepCommand: Command = {
  usage: 'sweep',
  about: 'Remove what dead runs have left in the engine.',
  async run() {
    const { engine } = await reachEngine(findEngine(process.env))
    const removed = await sweep(engine, Date.now())
    const what =
      removed.length === 0 ? 'Nothing is left of dead runs.' : `Removed ${removed.length}: ${removed.join(', ')}.`
    process.stdout.write(`${what}\n`)
    return 0
  },
}
