import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { lendWorkspace, returnWorkspace } from './checkout/lending.ts'
import { makePlaceholders, removePlaceholders } from './checkout/placeholders.ts'
import type { Survey } from './checkout/survey.ts'
import type { Engine } from './docker/engine.ts'
import { isAbandoned } from './docker/owner.ts'
import { listRun } from './docker/teardown.ts'
import { reserveFile } from './evidence/writer.ts'
import { jobFolder, shellFolder, stepsFile, stepsFolder, variablesFile } from './plan/folders.ts'
import { parseRunId, type RunId } from './plan/names.ts'
import type { Plan } from './plan/plan.ts'
import { sshFolder } from './plan/ssh.ts'
import { placeSshPrograms } from './ssh-programs.ts'

/** Where the survey of a writable workspace is kept, below the run's folder and out of the bottle's sight. */
export const surveyFile = 'survey.json'

/** Names the folder in the workspace in which what came back is until it is whole. */
export const stagingFile = 'staging'

/** What post needs to suggest something (suggest.ts), below the run's folder and out of the bottle's sight. */
export const suggestFile = 'suggest-from.json'

/** Says whose a run's folder is, as the label of its objects does: the first file in it. */
const ownerFile = 'owner'

const ownFiles = [shellFolder, stepsFile, variablesFile, suggestFile]

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
  writeFileSync(join(plan.scratch, ownerFile), plan.owner, { mode: 0o600, flag: 'wx' })
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
  if (plan.loan) lendWorkspace(plan.scratch, plan.loan)
  if (survey && plan.workspaceAccess === 'rw')
    writeFileSync(join(plan.scratch, surveyFile), JSON.stringify(survey), { mode: 0o600, flag: 'wx' })
}

/** Removes what the bottle saw of the run's folder, and the placeholders; the evidence stays. Idempotent. */
export function clearScratch(scratch: string): void {
  clearInside(scratch)
  rmSync(join(scratch, surveyFile), { force: true })
}

/**
 * Clears the folders of dead runs below a temp folder: those that this user made, whose owner has ended, and of which the
 * engine has nothing any more (what a bottle has mounted is not taken from under it). The evidence stays, and so does the
 * survey: a post that is still to come compares the workspace with it. Resolves with their run ids.
 */
export async function sweepScratch(engine: Engine, temp: string): Promise<RunId[]> {
  const swept: RunId[] = []
  for (const name of readdirSync(temp)) {
    const [, id] = /^bottle-([0-9a-f]{12})$/.exec(name) ?? []
    if (id === undefined || ownerOf(join(temp, name)) !== 'dead') continue
    const runId = parseRunId(id)
    if ((await listRun(engine, runId)).length > 0) continue
    clearInside(join(temp, name))
    clearJob(join(temp, name))
    swept.push(runId)
  }
  return swept
}

function clearInside(scratch: string): void {
  returnWorkspace(scratch)
  removePlaceholders(scratch)
  removeStaging(scratch)
  rmSync(outputOf(scratch), { force: true })
  rmSync(evidenceAnew(scratch), { recursive: true, force: true })
  // The room that was held for the summary of a main that was killed before it wrote one.
  rmSync(join(evidenceFolder(scratch), reserveFile), { force: true })
  for (const name of ownFiles) rmSync(join(scratch, name), { recursive: true, force: true })
  rmSync(join(scratch, 'inside'), { recursive: true, force: true })
  rmSync(join(scratch, ownerFile), { force: true })
}

function removeStaging(scratch: string): void {
  const file = join(scratch, stagingFile)
  if (!existsSync(file)) return
  const staging = readFileSync(file, 'utf8')
  if (basename(staging).startsWith('.bottle-')) rmSync(staging, { recursive: true, force: true })
  rmSync(file, { force: true })
}

// The temp folder may be everybody's: a folder that somebody else could have made says nothing.
function ownerOf(scratch: string): 'dead' | undefined {
  try {
    const { uid, mode } = lstatSync(scratch)
    if (uid !== process.getuid?.() || (mode & 0o777) !== 0o700) return undefined
    return isAbandoned(readFileSync(join(scratch, ownerFile), 'utf8'), false) ? 'dead' : undefined
  } catch {
    return undefined
  }
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
