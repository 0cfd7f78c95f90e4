import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { BottleError } from '../errors.ts'
import type { Placeholder } from '../plan/repositories.ts'

const claimed = 'placeholders.json'
// Claimed no more, and not removed yet: of two runs that end at once neither waits for the other, and a run that is
// killed between the two is finished by whoever finds this.
const ending = 'placeholders.ending.json'

/**
 * Makes a run's placeholders. They are written down in its folder first: whoever finds that can undo what was made,
 * however main ended, and another bottle on the same workspace leaves them alone.
 */
export function makePlaceholders(scratch: string, placeholders: readonly Placeholder[]): void {
  writeFileSync(join(scratch, claimed), JSON.stringify(placeholders), { mode: 0o600, flag: 'wx' })
  for (const one of placeholders) make(one)
}

/** Removes a run's placeholders, but for folders, what is no longer as it was made, and what another run still needs. */
export function removePlaceholders(scratch: string): void {
  const [before, after] = [join(scratch, claimed), join(scratch, ending)]
  if (existsSync(before)) renameSync(before, after)
  const theirs = new Set(siblings(scratch).flatMap(one => listed(join(one, claimed)).map(({ path }) => path)))
  for (const one of listed(after)) if (!theirs.has(one.path)) remove(one)
  rmSync(after, { force: true })
}

function make({ path, text }: Placeholder): void {
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

// Removing what a running bottle has mounted takes the mount away from under it: the last run to end does it.
function remove({ path, text }: Placeholder): void {
  if (text === undefined) return
  try {
    if (lstatSync(path).isFile() && readFileSync(path, 'utf8') === text) rmSync(path)
  } catch {
    // It has gone.
  }
}

// All runs of a job have their folders side by side.
function siblings(scratch: string): string[] {
  try {
    const names = readdirSync(dirname(scratch)).filter(name => name.startsWith('bottle-') && name !== basename(scratch))
    return names.map(name => join(dirname(scratch), name))
  } catch {
    return []
  }
}

function listed(file: string): readonly Placeholder[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Placeholder[]
  } catch {
    return []
  }
}
