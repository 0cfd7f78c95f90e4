import { readFileSync } from 'node:fs'
import type { EngineAddress } from '../docker/address.ts'
import type { JobPlan } from '../plan/job.ts'

/**
 * What the program behind `shell: bottle {0}` knows of the bottle that it leads into: written by main into the run's
 * folder, which the bottle does not see. No secret is in it.
 */
export interface ShellState {
  readonly engine: EngineAddress
  readonly apiVersion: string
  /** The engine's ids. */
  readonly bottle: string
  readonly sidecar: string
  /** Does the image have bash? Asked once, since each step would pay for it. */
  readonly hasBash: boolean
  readonly scratch: string
  /** The workspace's path, outside and inside; undefined when the bottle does not see it. */
  readonly workspace: string | undefined
  readonly job: JobPlan
  /** Names that a step may hand out. */
  readonly outputs: readonly string[]
  /** Names of the bottle's own variables that hold secrets. */
  readonly secrets: readonly string[]
  /** Variables that the bottle's first program must not run with, and its steps do. */
  readonly env: Readonly<Record<string, string>>
  /** How long each step may run. */
  readonly timeoutMs: number
}

/** Its file, beside the folder of the program. */
export const stateFile = 'state.json'

/** Reads what main wrote. Throws when the bottle is gone with its folder. */
export function readState(path: string): ShellState {
  return JSON.parse(readFileSync(path, 'utf8')) as ShellState
}
