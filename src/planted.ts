import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { plantedBetween } from './checkout/changes.ts'
import { type Survey, surveyWorkspace } from './checkout/survey.ts'
import type { Planted } from './evidence/summary.ts'
import { surveyFile } from './scratch.ts'

/**
 * What the agent of a run has left in the workspace, by the survey that was put into the run's folder before it started.
 * Undefined when the workspace was not writable inside. Never throws: nobody's teardown may hang on it.
 */
export function plantedSince(plan: { readonly workspace: string; readonly scratch: string }): Planted | undefined {
  try {
    const before = JSON.parse(readFileSync(join(plan.scratch, surveyFile), 'utf8')) as Survey
    return plantedBetween(before, surveyWorkspace(plan.workspace))
  } catch {
    return undefined
  }
}
