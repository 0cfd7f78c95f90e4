import { realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import { BottleError } from '../errors.ts'
import type { ShellState } from './state.ts'

/** Where in the words behind `bottle` the runner put the script's path: the last one that is a file of this host. */
export function scriptAt(words: readonly string[]): number {
  const found = words.findLastIndex(word => isAbsolute(word) && isFile(word))
  if (found >= 0) return found
  throw new BottleError(
    'No script is named behind `bottle`.',
    'Write `shell: bottle {0}`, or with a program of the image: `shell: bottle python {0}`.',
  )
}

/**
 * The folder a step starts in, inside: where it would start outside, when that is in the workspace, and where the spec
 * says when it names none of its own. Throws a BottleError for a folder that is not in the bottle.
 */
export function folderInside({ workspace, job }: Pick<ShellState, 'workspace' | 'job'>, outside: string, root: string) {
  const path = relative(real(workspace ?? root), real(outside))
  if (path === '') return job.workdir
  if (workspace !== undefined && !path.startsWith('..') && !isAbsolute(path)) return `${workspace}/${path}`
  throw new BottleError(
    `The working directory ${outside} is not in the bottle.`,
    workspace === undefined
      ? 'The bottle does not see the workspace (`workspace: none`): take `working-directory` out.'
      : `Name a folder of the workspace ${workspace} as \`working-directory\`.`,
  )
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function real(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}
