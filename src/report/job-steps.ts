import type { StepInside, StepOutside } from '../evidence/summary.ts'
import { duration } from '../evidence/verdict.ts'

/** A step outside of the bottle, and where the workflow says so. Hostile text. */
export function outsideWords({ file, line, step, kind }: StepOutside): string {
  return `${file}:${line} ${kind}: ${step}`
}

/** A step inside of the bottle, and how it ended. Hostile text. */
export function insideWords({ step, exitCode, durationMs }: StepInside): string {
  if (exitCode === undefined) return `${step}: its end was not seen`
  return `${step}: exit code ${exitCode}, ${duration(durationMs ?? 0)}`
}
