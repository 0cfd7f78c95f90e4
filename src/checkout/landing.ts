import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  futimesSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
  statfsSync,
  symlinkSync,
} from 'node:fs'
import type { Header } from 'tar-stream'
import { BottleError } from '../errors.ts'
import type { Home } from './come-back.ts'
import { type Descent, openDescent } from './descent.ts'
import { isGuarded } from './guarded.ts'
import { newContent } from './new-content.ts'
import { type Ledger, openRemoval } from './removal.ts'

/** Puts entries of a workspace that came back into their places, each in one move; `end` says how many were new or different. */
export interface Landing {
  folder(path: string, head: Header): void
  file(path: string, head: Header, content: AsyncIterable<Buffer>): Promise<void>
  symlink(path: string, target: string): void
  /** A second name for a file that was sent, or has come before. */
  link(path: string, target: string | undefined): void
  /** Removes one entry; a folder only when it is empty. */
  remove(path: string): boolean
  end(): number
}

// What a machine needs to go on; the rest of its disk may be filled, as by an agent that works on it directly.
const reserve = 64 * 1024 * 1024
const forReading = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
const notSent = 'it was not sent, and something of that name is here'
const asRoot = process.getuid?.() === 0

/** Opens the workspace that entries land in. `way` leads to its places. */
export function openLanding(home: Home, way: Descent, { missing, refuse }: Ledger): Landing {
  const made = new Set<string>()
  const modes: { readonly path: string; readonly mode: number }[] = []
  let serial = 0

  /** What is at a path, unless nothing may land there: then that is said. */
  const place = (path: string): { at: string; found: Stats | undefined } | undefined => {
    const at = way.to(path)
    if (at === undefined) {
      refuse(path, 'its folder is none here')
      return undefined
    }
    const found = lstatSync(at, { throwIfNoEntry: false })
    if (!found || home.sent.has(path) || made.has(path)) return { at, found }
    refuse(path, notSent)
    return undefined
  }
  const { remove, clear } = openRemoval(home, way, { missing, refuse })
  const move = (path: string, staged: string, found: Stats | undefined) => {
    const isFree = !found?.isDirectory() || (clear(path) && remove(path))
    // Asked for anew: the way may have led elsewhere in the meantime.
    const at = isFree ? way.to(path) : undefined
    if (at === undefined) {
      rmSync(staged)
      return refuse(path, 'in its place is a folder with something that was not sent, or that git takes orders from')
    }
    renameSync(staged, at)
    made.add(path)
  }
  const staged = () => `${home.staging}/${serial++}`
  const settle = (fd: number, head: Header) => {
    fchmodSync(fd, modeOf(head))
    if (asRoot) fchownSync(fd, ...home.owner)
    if (head.mtime) futimesSync(fd, head.mtime, head.mtime)
  }
  const begin = (path: string, name: string, size: number) => {
    const { bavail, bsize } = statfsSync(home.staging)
    if (size > bavail * bsize - reserve) throw tooLarge(path, size)
    return openSync(name, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  }

  return {
    remove,
    folder(path, head) {
      const at = way.to(path)
      const found = at === undefined ? undefined : lstatSync(at, { throwIfNoEntry: false })
      const mode = modeOf(head)
      if (found?.isDirectory()) {
        if (home.sent.has(path) && (found.mode & 0o777) !== mode) modes.push({ path, mode })
        return
      }
      const there = place(path)
      if (!there) return
      const name = staged()
      mkdirSync(name, { mode: 0o700 })
      if (asRoot) lchownSync(name, ...home.owner)
      // A folder takes the place of nothing but an empty one.
      if (there.found) rmSync(there.at)
      modes.push({ path, mode })
      move(path, name, undefined)
    },
    async file(path, head, content) {
      const there = place(path)
      if (!there) return
      const { at, found } = there
      const size = head.size ?? 0
      const known = found?.isFile() && found.size === size ? openSync(at, forReading) : undefined
      const name = staged()
      let fresh: number | undefined
      try {
        await newContent(known, content, () => {
          fresh = begin(path, name, size)
          return fresh
        })
        if (fresh !== undefined) settle(fresh, head)
        else if (known !== undefined && ((found?.mode ?? 0) & 0o777) !== modeOf(head)) {
          fchmodSync(known, modeOf(head))
          made.add(path)
        }
      } finally {
        for (const fd of [known, fresh]) if (fd !== undefined) closeSync(fd)
      }
      if (fresh !== undefined) move(path, name, found)
    },
    symlink(path, target) {
      const there = place(path)
      if (!there || (there.found?.isSymbolicLink() && readlinkSync(there.at) === target)) return
      const name = staged()
      symlinkSync(target, name)
      if (asRoot) lchownSync(name, ...home.owner)
      move(path, name, there.found)
    },
    link(path, target) {
      const isKnown = target && !isGuarded(home.guarded, target) && (home.sent.has(target) || made.has(target))
      using other = openDescent(home.workspace)
      const from = isKnown && !missing.has(target) ? other.to(target) : undefined
      const first = from === undefined ? undefined : lstatSync(from, { throwIfNoEntry: false })
      if (!from || !first?.isFile()) return refuse(path, 'it is a second name of what did not come back')
      const there = place(path)
      if (!there || (there.found?.ino === first.ino && there.found.dev === first.dev)) return
      const name = staged()
      linkSync(from, name)
      move(path, name, there.found)
    },
    end() {
      // What is in a folder comes after it; one that is closed lets nobody in any more.
      for (const { path, mode } of modes.reverse()) {
        const folder = way.folder(path)
        const fd = folder === undefined ? undefined : openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY)
        if (fd === undefined) continue
        fchmodSync(fd, mode)
        closeSync(fd)
      }
      return made.size
    },
  }
}

// Nobody becomes somebody else by a file that an agent made.
function modeOf({ mode = 0 }: Header): number {
  return mode & 0o777
}

function tooLarge(path: string, size: number): BottleError {
  return new BottleError(
    `${path} came back with ${size} bytes, for which this disk has no room.`,
    'Make room on the disk of the workspace, or have the agent keep large files outside of it.',
  )
}
