import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileAtCommit } from '../checkout/file-at-commit.ts'
import { gitObjects } from '../checkout/git-object.ts'
import { BottleError } from '../errors.ts'
import { contentsOf } from './contents-api.ts'
import type { Base } from './judged.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The spec file as the base commit has it: from the checkout's objects when they hold that commit, else from GitHub
 * with the job's token. The checked-out files are not looked at: whoever wrote them is being judged.
 * Throws a BottleError when the file is not there, or nobody can be asked. `file` names it in messages.
 */
export async function specAtBase(
  specFile: string,
  base: Base,
  token: string,
  env: Environment,
): Promise<{ text: string; file: string }> {
  const workspace = resolve(env.GITHUB_WORKSPACE ?? process.cwd())
  const path = resolve(workspace, specFile)
  if (!path.startsWith(`${workspace}/`)) throw leaves(specFile, base)
  const roots = repositoryRoots(workspace, path)
  for (const root of roots) {
    const found = await fileAtCommit(gitObjects(join(root, '.git'), env.PATH), base.commit, relative(root, path))
    if (found.kind === 'text') return named(found.text, specFile, base)
    if (found.kind === 'missing') throw missing(specFile, base)
    if (found.kind === 'outside') throw leaves(specFile, base)
  }
  if (token === '') throw unknownBase(base)
  const at = { api: env.GITHUB_API_URL ?? 'https://api.github.com', repository: env.GITHUB_REPOSITORY ?? '', token }
  const text = await contentsOf(at, base.commit, relative(roots.at(-1) ?? workspace, path))
  if (text === undefined) throw missing(specFile, base)
  return named(text, specFile, base)
}

// The folders from the file's own up to the workspace that hold a `.git`, nearest first.
function repositoryRoots(workspace: string, path: string): string[] {
  const folders = [dirname(path)]
  while (folders.at(-1) !== workspace) folders.push(dirname(folders.at(-1) ?? workspace))
  return folders.filter(folder => existsSync(join(folder, '.git')))
}

function named(text: string, specFile: string, { commit }: Base) {
  return { text, file: `${specFile}@${commit.slice(0, 7)}` }
}

function missing(specFile: string, { event, commit }: Base): BottleError {
  return new BottleError(
    `The spec file ${specFile} does not exist at the base commit ${commit.slice(0, 7)}, where it is read from on ${event}.`,
    'Merge the file first, write the spec into the workflow (`spec:`), or say `trust: head`.',
  )
}

function leaves(specFile: string, { commit }: Base): BottleError {
  return new BottleError(
    `The spec file ${specFile} leads out of the repository at the base commit ${commit.slice(0, 7)}.`,
    'Name a file of the repository, such as `spec-file: .github/bottle.yml`.',
  )
}

function unknownBase({ event, commit }: Base): BottleError {
  return new BottleError(
    `On ${event} the spec is read from the base commit ${commit.slice(0, 7)}, which this checkout does not hold, and there is no token to ask GitHub with.`,
    'Check out with `fetch-depth: 0`, leave the input `token` at its default, or say `trust: head`.',
  )
}
