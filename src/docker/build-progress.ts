import type { Readable } from 'node:stream'
import { lineSplitter } from './lines.ts'

/**
 * Reads the stream of a build to its end and says what happens, a line each: which step begins, and what its commands
 * print. Throws the error that the engine reports inside a 200 answer.
 */
export async function followBuild(stream: Readable, say: (line: string) => void): Promise<void> {
  const split = lineSplitter()
  const output = lineSplitter()
  const begun = new Set<string>()
  const take = (line: string) => {
    const message = objectOf(line)
    if (typeof message.error === 'string') throw new Error(message.error)
    if (typeof message.stream === 'string') for (const one of output.push(Buffer.from(message.stream))) tell(one)
    if (message.id !== 'moby.buildkit.trace' || typeof message.aux !== 'string') return
    const { steps, printed } = traceOf(Buffer.from(message.aux, 'base64'))
    for (const step of steps.filter(one => !one.startsWith('[internal]') && !begun.has(one))) {
      begun.add(step)
      tell(step)
    }
    for (const text of printed) for (const one of output.push(text)) tell(one)
  }
  const tell = (text: string) => {
    if (text.trim() !== '') say(text.trimEnd())
  }
  for await (const chunk of stream) for (const line of split.push(chunk as Buffer)) take(line)
  for (const line of split.end()) take(line)
  for (const line of output.end()) tell(line)
}

function objectOf(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line)
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** The begun steps' names and the commands' output in one message of BuildKit (moby/buildkit api/services/control). */
function traceOf(message: Buffer): { steps: string[]; printed: Buffer[] } {
  const steps: string[] = []
  const printed: Buffer[] = []
  for (const { field, data } of fieldsOf(message)) {
    const inner = new Map(fieldsOf(data).map(one => [one.field, one.data]))
    // StatusResponse: vertexes (1: name 3, started 5), statuses (2), logs (3: msg 4).
    if (field === 1 && inner.has(5)) steps.push(inner.get(3)?.toString('utf8') ?? '')
    if (field === 3) printed.push(inner.get(4) ?? Buffer.alloc(0))
  }
  return { steps, printed }
}

// The length-delimited fields of a protocol buffer; numbers are stepped over. What does not parse ends the list.
function fieldsOf(message: Buffer): { field: number; data: Buffer }[] {
  const found: { field: number; data: Buffer }[] = []
  let at = 0
  const varint = () => {
    let value = 0
    for (let shift = 0; shift < 35 && at < message.length; shift += 7) {
      const byte = message[at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    return value
  }
  while (at < message.length) {
    const key = varint()
    const [field, kind] = [Math.floor(key / 8), key % 8]
    if (kind === 0) while (at < message.length && (message[at++] ?? 0) >= 0x80);
    else if (kind === 2) {
      const length = varint()
      if (at + length > message.length) break
      found.push({ field, data: message.subarray(at, at + length) })
      at += length
    } else if (kind === 1 || kind === 5) at += kind === 1 ? 8 : 4
    else break
  }
  return found
}
