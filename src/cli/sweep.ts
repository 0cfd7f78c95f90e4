import { findEngine } from '../docker/address.ts'
import { reachEngine } from '../docker/reach.ts'
import { sweep } from '../docker/sweep.ts'
import { sweepScratch } from '../scratch.ts'
import type { Command } from './commands.ts'

/** `bottle sweep`: removes what dead runs have left in the engine and in their folders; their evidence stays. */
export const sweepCommand: Command = {
  usage: 'sweep',
  about: 'Remove what dead runs have left in the engine and in their folders.',
  async run() {
    const { engine } = await reachEngine(findEngine(process.env))
    const inEngine = await sweep(engine, Date.now())
    const folders = await sweepScratch(engine, process.env.RUNNER_TEMP ?? '/tmp')
    const removed = [...new Set([...inEngine, ...folders])]
    const what =
      removed.length === 0 ? 'Nothing is left of dead runs.' : `Removed ${removed.length}: ${removed.join(', ')}.`
    process.stdout.write(`${what}\n`)
    return 0
  },
}
