import type { Engine } from '../docker/engine.ts'
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
  /** Resolves when the log has ended: the sidecar stopped, or following it was cut. */
  readonly ended: Promise<void>
  /** What the gate last said beside its log: why it did not start. */
  complaint(): string
}

// A gate that logs megabytes on one line is cut there; its lines are at most a few hundred KB (facts/pipelock §7).
const longestLogLine = 1024 * 1024
const rememberedEvents = 200

/**
 * Follows the sidecar's log through the engine and hands every line of it to `record` as it comes.
 * Nothing is lost when the sidecar is removed, and nothing is read from a file the bottle could reach.
 */
export async function followGateLog(
  engine: Engine,
  sidecar: string,
  record: (line: string) => void | Promise<void>,
  signal: AbortSignal,
): Promise<GateLog> {
  const source = await engine.followLogs(sidecar, signal)
  const seen: GateEvent[] = []
  const waiting = new Set<(event: GateEvent | undefined) => void>()
  const said: string[] = []
  const onLine = async (line: string) => {
    await record(line)
    if (waiting.size === 0 && seen.length >= rememberedEvents) return
    const event = parseGateLine(line)
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
      for (const line of out.end()) await onLine(line)
    } catch (error) {
      if (!signal.aborted) said.push(`the log broke off: ${error instanceof Error ? error.message : String(error)}`)
    }
    for (const tell of waiting) tell(undefined)
  }
  const ended = read()
  let over = false
  ended.then(
    () => {
      over = true
    },
    () => {},
  )
  return {
    ended,
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
