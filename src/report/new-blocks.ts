import { count } from '../evidence/verdict.ts'
import type { BlockKind, GateEvent } from '../gate/events.ts'
import { kindWords } from './kinds.ts'
import { plain } from './plain-text.ts'

/** Tells of blocks while the agent runs. */
export interface NewBlocks {
  take(event: GateEvent): void
  /** Says how many hosts went unsaid. */
  end(): void
}

const mostAtOnce = 5
const msBetween = 2000
const mostLines = 100
const mostHosts = 10_000
const widest = 40

/**
 * Says one line for each host that is blocked for the first time: `bottle: blocked evil.test:443 (not allowed)`, 80
 * columns at most. Five lines at once, then one every two seconds, a hundred in all; the rest is counted and said at the
 * end. Takes redacted events; what is left of a host's name is made plain.
 */
export function newBlocks(say: (line: string) => void, now: () => number = Date.now): NewBlocks {
  const known = new Set<string>()
  let [allowance, at, said, unsaid] = [mostAtOnce, now(), 0, 0]
  const mayspeak = () => {
    const passed = now() - at
    at += passed
    allowance = Math.min(mostAtOnce, allowance + passed / msBetween)
    if (allowance < 1 || said >= mostLines) return false
    allowance -= 1
    said += 1
    return true
  }
  return {
    take(event) {
      if (event.type !== 'block' || known.has(event.host)) return
      // Beyond that nobody reads on, and a host may be counted again.
      if (known.size < mostHosts) known.add(event.host)
      if (mayspeak())
        say(
          `bottle: blocked ${placeOf(event.host, event.port)} (${words(event.kind)}${event.expected ? ', expected' : ''})`,
        )
      else unsaid += 1
    },
    end() {
      if (unsaid > 0) say(`bottle: blocked ${count(unsaid, 'more host')}; the evidence lists them`)
      unsaid = 0
    },
  }
}

function placeOf(host: string, port: number | undefined): string {
  const name = plain(host)
  const short = name.length > widest ? `…${name.slice(1 - widest)}` : name
  return port === undefined ? short : `${short}:${port}`
}

function words(kind: BlockKind): string {
  return kindWords[kind]
}
