import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, type Header } from 'tar-stream'
import { BottleError } from '../errors.ts'
import { carriedFolders } from '../plan/travel.ts'
import { openDescent } from './descent.ts'
import { holdsGuarded, isAsSent, isGuarded } from './guarded.ts'
import { type Landing, openLanding } from './landing.ts'

/** Where a workspace comes back to. */
export interface Home {
  readonly workspace: string
  /** Paths that were sent, relative to the workspace. */
  readonly sent: ReadonlySet<string>
  /** Paths of which nothing is taken, nor of what is below them; and the texts that were sent in the place of some. */
  readonly guarded: readonly string[]
  readonly inPlace: ReadonlyMap<string, string>
  /** Whom what is made belongs to: uid and gid. */
  readonly owner: readonly [number, number]
  /** A folder on the workspace's own file system, where a file is until it is whole. */
  readonly staging: string
}

/** What came back: how many entries were made or changed, how many removed, and what was not taken, each with the reason. */
export interface CameBack {
  readonly changed: number
  readonly removed: number
  readonly refused: readonly { readonly path: string; readonly why: string }[]
  readonly refusedCount: number
}

const mostNamed = 100
const mostEntries = 1_000_000
// What a file system answers; what becomes of the connection is told as it is.
const placing = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'EXDEV',
  'ENAMETOOLONG',
  'EMFILE',
  'EBUSY',
  'EIO',
])
const ofGit = 'git takes orders from it'

/**
 * Takes the tar of a workspace that travelled, entry by entry, and makes the workspace here the same: what is new or
 * different is put in its place in one move, what was sent and is missing is removed, everything else is left alone.
 * The tar is hostile: nothing is written outside of the workspace or through a link, nothing is taken but files,
 * folders and links, no setuid bits, nothing of what git takes orders from, and nothing over what was not sent. Throws
 * a BottleError when it does not fit on the disk, and the stream's own error when it breaks off; nothing is removed then.
 */
export async function comeBack(archive: Readable, home: Home): Promise<CameBack> {
  using way = openDescent(home.workspace)
  const refused: { path: string; why: string }[] = []
  let refusedCount = 0
  const refuse = (path: string, why: string) => {
    refusedCount += 1
    if (refused.length < mostNamed) refused.push({ path, why })
  }
  const missing = new Set(home.sent)
  const landing = openLanding(home, way, { missing, refuse })
  const take = async (path: string, head: Header, content: AsyncIterable<Buffer>) => {
    missing.delete(path)
    if (isGuarded(home.guarded, path)) {
      const known = home.sent.has(path) && (await isAsSent(way, path, head, content, home.inPlace.get(path)))
      if (!known) refuse(path, ofGit)
    } else
      await land(landing, path, head, content, refuse).catch(error => {
        throw placing.has(error.code) ? notPlaced(path, error) : error
      })
  }
  const reader = extract()
  const arriving = pipeline(archive, reader as unknown as NodeJS.WritableStream)
  // The loop below hears of it first, and a stream that is given up says so once more.
  arriving.catch(() => {})
  archive.on('error', () => {})
  let entries = 0
  for await (const entry of reader) {
    if (++entries > mostEntries) throw tooMany(home.workspace)
    const path = pathOf(entry.header.name)
    if (path === undefined) refuse(entry.header.name, 'its name is none of a path in the workspace, or not UTF-8')
    else if (path !== '') await take(path, entry.header, entry as unknown as AsyncIterable<Buffer>)
    entry.resume()
  }
  await arriving
  if (entries === 0) throw new Error('the engine sent an empty archive of the workspace')
  let removed = 0
  // What is in a folder goes before it.
  for (const path of [...missing].sort().reverse()) {
    if (isGuarded(home.guarded, path)) refuse(path, ofGit)
    else if (!holdsGuarded(home.guarded, path) && landing.remove(path)) removed += 1
  }
  return { changed: landing.end(), removed, refused, refusedCount }
}

async function land(
  landing: Landing,
  path: string,
  head: Header,
  content: AsyncIterable<Buffer>,
  refuse: (path: string, why: string) => void,
): Promise<void> {
  if (head.type === 'directory') landing.folder(path, head)
  else if (head.type === 'file') await landing.file(path, head, content)
  else if (head.type === 'symlink') landing.symlink(path, head.linkname ?? '')
  else if (head.type === 'link') landing.link(path, pathOf(head.linkname ?? ''))
  else refuse(path, 'it is a pipe or a device')
}

/** The path in the workspace of a name in the tar, which begins with the name of the folder; undefined for one that leads elsewhere. */
export function pathOf(name: string): string | undefined {
  const [top, ...parts] = name.replace(/\/$/, '').split('/')
  const isOdd = parts.some(part => ['', '.', '..'].includes(part)) || /[\0\ufffd]/.test(name)
  return isOdd || top !== carriedFolders.workspace ? undefined : parts.join('/')
}

function tooMany(workspace: string): BottleError {
  return new BottleError(
    `More than ${mostEntries} files came back for ${workspace}.`,
    'Have the agent keep what it makes outside of the workspace, or remove it.',
  )
}

function notPlaced(path: string, cause: NodeJS.ErrnoException): BottleError {
  return new BottleError(
    `${path} came back and could not be put in its place (${cause.code}).`,
    "Give the checkout to the runner's user, and room on its disk.",
    { cause },
  )
}
