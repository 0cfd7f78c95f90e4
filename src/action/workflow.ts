import { join } from 'node:path'
import { fileAtCommit } from '../checkout/file-at-commit.ts'
import { gitObjects } from '../checkout/git-object.ts'
import { BottleError, type Problem } from '../errors.ts'
import type { StepOutside } from '../evidence/summary.ts'
import type { BottleSpec } from '../spec/schema.ts'
import { contentsOf } from './contents-api.ts'
import { stepsOutside } from './workflow-steps.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The later steps of this job that do not run in the bottle, by the workflow's file as its commit has it: from the
 * checkout's objects, else from GitHub with the job's token. Undefined when that cannot be known. With `require-bottle`
 * that, and any `run:` step outside, is a BottleError with the place of each.
 */
export async function outsideSteps(
  spec: BottleSpec,
  token: string,
  env: Environment,
): Promise<readonly StepOutside[] | undefined> {
  const { outside, unknown } = await readOutside(token, env)
  if (!spec['require-bottle']) return outside
  if (!outside) {
    throw new BottleError(
      `\`require-bottle\` is set, but which steps run outside of the bottle cannot be known: ${unknown}.`,
      'Check out the repository first, leave the input `token` at its default, or take `require-bottle` out.',
    )
  }
  const wrong = outside.filter(one => one.kind === 'run')
  if (wrong.length > 0) throw outsideError(wrong)
  return outside
}

type Read = { readonly outside?: readonly StepOutside[]; readonly unknown?: string }

async function readOutside(token: string, env: Environment): Promise<Read> {
  // `octo/repo/.github/workflows/ci.yml@refs/heads/main` (GitHub's documentation, "Default environment variables").
  const [, repository = '', file = ''] = /^([^/]+\/[^/]+)\/(.+?)@/.exec(env.GITHUB_WORKFLOW_REF ?? '') ?? []
  if (file === '') return { unknown: 'the runner names no workflow' }
  const commit = env.GITHUB_WORKFLOW_SHA || env.GITHUB_SHA || ''
  const text = await textOf({ repository, file, commit }, token, env)
  if (text === undefined) return { unknown: `${file} could not be read at the commit ${commit.slice(0, 7)}` }
  const job = env.GITHUB_JOB ?? ''
  const outside = stepsOutside(text, { file, job, action: env.GITHUB_ACTION ?? '' })
  return outside ? { outside } : { unknown: `${file} has no steps for the job ${job}` }
}

async function textOf(
  at: { repository: string; file: string; commit: string },
  token: string,
  env: Environment,
): Promise<string | undefined> {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(at.commit)) return undefined
  if (at.repository === env.GITHUB_REPOSITORY) {
    const read = gitObjects(join(env.GITHUB_WORKSPACE ?? process.cwd(), '.git'), env.PATH)
    const found = await fileAtCommit(read, at.commit, at.file).catch(() => undefined)
    if (found?.kind === 'text') return found.text
  }
  if (token === '') return undefined
  const service = { api: env.GITHUB_API_URL ?? 'https://api.github.com', repository: at.repository, token }
  return contentsOf(service, at.commit, at.file).catch(() => undefined)
}

function outsideError(steps: readonly StepOutside[]): BottleError {
  const problems = steps.map(({ file, line, step }): Problem => {
    const message = `the step ${JSON.stringify(step)} would run outside of the bottle`
    return { file, line, column: 1, path: '', message }
  })
  const listed = problems.map(one => `  ${one.file}:${one.line}: ${one.message}`)
  return new BottleError(
    `\`require-bottle\` is set, and ${steps.length === 1 ? 'a later step does' : `${steps.length} later steps do`} not use it:\n${listed.join('\n')}\n`,
    "Add `shell: bottle {0}` to each, or `defaults: {run: {shell: 'bottle {0}'}}` to the job.",
    { problems },
  )
}
