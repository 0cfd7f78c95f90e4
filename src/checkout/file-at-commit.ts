import type { ReadObject } from './git-object.ts'

/** A file of a commit: its text, or why there is none. `no-commit`: the repository does not hold the commit at all. */
export type FileAtCommit =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'no-commit' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'outside' }

interface Entry {
  readonly mode: string
  readonly id: string
}

const mostLinks = 8

/**
 * Reads a file as a commit has it. `path` is relative to the repository's root. A symbolic link is followed inside the
 * commit's own tree, never in the checkout; one that leads out of it is `outside`.
 */
export async function fileAtCommit(read: ReadObject, commit: string, path: string): Promise<FileAtCommit> {
  const text = (await read(commit, 'commit'))?.toString('utf8')
  const root = /^tree ([0-9a-f]+)$/m.exec(text ?? '')?.[1]
  if (!root) return { kind: 'no-commit' }
  const folders = [root]
  const parts = path.split('/')
  for (let links = 0; parts.length > 0; ) {
    const part = parts.shift() ?? ''
    if (part === '' || part === '.') continue
    if (part === '..') {
      folders.pop()
      if (folders.length === 0) return { kind: 'outside' }
      continue
    }
    const entry = entriesOf(await read(folders.at(-1) ?? root, 'tree'), root.length / 2).get(part)
    if (entry?.mode === '40000') folders.push(entry.id)
    else if (entry?.mode === '120000') {
      const target = (await read(entry.id, 'blob'))?.toString('utf8') ?? ''
      if (target.startsWith('/') || ++links > mostLinks) return { kind: 'outside' }
      parts.unshift(...target.split('/'))
    } else if (entry?.mode.startsWith('100') && parts.length === 0) {
      const data = await read(entry.id, 'blob')
      return data ? { kind: 'text', text: data.toString('utf8') } : { kind: 'no-commit' }
    } else return { kind: 'missing' }
  }
  return { kind: 'missing' }
}

// A tree is a row of `mode name NUL id`, the id as raw bytes (git's documentation, gitformat-tree).
function entriesOf(tree: Buffer | undefined, idBytes: number): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (let at = 0; tree && at < tree.length; ) {
    const blank = tree.indexOf(0x20, at)
    const end = tree.indexOf(0, blank)
    if (blank < 0 || end < 0) break
    const id = tree.subarray(end + 1, end + 1 + idBytes).toString('hex')
    entries.set(tree.toString('utf8', blank + 1, end), { mode: tree.toString('utf8', at, blank), id })
    at = end + 1 + idBytes
  }
  return entries
}
