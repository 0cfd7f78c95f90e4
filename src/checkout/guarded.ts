import { closeSync, constants, lstatSync, openSync } from 'node:fs'
import type { Header } from 'tar-stream'
import type { Descent } from './descent.ts'
import { isContentOf } from './new-content.ts'

/** Is the path one of the guarded, or below one? */
export function isGuarded(guarded: readonly string[], path: string): boolean {
  return guarded.some(one => path === one || path.startsWith(`${one}/`))
}

/** Is one of the guarded below the path? */
export function holdsGuarded(guarded: readonly string[], path: string): boolean {
  return guarded.some(one => one.startsWith(`${path}/`))
}

/**
 * Is a guarded entry that came back what it was when it was sent? `text` is what was sent in its place, when something
 * was; else it is the file that is here, on a way that follows no link.
 */
export async function isAsSent(
  way: Descent,
  path: string,
  { type, size = 0 }: Header,
  content: AsyncIterable<Buffer>,
  text: string | undefined,
): Promise<boolean> {
  const at = way.to(path)
  const found = at === undefined ? undefined : lstatSync(at, { throwIfNoEntry: false })
  if (type === 'directory') return found?.isDirectory() ?? false
  if (type !== 'file' || !at || !found?.isFile()) return false
  if (text !== undefined) return isText(text, size, content)
  if (found.size !== size) return false
  const known = openSync(at, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    return await isContentOf(known, content)
  } finally {
    closeSync(known)
  }
}

async function isText(text: string, size: number, content: AsyncIterable<Buffer>): Promise<boolean> {
  if (size !== Buffer.byteLength(text)) return false
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks).equals(Buffer.from(text))
}
