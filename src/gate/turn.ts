import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ownerLives, ownerOfThisProcess } from '../docker/owner.ts'

const longestWait = 30_000
const betweenLooks = 50

/**
 * Has one process of this machine do what many want done at the same moment, while the others wait until it is done:
 * forty bottles that start together on a new host would pack forty gates. Only spares work: whoever waits too long, or
 * finds that the worker has died, or cannot write the note, does it as well. `name` is that of a file in the temp folder.
 */
export async function inTurn(name: string, isDone: () => Promise<boolean>, work: () => Promise<void>): Promise<void> {
  const note = join(tmpdir(), name)
  const limit = performance.now() + longestWait
  while (!claim(note)) {
    if (await isDone()) return
    if (performance.now() > limit || ownerLives(ownerIn(note)) === false) break
    await pause(betweenLooks)
  }
  try {
    if (!(await isDone())) await work()
  } finally {
    forget(note)
  }
}

// One that another user left in a shared temp folder stays, and costs the next who comes nothing.
function forget(note: string): void {
  try {
    rmSync(note, { force: true })
  } catch {}
}

function claim(note: string): boolean {
  try {
    writeFileSync(note, ownerOfThisProcess(), { flag: 'wx', mode: 0o644 })
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EEXIST'
  }
}

function ownerIn(note: string): string {
  try {
    return readFileSync(note, 'utf8')
  } catch {
    return ''
  }
}
