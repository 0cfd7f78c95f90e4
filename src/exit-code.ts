import type { Outcome, Summary } from './evidence/summary.ts'
import { failureOf } from './evidence/verdict.ts'

// What shells report for a command that was ended from outside: 128 + the signal's number, 124 after a timeout.
const cancelledCodes: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 }

/** The exit code of the step: the run's, or 1 when the agent ended well and a block makes the step fail. */
export function stepExitCodeOf(summary: Pick<Summary, 'outcome' | 'counts' | 'failOn'>): number {
  const code = exitCodeOf(summary.outcome.end)
  return code === 0 && failureOf(summary) ? 1 : code
}

/** The exit code of a run: the agent's own, or what shells use when it did not end by itself. 1 when it never ran. */
export function exitCodeOf(end: Outcome['end']): number {
  if (end.kind === 'exited') return end.code
  if (end.kind === 'timed-out') return 124
  if (end.kind === 'cancelled') return cancelledCodes[end.signal] ?? 1
  return 1
}
