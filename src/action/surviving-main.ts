import { setTimeout as pause } from 'node:timers/promises'
import { ownerLives, pidOf } from '../docker/owner.ts'

// What main does when it is told: kill the bottle, tear down, write the evidence.
const longestFarewell = 8_000
const betweenLooks = 20

/**
 * Ends a main step that outlived its cancellation: in a job container the runner's signal reaches only its own
 * `docker exec`, and the process inside works on while post runs (facts/platform §1.4). It is told first, and killed
 * when it does not end. Resolves with true when it was there and came to its own end: its evidence is whole.
 */
export async function endSurvivingMain(owner: string): Promise<boolean> {
  if (ownerLives(owner) !== true) return false
  process.kill(pidOf(owner), 'SIGTERM')
  const limit = performance.now() + longestFarewell
  while (ownerLives(owner)) {
    if (performance.now() > limit) {
      process.kill(pidOf(owner), 'SIGKILL')
      return false
    }
    await pause(betweenLooks)
  }
  return true
}
