import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { stepsFile } from '../plan/folders.ts'

/** A line of the record of a job's steps: one when a step begins, and one when it has ended. */
export interface StepRecord {
  /** The step's own id, made for it; both lines have it. */
  readonly id: string
  /** GITHUB_ACTION: the step's id in the workflow, or what the runner calls one without. */
  readonly step: string
  readonly at: string
  /** Only at the end. */
  readonly exitCode?: number
  readonly durationMs?: number
}

/** Adds a line to the record, which the bottle does not see. Never throws: no step is red for it. */
export function record(scratch: string, line: StepRecord): void {
  try {
    appendFileSync(join(scratch, stepsFile), `${JSON.stringify(line)}\n`, { mode: 0o600 })
  } catch {}
}
