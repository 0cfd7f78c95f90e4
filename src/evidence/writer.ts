import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { type Block, eventOf, type GateEvent, hostOf, parseObject, place } from '../gate/events.ts'
import { looksRandom } from './host-labels.ts'
import { type Kept, openLineFile, type SizeLimit } from './line-file.ts'
import type { Redactor } from './redact.ts'
import { remembered } from './remembered.ts'
import { shortened } from './shortened.ts'
import type { Tally, Truncated } from './summary.ts'
import { openTally } from './tally.ts'

/** The evidence of a run while it is being written. */
export interface Evidence {
  /** Takes one line of the gate's log. Throws when it cannot be written. */
  line(raw: string): void
  /** Gives back the room that was held for the summary. Never throws: what could not be written is a log that broke off. */
  close(): Tally
}

/** How large the evidence's files of lines may become, in bytes; docs/evidence.md says it. */
export const evidenceLimits: Readonly<Record<'events' | 'blocked', SizeLimit>> = {
  events: { whole: 16 * 1024 * 1024, most: 24 * 1024 * 1024 },
  blocked: { whole: 8 * 1024 * 1024, most: 12 * 1024 * 1024 },
}

// A scanner's line can repeat a pattern's name thousands of times (facts/pipelock §7): nobody reads past this.
const longestLine = 32 * 1024
const places = { most: 4096, longest: 512 }
// A disk that fills up while the agent runs must not cost the summary: as much is taken at the start as it may need.
const reserved = 256 * 1024
/** The name of the file that takes it; it is gone when the evidence is closed. */
export const reserveFile = 'reserve'

/**
 * Opens a new evidence folder (mode 700; throws when it exists, so nobody can have put a link there) and writes
 * `events.jsonl` and `blocked.jsonl` (mode 600) as lines come, redacted, in constant memory and up to `limits`; what is
 * counted is exact whatever is written. Requests for `ignoreHosts` are the containment check's own and appear nowhere.
 * `seen` is told every event that was counted, redacted. `expected` says of a host whether blocks of it are meant.
 */
export function openEvidence(
  folder: string,
  redactor: Redactor,
  ignoreHosts: readonly string[],
  {
    seen,
    limits = evidenceLimits,
    expected = () => false,
  }: {
    seen?: (event: GateEvent) => void
    limits?: typeof evidenceLimits
    expected?: (host: string) => boolean
  } = {},
): Evidence {
  mkdirSync(folder, { mode: 0o700 })
  // A log makes garbage by the gigabyte: V8 would give it ever more room (measured: 60 MiB), and be no faster for it.
  setFlagsFromString('--semi-space-growth-factor=1')
  const reserve = join(folder, reserveFile)
  writeFileSync(reserve, Buffer.alloc(reserved), { mode: 0o600, flag: 'wx' })
  const events = openLineFile(join(folder, 'events.jsonl'), limits.events)
  const blocked = openLineFile(join(folder, 'blocked.jsonl'), limits.blocked)
  const tally = openTally()
  const placeOf = remembered(place, places.most, places.longest)
  const isRepeated = repeatedBlocks()
  let unreadable = 0
  return {
    line(raw) {
      const given = parseObject(raw)
      if (!given) {
        if (raw.trim() !== '') unreadable += 1
        return
      }
      const asked = hostOf(given, placeOf)
      if (ignoreHosts.includes(asked)) return
      const fields = withoutOddHeader(raw.length > longestLine ? shortened(given, redactor) : given)
      // Counted as it is written: whatever was hidden in a host name is hidden in every number made of it.
      const told = eventOf(fields, redactor.text, placeOf)
      // By the name that was asked for: what is hidden of it fits no list.
      const counted =
        told?.type === 'block' && isMeant(told, asked, expected) ? { ...told, expected: true as const } : told
      const host = counted && 'host' in counted ? counted.host : ''
      const kind = counted?.type === 'block' ? counted.kind : String(fields.event)
      events.write(() => JSON.stringify(redactor.value(fields)), kind, host)
      if (!counted || isRepeated(counted, fields.event)) return
      tally.add(counted)
      if (counted.type === 'block') blocked.write(() => JSON.stringify(blockedLine(counted)), kind, host)
      seen?.(counted)
    },
    close() {
      const [allEvents, allBlocked] = [events.close(), blocked.close()]
      const truncated = [...shortage('events.jsonl', allEvents), ...shortage('blocked.jsonl', allBlocked)]
      rmSync(reserve, { force: true })
      const tallied = tally.result()
      return {
        ...tallied,
        unreadable,
        shutdownSeen: tallied.shutdownSeen && !allEvents.isBroken && !allBlocked.isBroken,
        ...(truncated.length > 0 ? { truncated } : {}),
      }
    },
  }
}

// The name of a header is the client's own words, and pipelock changes its case: a token in it has lost its form.
function withoutOddHeader(fields: Record<string, unknown>): Record<string, unknown> {
  const { header } = fields
  return typeof header === 'string' && looksRandom(header) ? { ...fields, header: '***' } : fields
}

function shortage(file: string, { lines, written }: Kept): Truncated[] {
  return written < lines ? [{ file, lines, written }] : []
}

const mostRecent = 4096

// Some versions write a `blocked` line after the DLP line of the same request: that is one block, not two. A `blocked`
// line of its own is a block of its own: all the requests of a tunnel that is looked into have one id (pipelock 2.3).
function repeatedBlocks(): (event: GateEvent, name: unknown) => boolean {
  const recent = new Set<string>()
  return (event, name) => {
    if (event.type !== 'block' || (event.scanner !== 'body_dlp' && event.scanner !== 'header_dlp')) return false
    const key = event.requestId
    if (key === '') return false
    if (name === 'blocked') return recent.delete(key)
    if (recent.has(key)) return true
    recent.add(key)
    if (recent.size > mostRecent) recent.delete(recent.values().next().value ?? '')
    return false
  }
}

// A secret, or a name that carries data, is meant by nobody.
function isMeant({ kind }: Block, asked: string, expected: (host: string) => boolean): boolean {
  return (kind === 'not-allowed' || kind === 'private-address') && expected(asked)
}

function blockedLine(block: GateEvent & { type: 'block' }): object {
  const { at, host, port, method, kind, scanner, reason, secret, expected } = block
  return { at, host, port, method, kind, scanner, reason, secret, expected }
}
