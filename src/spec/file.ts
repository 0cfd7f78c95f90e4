import { readFileSync, realpathSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { BottleError } from '../errors.ts'

// Nobody writes so long a spec or list of authorities.
const longestFile = 1024 * 1024

/**
 * Reads a text file of the workspace; `what` begins the sentence that tells a mistake, `such` is an example of a good
 * one. Throws a BottleError when it is missing, no file (a pipe would never end), larger than 1 MiB, or when it (or a
 * link on its way) lies outside.
 */
export function readWorkspaceFile(workspace: string, path: string, what: string, such: string): string {
  const real = realPath(resolve(workspace, path), what)
  const inside = relative(realPath(workspace, 'The workspace'), real)
  if (inside === '' || inside.startsWith('..'))
    throw new BottleError(`${what} is outside the workspace.`, `Name a file of the checkout, such as ${such}.`)
  const found = statSync(real)
  if (!found.isFile() || found.size > longestFile)
    throw new BottleError(`${what} is no file of at most 1 MiB.`, `Name a file of the checkout, such as ${such}.`)
  try {
    return readFileSync(real, 'utf8')
  } catch (cause) {
    throw new BottleError(`${what} cannot be read.`, `Name a file of the checkout, such as ${such}.`, { cause })
  }
}

function realPath(path: string, what: string): string {
  try {
    return realpathSync(path)
  } catch (cause) {
    throw new BottleError(
      `${what} does not exist.`,
      'Check the path; it is read from the workspace, so check out the repository first.',
      { cause },
    )
  }
}
