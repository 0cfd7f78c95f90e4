import { closeSync, constants, openSync } from 'node:fs'

/** A way to the entries of a tree that somebody else may have put links into, or may be changing at this moment. */
export interface Descent {
  /**
   * A path at which an entry can be used: its folder is open, and every folder on the way was opened from the one above
   * it, never through a link. Good until the next call. Undefined when something on the way is no folder.
   */
  to(path: string): string | undefined
  /** The same for a folder itself, to list it. */
  folder(path: string): string | undefined
  [Symbol.dispose](): void
}

const asFolder = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW

/** Opens a tree. What is at the root's own path is trusted. Node has no openat(2); Linux has /proc/self/fd for it. */
export function openDescent(root: string): Descent {
  const top = openSync(root, constants.O_RDONLY | constants.O_DIRECTORY)
  const open: { readonly name: string; readonly fd: number }[] = []
  const shut = (depth: number) => {
    for (const { fd } of open.splice(depth)) closeSync(fd)
  }
  const enter = (parts: readonly string[]): string | undefined => {
    const shared = parts.findIndex((name, at) => open[at]?.name !== name)
    shut(shared < 0 ? parts.length : shared)
    for (const name of parts.slice(open.length)) {
      try {
        open.push({ name, fd: openSync(`/proc/self/fd/${open.at(-1)?.fd ?? top}/${name}`, asFolder) })
      } catch (error) {
        if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
        throw error
      }
    }
    return `/proc/self/fd/${open.at(-1)?.fd ?? top}`
  }
  return {
    to(path) {
      const parts = path.split('/')
      const name = parts.pop() ?? ''
      const folder = enter(parts)
      return folder === undefined ? undefined : `${folder}/${name}`
    },
    folder: path => enter(path.split('/')),
    [Symbol.dispose]() {
      shut(0)
      closeSync(top)
    },
  }
}
