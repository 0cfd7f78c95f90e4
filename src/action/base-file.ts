import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileAtCommit } from '../checkout/file-at-commit.ts'
import { gitObjects } from '../checkout/git-object.ts'
import { BottleError } from '../errors.ts'
import { contentsOf } from './contents-api.ts'
import type { Base } from './judged.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * A file that decides on the policy, as the base commit has it: from the checkout's objects when they hold that commit,
 * else from GitHub with the job's token. The checked-out files are not looked at: whoever wrote them is being judged.
 * `what` begins the sentences of a mistake. Throws a BottleError when the file is not there, or nobody can be asked.
 */
export async function fileAtBase(
  written: string,
  what: string,
  base: Base,
  token: string,
  env: Environment,
): Promise<{ text: string; file: string }> {
  const workspace = resolve(env.GITHUB_WORKSPACE ?? process.cwd())
  const path = resolve(workspace, written)
  if (!path.startsWith(`${workspace}/`)) throw leaves(what, base)
  const roots = repositoryRoots(workspace, path)
  for (const root of roots) {
    const found = await fileAtCommit(gitObjects(join(root, '.git'), env.PATH), base.commit, relative(root, path))
    if (found.kind === 'text') return named(found.text, written, base)
    if (found.kind === 'missing') throw missing(what, base)
    if (found.kind === 'outside') throw leaves(what, base)
  }
  if (token === '') throw unknownBase(what, base)
  const at = { api: env.GITHUB_API_URL ?? 'https://api.github.com', repository: env.GITHUB_REPOSITORY ?? '', token }
  const text = await contentsOf(at, base.commit, relative(roots.at(-1) ?? workspace, path))
  if (text === undefined) throw missing(what, base)
  return named(text, written, base)
}

// The folders from the file's own up to the workspace that hold a `.git`, nearest first.
function repositoryRoots(workspace: string, path: string): string[] {
  const folders = [dirname(path)]
  while (folders.at(-1) !== workspace) folders.push(dirname(folders.at(-1) ?? workspace))
  return folders.filter(folder => existsSync(join(folder, '.git')))
}

function named(text: string, written: string, { commit }: Base) {
  return { text, file: `${written}@${commit.slice(0, 7)}` }
}

function missing(what: string, { event, commit }: Base): BottleError {
  return new BottleError(
    `${what} does not exist at the base commit ${commit.slice(0, 7)}, where it is read from on ${event}.`,
    'Merge the file first, write the spec into the workflow (`spec:`), or say `trust: head`.',
  )
}

function leaves(what: string, { commit }: Base): BottleError {
  return new BottleError(
    `${what} leads out of the repository at the base commit ${commit.slice(0, 7)}.`,
    'Name a file of the repository, such as `spec-file: .github/bottle.yml`.',
  )
}

function unknownBase(what: string, { event, commit }: Base): BottleError {
  return new BottleError(
    `${what} is read from the base commit ${commit.slice(0, 7)} on ${event}, which this checkout does not hold, and there is no token to ask GitHub with.`,
    'Check out with `fetch-depth: 0`, leave the input `token` at its default, or say `trust: head`.',
  )
}
