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
  let begun: Buffer | undefined
  let stream: Piece['stream'] = 'stdout'
  let left = 0
  for await (const chunk of source) {
    const fresh = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    const data: Buffer = begun ? Buffer.concat([begun, fresh]) : fresh
    begun = undefined
    // The payloads of a chunk one behind the other: a view of each would be garbage, and a line is often a frame.
    let joined = Buffer.allocUnsafe(data.length)
    let length = 0
    let of: Piece['stream'] = stream
    for (let at = 0; at < data.length; ) {
      if (left === 0) {
        if (data.length - at < header) {
          begun = data.subarray(at)
          break
        }
        stream = data[at] === 2 ? 'stderr' : 'stdout'
        left = data.readUInt32BE(at + 4)
        at += header
        continue
      }
      if (length > 0 && of !== stream) {
        yield { stream: of, data: joined.subarray(0, length) }
        joined = joined.subarray(length)
        length = 0
      }
      of = stream
      const part = Math.min(left, data.length - at)
      data.copy(joined, length, at, at + part)
      length += part
      at += part
      left -= part
    }
    if (length > 0) yield { stream: of, data: joined.subarray(0, length) }
  }
}
