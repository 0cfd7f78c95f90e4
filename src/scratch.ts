import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePlaceholders, removePlaceholders } from './checkout/placeholders.ts'
import type { Survey } from './checkout/survey.ts'
import { jobFolder, shellFolder, stepsFile, stepsFolder, variablesFile } from './plan/folders.ts'
import type { RunId } from './plan/names.ts'
import type { Plan } from './plan/plan.ts'
import { sshFolder } from './plan/ssh.ts'
import { placeSshPrograms } from './ssh-programs.ts'

/** Where the survey of a writable workspace is kept, below the run's folder and out of the bottle's sight. */
export const surveyFile = 'survey.json'

const jobFiles = [shellFolder, stepsFile, variablesFile]

/** The run's own folder below the runner's temp folder. */
export function scratchOf(temp: string, runId: RunId): string {
  return join(temp, `bottle-${runId}`)
}

/** Where a run's evidence is written, and stays after the run. */
export function evidenceFolder(scratch: string): string {
  return join(scratch, 'evidence')
}

/** Where post writes the evidence anew, before it takes the other's place. */
export function evidenceAnew(scratch: string): string {
  return join(scratch, 'evidence-anew')
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
  if (plan.job) {
    for (const name of [stepsFolder, jobFolder]) mkdirSync(join(inside, name), { mode: 0o755 })
    mkdirSync(join(plan.scratch, jobFolder), { mode: 0o755 })
  } else if (plan.outputs.length > 0) {
    writeFileSync(outputOf(plan.scratch), '', { flag: 'wx' })
    // Whoever the agent runs as; nobody else gets into the folder.
    chmodSync(outputOf(plan.scratch), 0o666)
  }
  makePlaceholders(plan.scratch, plan.placeholders)
  if (survey && plan.workspaceAccess === 'rw')
    writeFileSync(join(plan.scratch, surveyFile), JSON.stringify(survey), { mode: 0o600, flag: 'wx' })
}

/** Removes what the bottle saw of the run's folder, and the placeholders; the evidence stays. Idempotent. */
export function clearScratch(scratch: string): void {
  removePlaceholders(scratch)
  rmSync(outputOf(scratch), { force: true })
  rmSync(evidenceAnew(scratch), { recursive: true, force: true })
  rmSync(join(scratch, surveyFile), { force: true })
  for (const name of jobFiles) rmSync(join(scratch, name), { recursive: true, force: true })
  rmSync(join(scratch, 'inside'), { recursive: true, force: true })
}

/**
 * Removes what the steps of a job could write to outside of the workspace. Only when the bottle is gone: a folder that
 * something in it still writes to may turn into a link at any moment. Idempotent.
 */
export function clearJob(scratch: string): void {
  const folder = join(scratch, jobFolder)
  // A step may have taken away its own rights to what it made there: they are given back.
  const openAll = (path: string) => {
    chmodSync(path, 0o700)
    for (const one of readdirSync(path, { withFileTypes: true })) if (one.isDirectory()) openAll(join(path, one.name))
  }
  try {
    if (existsSync(folder)) openAll(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
