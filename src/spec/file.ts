import { readFileSync, realpathSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { BottleError } from '../errors.ts'

/** Reads a spec file of the workspace. Throws when it is missing, or when it (or a link on its way) lies outside. */
export function readSpecFile(workspace: string, path: string): string {
  const real = realPath(resolve(workspace, path), path)
  const inside = relative(realPath(workspace, workspace), real)
  if (inside === '' || inside.startsWith('..')) {
    throw new BottleError(
      `The spec file ${path} is outside the workspace.`,
      'Name a file of the checkout, such as `spec-file: .github/bottle.yml`.',
    )
  }
  return readFileSync(real, 'utf8')
}

function realPath(path: string, written: string): string {
  try {
    return realpathSync(path)
  } catch (cause) {
    throw new BottleError(
      `The spec file ${written} does not exist.`,
      'Check the path; it is read from the workspace, so check out the repository first.',
      { cause },
    )
  }
}
