import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import ignored from '@balena/dockerignore'
import { type Headers, type PackOptions, pack } from 'tar-fs'
import { BottleError } from '../errors.ts'
import { digestOf } from '../plan/digest.ts'
import type { BuildSpec } from '../spec/build.ts'

// What is a function is typed as a module that holds one.
const dockerignore = ignored as unknown as typeof ignored.default

/** An image to be built: its name, which says what goes into it, and the tar of the context, read anew at each call. */
export interface BuildContext {
  readonly image: string
  tar(): Readable
}

/**
 * Looks at what a build would be made of: the context's files as `.dockerignore` leaves them, the Dockerfile, arguments
 * and target. `.git` is never part of it: a checkout may keep credentials there. Throws a BottleError for a context or a
 * Dockerfile that is not in the workspace.
 */
export async function buildContext(workspace: string, build: BuildSpec, place: string): Promise<BuildContext> {
  const folder = folderOf(workspace, build, place)
  const isIgnored = ignoreOf(folder, build.dockerfile)
  const tar = () =>
    pack(folder, {
      ignore: (path: string) => isIgnored(path.slice(folder.length + 1)),
      map: alike,
      sort: true,
    } as PackOptions) as unknown as Readable
  const hash = createHash('sha256').update(digestOf(build))
  for await (const chunk of tar()) hash.update(chunk as Buffer)
  return { image: `bottle-build:${hash.digest('hex').slice(0, 16)}`, tar }
}

function folderOf(workspace: string, { context, dockerfile }: BuildSpec, place: string): string {
  const wrong = (what: string) =>
    new BottleError(`${place}: ${what}.`, 'Name a folder of the checkout, and a Dockerfile inside it.')
  const root = realpathSync(workspace)
  let folder: string
  try {
    folder = realpathSync(join(workspace, context))
    if (!statSync(folder).isDirectory()) throw wrong(`build.context ${context} is not a folder`)
  } catch (cause) {
    if (cause instanceof BottleError) throw cause
    throw wrong(`build.context ${context} does not exist`)
  }
  const isInside = (path: string, of: string) => path === of || path.startsWith(`${of}/`)
  if (!isInside(folder, root)) throw wrong(`build.context ${context} leads out of the workspace`)
  const file = join(folder, dockerfile)
  if (!existsSync(file)) throw wrong(`build.dockerfile ${dockerfile} does not exist in ${context}`)
  if (!isInside(realpathSync(file), folder)) throw wrong(`build.dockerfile ${dockerfile} leads out of its context`)
  return folder
}

// As Docker reads it: the Dockerfile's own list of exceptions comes before the folder's, and is never left out itself.
function ignoreOf(folder: string, dockerfile: string): (path: string) => boolean {
  const list = [`${dockerfile}.dockerignore`, '.dockerignore'].map(name => join(folder, name)).find(existsSync)
  const rules = dockerignore({ ignorecase: false })
  const text = list ? readFileSync(list, 'utf8') : ''
  rules.add(text)
  // An exception may lie in a folder that is left out: then every folder is walked through.
  const excepts = /^\s*!/m.test(text)
  const kept = [dockerfile, '.dockerignore', `${dockerfile}.dockerignore`]
  return path => {
    if (path === '.git' || path.startsWith('.git/') || path.endsWith('/.git') || path.includes('/.git/')) return true
    // A folder that leads to the Dockerfile is walked through whatever the list says of it.
    if (kept.some(one => one === path || one.startsWith(`${path}/`))) return false
    return (
      path !== '' &&
      rules.ignores(path) &&
      !(excepts && statSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory())
    )
  }
}

// The same files are the same image, whoever owns them and whenever they were checked out.
function alike(header: Headers): Headers {
  return { ...header, uid: 0, gid: 0, mtime: new Date(0) }
}
