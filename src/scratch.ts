import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunId } from './plan/names.ts'
import type { Plan } from './plan/plan.ts'
import { sshFolder } from './plan/ssh.ts'
import { placeSshPrograms } from './ssh-programs.ts'

/** The run's own folder below the runner's temp folder. */
export function scratchOf(temp: string, runId: RunId): string {
  return join(temp, `bottle-${runId}`)
}

/** Where a run's evidence is written, and stays after the run. */
export function evidenceFolder(scratch: string): string {
  return join(scratch, 'evidence')
}

/**
 * Makes the run's own folder: mode 700, with the files that the bottle sees read-only. Throws when it exists already,
 * so nobody can have put a link there before us.
 */
export function makeScratch(plan: Plan): void {
  mkdirSync(plan.scratch, { mode: 0o700 })
  const inside = join(plan.scratch, 'inside')
  mkdirSync(inside, { mode: 0o755 })
  for (const [name, text] of Object.entries(plan.files))
    writeFileSync(join(inside, name), text, { mode: 0o644, flag: 'wx' })
  if (plan.ssh) placeSshPrograms(join(inside, sshFolder))
  // git looks for hooks here; a folder that is missing could otherwise be made, and filled, from inside.
  if (plan.files['git-config'] !== undefined) mkdirSync(join(plan.workspace, '.git/hooks'), { recursive: true })
}

/** Removes what the bottle saw of the run's folder; the evidence stays. Idempotent. */
export function clearScratch(scratch: string): void {
  rmSync(join(scratch, 'inside'), { recursive: true, force: true })
}
