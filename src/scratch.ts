import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePlaceholders, removePlaceholders } from './checkout/placeholders.ts'
import type { Survey } from './checkout/survey.ts'
import { jobFolder, stepsFolder } from './plan/job.ts'
import type { RunId } from './plan/names.ts'
import type { Plan } from './plan/plan.ts'
import { sshFolder } from './plan/ssh.ts'
import { placeSshPrograms } from './ssh-programs.ts'

/** Where the survey of a writable workspace is kept, below the run's folder and out of the bottle's sight. */
export const surveyFile = 'survey.json'

/** What a bottle of a whole job keeps for its steps below the run's folder, out of the bottle's sight. */
export const shellFolder = 'shell'
export const stepsFile = 'steps.jsonl'
export const variablesFile = 'variables.jsonl'
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
  removeWritable(join(scratch, jobFolder))
  for (const name of jobFiles) rmSync(join(scratch, name), { recursive: true, force: true })
  rmSync(join(scratch, 'inside'), { recursive: true, force: true })
}

// A step inside may have taken away its own rights to what it made there: they are given back, without following links.
function removeWritable(folder: string): void {
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
