import { chmodSync, lstatSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Survey } from './checkout/survey.ts'
import { BottleError } from './errors.ts'
import type { RunId } from './plan/names.ts'
import type { Plan } from './plan/plan.ts'
import type { Placeholder } from './plan/repositories.ts'
import { sshFolder } from './plan/ssh.ts'
import { placeSshPrograms } from './ssh-programs.ts'

const made = 'placeholders.json'

/** Where the survey of a writable workspace is kept, below the run's folder and out of the bottle's sight. */
export const surveyFile = 'survey.json'

/** The run's own folder below the runner's temp folder. */
export function scratchOf(temp: string, runId: RunId): string {
  return join(temp, `bottle-${runId}`)
}

/** Where a run's evidence is written, and stays after the run. */
export function evidenceFolder(scratch: string): string {
  return join(scratch, 'evidence')
}

/** The file that the agent writes its outputs to, on the host. */
export function outputOf(scratch: string): string {
  return join(scratch, 'output')
}

/**
 * Makes the run's own folder: mode 700, with the files that the bottle sees read-only. Throws when it exists already,
 * so nobody can have put a link there before us. `survey` is what the workspace was before.
 */
export function makeScratch(plan: Plan, survey?: Survey): void {
  mkdirSync(plan.scratch, { mode: 0o700 })
  const inside = join(plan.scratch, 'inside')
  mkdirSync(inside, { mode: 0o755 })
  for (const [name, text] of Object.entries(plan.files))
    writeFileSync(join(inside, name), text, { mode: 0o644, flag: 'wx' })
  if (plan.ssh) placeSshPrograms(join(inside, sshFolder))
  if (plan.outputs.length > 0) {
    writeFileSync(outputOf(plan.scratch), '', { flag: 'wx' })
    // Whoever the agent runs as; nobody else gets into the folder.
    chmodSync(outputOf(plan.scratch), 0o666)
  }
  // Written down first: whoever finds this folder can undo what was made, however main ended.
  writeFileSync(join(plan.scratch, made), JSON.stringify(plan.placeholders), { mode: 0o600, flag: 'wx' })
  for (const one of plan.placeholders) makePlaceholder(one)
  if (survey && plan.workspaceAccess === 'rw')
    writeFileSync(join(plan.scratch, surveyFile), JSON.stringify(survey), { mode: 0o600, flag: 'wx' })
}

/** Removes what the bottle saw of the run's folder, and the placeholders; the evidence stays. Idempotent. */
export function clearScratch(scratch: string): void {
  for (const one of placeholdersOf(scratch)) removePlaceholder(one)
  rmSync(outputOf(scratch), { force: true })
  for (const name of [made, surveyFile]) rmSync(join(scratch, name), { force: true })
  rmSync(join(scratch, 'inside'), { recursive: true, force: true })
}

function makePlaceholder({ path, text }: Placeholder): void {
  try {
    if (text === undefined) mkdirSync(path, { recursive: true })
    else if (!lstatSync(path, { throwIfNoEntry: false })) writeFileSync(path, text, { flag: 'wx' })
  } catch (cause) {
    throw new BottleError(
      `${path} could not be made, so the agent could be the first to make it: ${(cause as Error).message}.`,
      "Give the checkout to the runner's user, or set `workspace: ro`.",
      { cause },
    )
  }
}

// Only what is still as it was made: a later step may have put something of its own there.
function removePlaceholder({ path, text }: Placeholder): void {
  try {
    if (text === undefined) rmdirSync(path)
    else if (lstatSync(path).isFile() && readFileSync(path, 'utf8') === text) rmSync(path)
  } catch {
    // It has gone, or holds something by now.
  }
}

function placeholdersOf(scratch: string): readonly Placeholder[] {
  try {
    return JSON.parse(readFileSync(join(scratch, made), 'utf8')) as Placeholder[]
  } catch {
    return []
  }
}
