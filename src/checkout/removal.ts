import { lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import type { Home } from './come-back.ts'
import type { Descent } from './descent.ts'
import { holdsGuarded } from './guarded.ts'

/** What is known of the whole: what was sent and has not come yet, and who is told of what is not taken. */
export interface Ledger {
  readonly missing: Set<string>
  refuse(path: string, why: string): void
}

/** Removes from a workspace what was sent to it, and nothing else. */
export interface Removal {
  /** Removes one entry; a folder only when it is empty. */
  remove(path: string): boolean
  /** Empties a folder of what was sent; false when there is more in it. */
  clear(path: string): boolean
}

/** Opens the workspace that something is gone from. `way` leads to its places. */
export function openRemoval(home: Home, way: Descent, { missing, refuse }: Ledger): Removal {
  const remove = (path: string): boolean => {
    const at = way.to(path)
    const found = at === undefined ? undefined : lstatSync(at, { throwIfNoEntry: false })
    if (!at || !found) return false
    try {
      if (found.isDirectory()) rmdirSync(at)
      else rmSync(at)
      return true
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // A folder that holds what was never sent stays.
      if (code !== 'ENOTEMPTY') refuse(path, `it could not be removed (${code})`)
      return false
    }
  }
  const clear = (path: string): boolean => {
    const folder = holdsGuarded(home.guarded, path) ? undefined : way.folder(path)
    if (folder === undefined) return false
    const inside = readdirSync(folder, { withFileTypes: true })
    return inside.every(entry => {
      const one = `${path}/${entry.name}`
      missing.delete(one)
      return home.sent.has(one) && (!entry.isDirectory() || clear(one)) && remove(one)
    })
  }
  return { remove, clear }
}
