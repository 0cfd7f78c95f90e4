import type { BottleSpec } from '../spec/schema.ts'
import { home } from './folders.ts'

/** What is decided about a bottle that stays up for the job: what its later steps may bring along and hand out. */
export interface JobPlan {
  /** Names of variables that a later step brings along from its own environment. */
  readonly env: readonly string[]
  /** May its steps set any output and variable, and write to the job summary? Else `outputs` names what they may. */
  readonly files: boolean
  /** How a step's script is run when the step does not say; undefined: bash when the image has it, else sh. */
  readonly shell: string | undefined
  /** Where a step without a working directory of its own starts, inside. */
  readonly workdir: string
}

/** The longest that a job may run on a runner of one's own, in ms (GitHub's documentation, "Usage limits": five days). */
export const longestJob = 5 * 24 * 3_600_000

/** What the first line of an idle bottle says: it stands, whatever was delivered to it is in its place, and it has bash or not. */
export const isUp = { withBash: 'the bottle is up, with bash', without: 'the bottle is up' }

/**
 * What a bottle runs that stays up. Signals end it; what steps leave running becomes the init's (docker run, --init),
 * and goes with it.
 */
export const idle = [
  '/bin/sh',
  '-c',
  `if command -v bash >/dev/null 2>&1; then echo '${isUp.withBash}'; else echo '${isUp.without}'; fi
while :; do sleep 3600; done`,
]

/** Decides the job's part of a plan, or undefined for a spec with `run`. `workspace` is where the checkout is inside. */
export function planJob(spec: BottleSpec, workspace: string): JobPlan | undefined {
  if (spec.run !== undefined) return undefined
  const folder = spec.workspace === 'none' ? home : workspace
  return {
    env: spec['job-env'] ?? [],
    files: spec['job-files'] ?? false,
    shell: spec.shell,
    workdir: spec.workdir === '.' ? folder : `${folder}/${spec.workdir}`,
  }
}
