import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isRepository, isWatched } from './watched.ts'

/** What a walk over a workspace saw: where git is obeyed, and the state of every file that tools take orders from. */
export interface Survey {
  /** Absolute paths named `.git`: folders, files and links. */
  readonly git: readonly GitEntry[]
  /** Paths relative to the workspace, each with a fingerprint that changes when the file does. */
  readonly seen: Readonly<Record<string, string>>
  /** False when there was more than is looked at. */
  readonly complete: boolean
}

/** Something called `.git`. */
export interface GitEntry {
  readonly path: string
  readonly kind: 'folder' | 'file' | 'other'
}

const mostEntries = 1_000_000

/** Walks a workspace without following links or entering git's own folders. What cannot be read is left out. */
export function surveyWorkspace(workspace: string): Survey {
  const git: GitEntry[] = []
  const seen: Record<string, string> = {}
  const folders = ['']
  let left = mostEntries
  while (folders.length > 0 && left > 0) {
    const folder = folders.pop() ?? ''
    const entries = listed(join(workspace, folder))
    left -= entries.length
    // A repository without a folder of its name is obeyed all the same by a git that is run in it.
    if (isRepository(entries.map(one => one.name))) seen[`${folder}/`] = 'repository'
    for (const entry of entries) {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.name === '.git') {
        const kind = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other'
        git.push({ path: join(workspace, path), kind })
        seen[`${path}/`] = kind
      } else if (entry.isDirectory()) folders.push(path)
      else if (isWatched(path)) seen[path] = fingerprint(join(workspace, path))
    }
  }
  return { git, seen, complete: left > 0 }
}

function listed(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

// The kernel sets the change time; nobody without a clock of their own can set it back.
function fingerprint(path: string): string {
  try {
    const { mode, ino, size, ctimeNs } = lstatSync(path, { bigint: true })
    return [mode, ino, size, ctimeNs].join(' ')
  } catch {
    return 'gone'
  }
}
