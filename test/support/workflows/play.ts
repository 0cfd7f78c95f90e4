import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { makeRepository } from '../repository.ts'
import { type MiniRunner, startRunner } from '../runner/runner.ts'
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
  readonly said: string
}

interface Job {
  readonly container?: string
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> }
  readonly steps: readonly {
    readonly id?: string
    readonly uses?: string
    readonly run?: string
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
  await using run = await startRunner(project)
  const played: PlayedStep[] = []
  for (const [name, job] of Object.entries(jobs))
    for (const matrix of legsOf(job)) {
      await using home = await startRunner(project)
      const repository = makeRepository(home.workspace)
      const base = repository.commit(
        Object.fromEntries(Object.entries(scene.files).map(([path, text]) => [path, swap(text)])),
      )
      const event = on === 'pull_request' ? { pull_request: { base: { sha: base } } } : {}
      const env = {
        GITHUB_EVENT_NAME: on === 'pull_request' ? on : 'workflow_dispatch',
        ACTIONS_RESULTS_URL: run.results.url,
      }
      const outputs: Record<string, Readonly<Record<string, string>>> = {}
      const evaluate = evaluator({ secrets: scene.secrets, inputs: scene.inputs ?? {}, matrix, outputs })
      const fill = (values: Readonly<Record<string, unknown>> = {}) =>
        Object.fromEntries(Object.entries(values).map(([key, value]) => [key, evaluate(String(value))]))
      for (const step of job.steps) {
        if (step.uses?.startsWith('actions/checkout@')) continue
        const stepEnv = fill(step.env)
        if (step.run !== undefined) {
          const options = {
            cwd: home.workspace,
            encoding: 'utf8' as const,
            env: { PATH: process.env.PATH ?? '', ...stepEnv },
          }
          played.push({
            job: name,
            said: execFileSync('bash', ['--noprofile', '--norc', '-e', '-c', step.run], options),
          })
          continue
        }
        const folder = { 'OWNER/bottle@v1': '.', 'OWNER/bottle/union@v1': 'union' }[step.uses ?? '']
        if (folder === undefined) throw new Error(`${file} uses ${step.uses}, which nobody plays`)
        const given = { env, event, workspace: home.workspace, ...(job.container ? { container: job.container } : {}) }
        await using runner: MiniRunner = await startRunner(join(project, folder), given)
        const ours = folder === 'union' ? {} : { ...scene.with, ...(job.container ? { upload: 'false' } : {}) }
        const live = runner.step({ with: { ...ours, ...fill(step.with) }, env: stepEnv })
        const main = await live.main()
        if (folder !== 'union') await live.post()
        if (main.exitCode !== 0) throw new Error(`${file}, job ${name}: exit code ${main.exitCode}\n${main.raw}`)
        if (step.id) outputs[step.id] = main.outputs
        played.push({ job: name, main, said: main.log.join('\n') })
      }
    }
  return played
}

function legsOf({ strategy }: Job): Record<string, string>[] {
  const [entry] = Object.entries(strategy?.matrix ?? {})
  return entry ? entry[1].map(value => ({ [entry[0]]: value })) : [{}]
}
