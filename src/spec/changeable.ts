import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** The text of a spec, and the path in it of the bottle that is meant; empty for the document itself. */
export interface Editable {
  readonly text: string
  readonly base: readonly PropertyKey[]
}

/** Where a suggestion goes: a spec file of a repository, or the step in the workflow. */
export type Changeable =
  | {
      readonly kind: 'file'
      /** The repository's folder in the workspace, or `.`; and the file's path in it. */
      readonly repository: string
      readonly path: string
      /** The file before the agent could touch it. */
      readonly spec: Editable
      /** What the file as it is allows already. */
      readonly allowed: readonly string[]
    }
  | { readonly kind: 'workflow'; readonly allow: string | undefined }

/** All that is needed to suggest what to allow, as plain data: a job's suggestion is made by another process. */
export interface Suggestible {
  /** The spec that the run was planned from. */
  readonly spec: Editable
  readonly changeable: Changeable
}

/**
 * Where a file of the workspace really is: the nearest folder above it that holds a `.git`, and its path from there,
 * links followed (git does not write through them). A file that is not there is taken by its name.
 */
export function placeInRepository(workspace: string, written: string): { repository: string; path: string } {
  const root = real(resolve(workspace))
  const path = real(resolve(root, written))
  const folders = [dirname(path)]
  while (folders.at(-1) !== root && folders.length < 100) folders.push(dirname(folders.at(-1) ?? root))
  const repository = folders.find(folder => existsSync(join(folder, '.git'))) ?? root
  return { repository: relative(root, repository) || '.', path: relative(repository, path) }
}

function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
