import type { Header, Pack } from 'tar-stream'

/** An entry's header, as far as it has to be said. */
export type Head = Pick<Header, 'name'> & Partial<Header>

const nothing = Buffer.alloc(0)
// What is in a tar's queue at most: so many entries, or of larger ones as few as are as long as they.
const queued = new WeakMap<Pack, number>()
const mostQueued = 200
const perEntry = 32 * 1024
const piece = 256 * 1024

/**
 * Adds an entry with its content to a tar, which takes them one after the other. Waits only when many are queued: to wait
 * for each would take longer than to write it. What goes wrong with one that nobody waits for ends the tar.
 */
export function add(tar: Pack, head: Head, content = nothing): Promise<void> | undefined {
  const waiting = (queued.get(tar) ?? 0) + 1 + Math.floor(content.length / perEntry)
  queued.set(tar, waiting % mostQueued)
  if (waiting < mostQueued) {
    tar.entry(head, content, () => {})
    return undefined
  }
  return new Promise((resolve, reject) => {
    tar.entry(head, content, error => (error ? reject(error) : resolve()))
  })
}

/** A tar in pieces of a size worth sending: one of small files is a multitude of small buffers. */
export async function* inPieces(tar: Pack): AsyncIterable<Buffer> {
  let held: Buffer[] = []
  let bytes = 0
  for await (const chunk of tar as AsyncIterable<unknown> as AsyncIterable<Buffer>) {
    held.push(chunk)
    bytes += chunk.length
    if (bytes < piece) continue
    yield Buffer.concat(held)
    held = []
    bytes = 0
  }
  yield Buffer.concat(held)
}
