import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** Where a suggestion goes: a spec file of a repository, or the step in the workflow. */
export type Changeable =
  | {
      readonly kind: 'file'
      /** The repository's folder in the workspace, or `.`; and the file's path in it. */
      readonly repository: string
      readonly path: string
      /** The file before the agent could touch it. */
      readonly text: string
      allowing(hosts: readonly string[]): string
      /** Does the file as it is allow that host already? */
      allows(host: string): boolean
    }
  | { readonly kind: 'workflow'; readonly allow: string | undefined }

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
