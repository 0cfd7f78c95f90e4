import { Transform } from 'node:stream'

/**
 * A stream that replaces texts by others of the same length, wherever the chunks are cut. It holds back only what may
 * yet become one of them: an answer that comes in events is passed on event by event.
 */
export function replacing(pairs: readonly (readonly [string, string])[]): Transform {
  const all = pairs.map(([from, to]) => [Buffer.from(from), Buffer.from(to)] as const)
  if (all.some(([from, to]) => from.length !== to.length || from.length === 0))
    throw new Error('a text can only be replaced by one of its length')
  let held = Buffer.alloc(0)
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const data = Buffer.concat([held, chunk])
      for (const [from, to] of all)
        for (let at = data.indexOf(from); at >= 0; at = data.indexOf(from, at + from.length)) to.copy(data, at)
      const keep = Math.max(0, ...all.map(([from]) => beginsAtEnd(data, from)))
      held = data.subarray(data.length - keep)
      done(null, data.subarray(0, data.length - keep))
    },
    flush(done) {
      done(null, held)
    },
  })
}

/** The same for a text that is whole. */
export function replaced(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((all, [from, to]) => all.replaceAll(from, () => to), text)
}

// How many of the last bytes are the beginning of the text, but not all of it.
function beginsAtEnd(data: Buffer, text: Buffer): number {
  for (let length = Math.min(text.length - 1, data.length); length > 0; length--)
    if (data.subarray(data.length - length).equals(text.subarray(0, length))) return length
  return 0
}
