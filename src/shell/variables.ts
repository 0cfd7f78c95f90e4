import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { variablesFile } from '../plan/folders.ts'

/** What the steps before this one set for those inside: variables by name, and folders in front of PATH, newest first. */
export interface Variables {
  readonly set: ReadonlyMap<string, string>
  readonly path: readonly string[]
}

const longestVariables = 4 * 1024 * 1024

/** Reads what earlier steps set, out of a file that the bottle does not see. */
export function readVariables(scratch: string): Variables {
  const set = new Map<string, string>()
  const path: string[] = []
  for (const line of linesOf(join(scratch, variablesFile))) {
    const one = JSON.parse(line) as { name?: string; value?: string; folder?: string }
    if (one.folder !== undefined) path.unshift(one.folder)
    else if (one.name !== undefined) set.set(one.name, one.value ?? '')
  }
  return { set, path: [...new Set(path)] }
}

/** Adds what a step set: whole lines at the end, since two steps of a job may run at once. */
export function addVariables(
  scratch: string,
  variables: readonly (readonly [string, string])[],
  path: readonly string[],
): void {
  const lines = [
    ...variables.map(([name, value]) => JSON.stringify({ name, value })),
    ...path.map(folder => JSON.stringify({ folder })),
  ]
  if (lines.length > 0)
    appendFileSync(join(scratch, variablesFile), lines.map(line => `${line}\n`).join(''), { mode: 0o600 })
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').slice(0, longestVariables).split('\n').slice(0, -1)
  } catch {
    return []
  }
}
