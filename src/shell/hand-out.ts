import { appendFileSync } from 'node:fs'
import { freshToken } from '../action/fence.ts'
import { mayHoldToken } from '../evidence/token-shape.ts'
import type { StepFiles } from './files.ts'
import { block, type HandedOut, handedOutputs, handedVariables, keptInside } from './handed-out.ts'
import type { ShellState } from './state.ts'
import { addVariables } from './variables.ts'

async function holdsToken(text: string): Promise<boolean> {
  const search = await import('../evidence/token-search.ts')
  return search.holdsToken(text)
}

/**
 * Takes what a step that has ended wrote to its files: outputs and variables to the runner's own files, as far as the
 * spec lets them out; variables and PATH for the later steps inside; its summary as text. Returns what was not taken,
 * a sentence each.
 */
export async function handOut(
  { job, outputs, scratch }: Pick<ShellState, 'job' | 'outputs' | 'scratch'>,
  files: Pick<StepFiles, 'read'>,
  known: (text: string) => string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const rules = {
    declared: outputs,
    any: job.files,
    holdsSecret: async (text: string) => known(text) !== text || (mayHoldToken(text) && (await holdsToken(text))),
  }
  const variables = files.read('GITHUB_ENV')
  const kept = keptInside(variables, files.read('GITHUB_PATH'))
  addVariables(scratch, kept.variables, kept.path)
  const given: [string | undefined, HandedOut][] = [
    [env.GITHUB_OUTPUT, await handedOutputs(files.read('GITHUB_OUTPUT'), rules)],
    [env.GITHUB_ENV, await handedVariables(variables, rules)],
  ]
  for (const [file, { pairs }] of given) {
    const text = pairs.map(([name, value]) => block(name, value, `bottle_${freshToken()}`)).join('')
    if (file && text !== '') appendFileSync(file, text)
  }
  const refused = given.flatMap(([, one]) => one.refused)
  const summary = files.read('GITHUB_STEP_SUMMARY')
  if ('wrong' in summary) return [...refused, `GITHUB_STEP_SUMMARY ${summary.wrong}`]
  if (summary.text.trim() === '') return refused
  if (!job.files) return [...refused, 'GITHUB_STEP_SUMMARY stays in the bottle without `job-files: true`']
  const { quotedSummary } = await import('./summary.ts')
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, quotedSummary(known(summary.text)))
  return refused
}
