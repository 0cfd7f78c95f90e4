import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from './docker/engine.ts'
import type { ContainmentResult, Direct, Job, Limits, Outcome, StepInside, StepOutside } from './evidence/summary.ts'
import { stepsFile } from './plan/folders.ts'
import type { Plan } from './plan/plan.ts'
import { directNow, insideOf } from './run/direct.ts'
import { limitsNow } from './run/limits.ts'
import { wrongWithSidecar } from './run/watch.ts'

/** What post has to know of a bottle that main left up for the job. Never a secret: state is printed in debug logs. */
export interface UpRun {
  readonly startedAt: string
  readonly containment: readonly ContainmentResult[]
  /** The engine's ids. */
  readonly bottle: string
  readonly sidecar: string
  /** Undefined when the workflow could not be read. */
  readonly outside: readonly StepOutside[] | undefined
}

/** How a job's bottle came to its end. */
export interface JobEnd {
  readonly job: Job
  readonly end: Outcome['end']
  readonly limits: Limits
  readonly direct: Direct
}

const longestRecord = 4 * 1024 * 1024
const mostSteps = 500

/**
 * Ends what runs in a job's bottle, after a look at whether its gate guarded it until now, and at its limits. Its end is
 * the exit code of its last step that failed, or 0; a gate that guards no longer is a failure whatever the steps say.
 */
export async function endJob(engine: Engine, plan: Plan, scratch: string, up: UpRun): Promise<JobEnd> {
  const [wrong, state] = await Promise.all([
    wrongWithSidecar(engine, plan, up.sidecar),
    engine.state(up.bottle).catch(() => undefined),
  ])
  const limits = limitsNow(state, up.bottle, plan.workspace)
  // The kernel has counted since the bottle began.
  const direct = await directNow(state, up.bottle, insideOf(plan), wrong !== undefined)
  await engine.kill(up.bottle, 'SIGKILL').catch(() => {})
  const inside = readSteps(scratch)
  const code = inside.findLast(one => one.exitCode !== 0)?.exitCode
  const failed = inside.some(one => one.exitCode !== 0)
  const end: Outcome['end'] = wrong
    ? { kind: 'failed', reason: wrong }
    : { kind: 'exited', code: failed ? (code ?? 1) : 0 }
  const job = { inside: inside.slice(-mostSteps), count: inside.length, ...(up.outside ? { outside: up.outside } : {}) }
  return { job, end, limits, direct }
}

// Written by the program behind `shell: bottle {0}` (shell/record.ts), out of the bottle's sight; what is odd is left out.
function readSteps(scratch: string): StepInside[] {
  const steps = new Map<string, StepInside>()
  for (const line of linesOf(join(scratch, stepsFile))) {
    try {
      const { id, step, at, exitCode, durationMs } = JSON.parse(line)
      const before = steps.get(id)
      if (before && Number.isInteger(exitCode)) steps.set(id, { ...before, exitCode, durationMs: Number(durationMs) })
      else if (!before) steps.set(String(id), { step: String(step).slice(0, 100), startedAt: String(at) })
    } catch {}
  }
  return [...steps.values()]
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').slice(0, longestRecord).split('\n').filter(Boolean)
  } catch {
    return []
  }
}
