/** A piece of a container's output: what it wrote, and where. */
export interface Piece {
  readonly stream: 'stdout' | 'stderr'
  readonly data: Buffer
}

const header = 8

/**
 * Takes the engine's framing apart: 8 bytes of header (stream, 0, 0, 0, length as u32be), then the payload.
 * Frames are joined per chunk, never recursed over, and the source is read only as fast as the pieces are taken,
 * so hostile output (millions of one-byte frames) costs constant memory. dockerode's own overflows the stack on it.
 */
export async function* demultiplex(source: AsyncIterable<Buffer | string>): AsyncGenerator<Piece> {
  let head: Buffer = Buffer.alloc(0)
  let stream: Piece['stream'] = 'stdout'
  let left = 0
  for await (const chunk of source) {
    const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    let pending: { stream: Piece['stream']; parts: Buffer[] } | undefined
    let at = 0
    while (at < data.length) {
      if (left === 0) {
        const need = header - head.length
        const part = data.subarray(at, at + need)
        head = head.length === 0 && part.length === header ? part : Buffer.concat([head, part])
        at += part.length
        if (head.length < header) break
        stream = head[0] === 2 ? 'stderr' : 'stdout'
        left = head.readUInt32BE(4)
        head = Buffer.alloc(0)
        continue
      }
      const part = data.subarray(at, at + left)
      at += part.length
      left -= part.length
      if (pending && pending.stream !== stream) {
        yield { stream: pending.stream, data: Buffer.concat(pending.parts) }
        pending = undefined
      }
      pending ??= { stream, parts: [] }
      pending.parts.push(part)
    }
    if (pending) yield { stream: pending.stream, data: Buffer.concat(pending.parts) }
  }
}
