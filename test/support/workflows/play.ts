import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { makeRepository } from '../repository.ts'
import type { ServiceWish } from '../runner/job-services.ts'
import { type Step, startRunner } from '../runner/runner.ts'
import type { StepResult } from '../runner/step.ts'
import { evaluator } from './expressions.ts'

const project = resolve(import.meta.dirname, '../../..')

/** What stands in for the world that a workflow of `examples/` was written for. */
export interface Scene {
  /** Replaced wherever it stands in the workflow or in its files: real hosts and images by the tests' own. */
  readonly instead: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
  /** Inputs of the bottle's steps where the workflow leaves them out. */
  readonly with: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, string>>
}

/** What a step of a played workflow did: one of ours, or a script's output. */
export interface PlayedStep {
  readonly job: string
  readonly main?: StepResult
  readonly post?: StepResult
  readonly said: string
}

// Our actions, and the folders they are in.
const folders: Readonly<Record<string, string>> = { 'OWNER/bottle@v1': '.', 'OWNER/bottle/union@v1': 'union' }

interface Job {
  readonly container?: string
  readonly services?: Readonly<Record<string, ServiceWish>>
  readonly defaults?: { readonly run?: { readonly shell?: string } }
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> }
  readonly steps: readonly {
    readonly id?: string
    readonly uses?: string
    readonly run?: string
    readonly shell?: string
    readonly with?: Readonly<Record<string, string>>
    readonly env?: Readonly<Record<string, string>>
  }[]
}

/**
 * Plays a workflow file, jobs and matrix legs in turn, each with a checkout of its own: our steps by the mini-runner, main
 * and post; scripts by bash. Throws when a step fails, or uses what this does not play.
 */
export async function play(file: string, scene: Scene): Promise<PlayedStep[]> {
  const swap = (text: string) => Object.entries(scene.instead).reduce((all, [a, b]) => all.replaceAll(a, b), text)
  const { on, jobs } = parse(swap(readFileSync(join(project, file), 'utf8'))) as {
    on: unknown
    jobs: Record<string, Job>
  }
  const workflow = `.github/workflows/${basename(file)}`
  await using run = await startRunner(project)
  const played: PlayedStep[] = []
  for (const [name, job] of Object.entries(jobs))
    for (const matrix of legsOf(job)) {
      await using home = await startRunner(project)
      const repository = makeRepository(home.workspace)
      const checkedIn = { ...scene.files, [workflow]: readFileSync(join(project, file), 'utf8') }
      const base = repository.commit(
        Object.fromEntries(Object.entries(checkedIn).map(([path, text]) => [path, swap(text)])),
      )
      const event = on === 'pull_request' ? { pull_request: { base: { sha: base } } } : {}
      const env = {
        GITHUB_EVENT_NAME: on === 'pull_request' ? on : 'workflow_dispatch',
        ACTIONS_RESULTS_URL: run.results.url,
        GITHUB_JOB: name,
        GITHUB_SHA: base,
        GITHUB_WORKFLOW_SHA: base,
        GITHUB_WORKFLOW_REF: `octo/bottle-test/${workflow}@refs/heads/main`,
        GITHUB_ACTION: '__OWNER_bottle',
      }
      const outputs: Record<string, Readonly<Record<string, string>>> = {}
      const evaluate = evaluator({ secrets: scene.secrets, inputs: scene.inputs ?? {}, matrix, outputs })
      const fill = (values: Readonly<Record<string, unknown>> = {}) =>
        Object.fromEntries(Object.entries(values).map(([key, value]) => [key, evaluate(String(value))]))
      const { container, services } = job
      const given = {
        env,
        event,
        workspace: home.workspace,
        ...(container ? { container } : {}),
        ...(services ? { services } : {}),
      }
      const ours = job.steps.flatMap(({ uses }) => folders[uses ?? ''] ?? [])
      await using runner = await startRunner(join(project, ours[0] ?? '.'), given)
      const posts: Step[] = []
      for (const step of job.steps) {
        if (step.uses?.startsWith('actions/checkout@')) continue
        const stepEnv = fill(step.env)
        const shell = step.shell ?? job.defaults?.run?.shell ?? 'bash'
        if (step.run !== undefined) {
          const ran = await runner.run({ run: evaluate(step.run), shell, env: stepEnv, id: step.id ?? '__run' })
          if (ran.exitCode !== 0) throw new Error(`${file}, job ${name}: ${step.run}\n${ran.raw}`)
          if (step.id) outputs[step.id] = ran.outputs
          played.push({ job: name, said: said(ran) })
          continue
        }
        if (folders[step.uses ?? ''] === undefined) throw new Error(`${file} uses ${step.uses}, which nobody plays`)
        const isUnion = ours[0] === 'union'
        const more = isUnion ? {} : { ...scene.with, ...(job.container ? { upload: 'false' } : {}) }
        const live = runner.step({ with: { ...more, ...fill(step.with) }, env: stepEnv })
        const main = await live.main()
        if (!isUnion) posts.unshift(live)
        if (main.exitCode !== 0) throw new Error(`${file}, job ${name}: exit code ${main.exitCode}\n${main.raw}`)
        if (step.id) outputs[step.id] = main.outputs
        played.push({ job: name, main, said: said(main) })
      }
      for (const one of posts) {
        const post = await one.post()
        played.push({ job: name, post, said: said(post) })
      }
    }
  return played
}

const said = ({ log }: StepResult) => log.map(line => `${line}\n`).join('')

function legsOf({ strategy }: Job): Record<string, string>[] {
  const [entry] = Object.entries(strategy?.matrix ?? {})
  return entry ? entry[1].map(value => ({ [entry[0]]: value })) : [{}]
}
