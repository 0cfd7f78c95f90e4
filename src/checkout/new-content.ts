import { readSync, writeSync } from 'node:fs'

const piece = 256 * 1024

/**
 * Compares what comes with a file that is open, and writes it to another from where they differ: `begin` opens that one,
 * and is not called for the same content. `known` and `content` are of the same length.
 */
export async function newContent(
  known: number | undefined,
  content: AsyncIterable<Buffer>,
  begin: () => number,
): Promise<void> {
  let fresh = known === undefined ? begin() : undefined
  let same = 0
  for await (const chunk of content) {
    if (fresh === undefined && known !== undefined) {
      if (isAt(known, same, chunk)) {
        same += chunk.length
        continue
      }
      fresh = begin()
      copy(known, same, fresh)
    }
    if (fresh !== undefined) write(fresh, chunk)
  }
}

/** Is what comes the same as an open file of its length? */
export async function isContentOf(known: number, content: AsyncIterable<Buffer>): Promise<boolean> {
  let at = 0
  let same = true
  for await (const chunk of content) {
    same = same && isAt(known, at, chunk)
    at += chunk.length
  }
  return same
}

function isAt(file: number, position: number, chunk: Buffer): boolean {
  const there = Buffer.allocUnsafe(chunk.length)
  return read(file, there, position) === chunk.length && there.equals(chunk)
}

function copy(from: number, length: number, to: number): void {
  const buffer = Buffer.allocUnsafe(Math.min(length, piece))
  for (let at = 0; at < length; ) {
    const got = read(from, buffer.subarray(0, Math.min(buffer.length, length - at)), at)
    if (got === 0) throw new Error('a file of the workspace became shorter while it was compared')
    write(to, buffer.subarray(0, got))
    at += got
  }
}

function read(file: number, buffer: Buffer, position: number): number {
  let got = 0
  while (got < buffer.length) {
    const more = readSync(file, buffer, got, buffer.length - got, position + got)
    if (more === 0) break
    got += more
  }
  return got
}

function write(file: number, chunk: Buffer): void {
  for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at)
}
