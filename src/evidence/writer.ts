import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type GateEvent, parseGateLine, parseObject } from '../gate/events.ts'
import type { Redactor } from './redact.ts'
import type { Tally } from './summary.ts'
import { openTally } from './tally.ts'

/** The evidence of a run while it is being written. */
export interface Evidence {
  /** Takes one line of the gate's log. Lines are written in order; `close` waits for the last. */
  line(raw: string): Promise<void>
  close(): Promise<Tally>
}

// A scanner's line can repeat a pattern's name thousands of times (facts/pipelock §7): nobody reads past this.
const longestLine = 32 * 1024

/**
 * Opens a new evidence folder (mode 700; throws when it exists, so nobody can have put a link there) and writes
 * `events.jsonl` and `blocked.jsonl` (mode 600) as lines come, redacted, in constant memory.
 * Requests for `ignoreHosts` are the containment check's own and appear nowhere.
 */
export function openEvidence(folder: string, redactor: Redactor, ignoreHosts: readonly string[]): Evidence {
  mkdirSync(folder, { mode: 0o700 })
  const open = (name: string) => openSync(join(folder, name), 'wx', 0o600)
  const files = { events: open('events.jsonl'), blocked: open('blocked.jsonl') }
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
    const clean = await redactor.value(fields)
    writeSync(files.events, `${JSON.stringify(clean)}\n`)
    // Counted as it is written: whatever was hidden in a host name is hidden in every number made of it.
    const seen = parseGateLine(JSON.stringify(clean))
    if (!seen || isRepeated(seen, clean.event)) return
    tally.add(seen)
    if (seen.type === 'block') writeSync(files.blocked, `${JSON.stringify(blockedLine(seen))}\n`)
  }
  let last = Promise.resolve()
  return {
    line(raw) {
      last = last.then(() => take(raw))
      return last
    },
    async close() {
      await last
      closeSync(files.events)
      closeSync(files.blocked)
      return { ...tally.result(), unreadable }
    },
  }
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
