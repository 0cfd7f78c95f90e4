import type { Readable } from 'node:stream'
import { lineSplitter } from '../docker/lines.ts'
import { demultiplex } from '../docker/output.ts'
import { BottleError } from '../errors.ts'
import { type GateEvent, parseGateLine } from '../gate/events.ts'
import type { Plan } from '../plan/plan.ts'
import { gateMode } from '../plan/policy.ts'

/** The gate's log, followed live from its first line on. */
export interface GateLog {
  /** Resolves with the first event that fits, now or later; rejects when the log ends without one. */
  first(fits: (event: GateEvent) => boolean): Promise<GateEvent>
  /** Resolves when the log has ended (the sidecar stopped, or following it was cut) with why it broke off, if it did. */
  readonly ended: Promise<string | undefined>
  /** Did the gate say itself that it stopped? Then nothing of the log is missing. */
  isWhole(): boolean
  /** Takes a second copy of the whole log, as the engine kept it, for the lines that the first one lacks. */
  complete(copy: Readable): Promise<void>
  /** What the gate last said beside its log: why it did not start. */
  complaint(): string
}

// A gate that logs megabytes on one line is cut there; its lines are at most a few hundred KB (facts/pipelock §7).
const longestLogLine = 1024 * 1024
const rememberedEvents = 200

/**
 * Follows the sidecar's output, attached to before it started, and hands every line of its log to `record` as it comes.
 * Nothing is lost when the sidecar is removed or the engine's disk is full, nothing is read from a file the bottle could
 * reach, and a gate whose lines nobody takes is held back. When `record` rejects, the log has broken off.
 */
export function followGateLog(
  source: Readable,
  record: (line: string) => void | Promise<void>,
  signal: AbortSignal,
): GateLog {
  const seen: GateEvent[] = []
  const waiting = new Set<(event: GateEvent | undefined) => void>()
  const said: string[] = []
  let [taken, whole] = [0, false]
  const onLine = async (line: string) => {
    try {
      await record(line)
    } catch (cause) {
      throw new Error(`it could not be kept: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
    taken += 1
    // Nobody waits for most lines, and there may be a million of them.
    if (waiting.size === 0 && seen.length >= rememberedEvents && !line.includes('"shutdown"')) return
    const event = parseGateLine(line)
    if (event?.type === 'shutdown') whole = true
    if (!event) return
    if (seen.length < rememberedEvents) seen.push(event)
    for (const tell of waiting) tell(event)
  }
  const read = async () => {
    const out = lineSplitter(longestLogLine)
    const err = lineSplitter()
    try {
      for await (const { stream, data } of demultiplex(source)) {
        if (stream === 'stdout') for (const line of out.push(data)) await onLine(line)
        else said.push(...err.push(data))
        said.splice(0, said.length - 20)
      }
      // A last line without its end is half a line: the engine's copy has the other half.
      return undefined
    } catch (error) {
      return signal.aborted ? undefined : `its log broke off: ${error instanceof Error ? error.message : String(error)}`
    } finally {
      for (const tell of waiting) tell(undefined)
    }
  }
  const ended = read()
  let over = false
  void ended.then(() => {
    over = true
  })
  return {
    ended,
    isWhole: () => whole,
    async complete(copy) {
      let known = taken
      const out = lineSplitter(longestLogLine)
      const take = async (lines: readonly string[]) => {
        for (const line of lines) if (known-- <= 0) await onLine(line)
      }
      for await (const { stream, data } of demultiplex(copy)) if (stream === 'stdout') await take(out.push(data))
      await take(out.end())
    },
    complaint: () =>
      said
        .filter(line => !/^WARNING/i.test(line.trim()))
        .join(' ')
        .slice(-1000),
    first: fits =>
      new Promise((resolve, reject) => {
        const known = seen.find(fits)
        if (known) return resolve(known)
        const lost = () => reject(new Error('the gate stopped before it logged what was waited for'))
        if (over) return lost()
        const tell = (event: GateEvent | undefined) => {
          if (event && !fits(event)) return
          waiting.delete(tell)
          if (event) resolve(event)
          else lost()
        }
        waiting.add(tell)
      }),
  }
}

/**
 * Checks the gate's first line against the plan: the mode, the version and the sha256 of the configuration it read.
 * Throws a BottleError on any difference: a gate that runs something else guards nothing.
 */
export function checkStartup(plan: Plan, event: GateEvent & { type: 'startup' }): void {
  const expected: [string, string | undefined, string][] = [
    ['mode', gateMode(plan.mode), event.mode],
    ['configuration', plan.policyDigest, event.configHash],
    ['version', plan.gate.version, event.version],
  ]
  for (const [what, planned, said] of expected) {
    if (planned === undefined || planned === said) continue
    throw new BottleError(
      `The gate ${plan.gate.name} started with ${what} ${JSON.stringify(said)} instead of ${JSON.stringify(planned)}.`,
      `Check that ${plan.gate.image} is the image you mean (\`pipelock-image\`).`,
    )
  }
}
