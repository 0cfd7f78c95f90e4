import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GateEvent, parseGateLine, parseObject } from '../gate/events.ts'
import { looksRandom } from './host-labels.ts'
import type { Redactor } from './redact.ts'
import type { Tally } from './summary.ts'
import { openTally } from './tally.ts'

/** The evidence of a run while it is being written. */
export interface Evidence {
  /** Takes one line of the gate's log. Lines are written in order; rejects from the first that cannot be written on. */
  line(raw: string): Promise<void>
  /** Waits for the last line, and gives back the room that was held for the summary. Never rejects. */
  close(): Promise<Tally>
}

// A scanner's line can repeat a pattern's name thousands of times (facts/pipelock §7): nobody reads past this.
const longestLine = 32 * 1024
// A disk that fills up while the agent runs must not cost the summary: as much is taken at the start as it may need.
const reserved = 256 * 1024

/**
 * Opens a new evidence folder (mode 700; throws when it exists, so nobody can have put a link there) and writes
 * `events.jsonl` and `blocked.jsonl` (mode 600) as lines come, redacted, in constant memory.
 * Requests for `ignoreHosts` are the containment check's own and appear nowhere.
 */
export function openEvidence(folder: string, redactor: Redactor, ignoreHosts: readonly string[]): Evidence {
  mkdirSync(folder, { mode: 0o700 })
  const files = { events: openLines(folder, 'events.jsonl'), blocked: openLines(folder, 'blocked.jsonl') }
  const reserve = join(folder, 'reserve')
  writeFileSync(reserve, Buffer.alloc(reserved), { mode: 0o600, flag: 'wx' })
  const tally = openTally()
  const isRepeated = repeatedBlocks()
  let unreadable = 0
  const take = async (raw: string) => {
    const line = raw.slice(0, longestLine)
    const event = parseGateLine(line)
    if (event && 'host' in event && ignoreHosts.includes(event.host)) return
    const fields = parseObject(line)
    if (!fields) {
      if (line.trim() !== '') unreadable += 1
      return
    }
    const clean = await redactor.value(withoutOddHeader(fields))
    files.events.write(clean)
    // Counted as it is written: whatever was hidden in a host name is hidden in every number made of it.
    const seen = parseGateLine(JSON.stringify(clean))
    if (!seen || isRepeated(seen, clean.event)) return
    tally.add(seen)
    if (seen.type === 'block') files.blocked.write(blockedLine(seen))
  }
  let last = Promise.resolve()
  return {
    line(raw) {
      last = last.then(() => take(raw))
      return last
    },
    async close() {
      await last.catch(() => {})
      for (const file of Object.values(files)) file.close()
      rmSync(reserve, { force: true })
      return { ...tally.result(), unreadable }
    },
  }
}

/** A new file of JSON lines, each of them there whole or not at all. */
function openLines(folder: string, name: string): { write(value: object): void; close(): void } {
  const file = openSync(join(folder, name), 'wx', 0o600)
  let length = 0
  return {
    write(value) {
      const line = Buffer.from(`${JSON.stringify(value)}\n`)
      try {
        // Writes on until all is written, which `writeSync` does not.
        writeFileSync(file, line)
        length += line.length
      } catch (error) {
        ftruncateSync(file, length)
        throw error
      }
    },
    close: () => closeSync(file),
  }
}

// The name of a header is the client's own words, and pipelock changes its case: a token in it has lost its form.
function withoutOddHeader(fields: Record<string, unknown>): Record<string, unknown> {
  const { header } = fields
  return typeof header === 'string' && looksRandom(header) ? { ...fields, header: '***' } : fields
}

const remembered = 4096

// Some versions write a `blocked` line after the DLP line of the same request: that is one block, not two. A `blocked`
// line of its own is a block of its own: all the requests of a tunnel that is looked into have one id (pipelock 2.3).
function repeatedBlocks(): (event: GateEvent, name: unknown) => boolean {
  const recent = new Set<string>()
  return (event, name) => {
    if (event.type !== 'block' || !/^(body|header)_dlp$/.test(event.scanner)) return false
    const key = `${event.requestId} ${event.clientIp}`
    if (event.requestId === '') return false
    if (name === 'blocked') return recent.delete(key)
    if (recent.has(key)) return true
    recent.add(key)
    if (recent.size > remembered) recent.delete(recent.values().next().value ?? '')
    return false
  }
}

function blockedLine({ at, host, port, method, kind, scanner, reason }: GateEvent & { type: 'block' }): object {
  return { at, host, port, method, kind, scanner, reason }
}
