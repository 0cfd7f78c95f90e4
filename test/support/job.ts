import { resolve } from 'node:path'
import { leftovers } from './leftovers.ts'
import { type MiniRunner, type RunWish, type StepWish, startRunner } from './runner/runner.ts'
import type { Disturbance, StepResult } from './runner/step.ts'

/** A job of the mini-runner whose first step has left a bottle up, for `run:` steps with `shell: bottle {0}`. */
export interface BottledJob {
  readonly runner: MiniRunner
  /** The step that raised it. */
  readonly main: StepResult
  readonly id: string
  /** Runs a step inside: `shell` is `bottle {0}` unless the wish says otherwise. */
  inside(run: string, wish?: Omit<RunWish, 'run'>, disturb?: Disturbance): Promise<StepResult>
  /** Ends the job: the action's post step, once. */
  post(): Promise<StepResult>
}

const project = resolve(import.meta.dirname, '../..')
const good = { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false' }

/** Raises a bottle for a job, does the work, and ends the job, whatever the work threw. Throws when something is left. */
export async function inJob(
  wish: Partial<StepWish>,
  work: (job: BottledJob) => Promise<void>,
  given: Parameters<typeof startRunner>[1] = {},
): Promise<void> {
  await using runner = await startRunner(project, given)
  const step = runner.step({ ...wish, with: { ...good, ...wish.with } })
  const main = await step.main()
  let ended: Promise<StepResult> | undefined
  const post = () => {
    ended ??= step.post()
    return ended
  }
  try {
    if (main.exitCode !== 0) throw new Error(`the bottle was not raised:\n${main.raw}`)
    const inside: BottledJob['inside'] = (run, more = {}, disturb = {}) =>
      runner.run({ shell: 'bottle {0}', ...more, run }, disturb)
    await work({ runner, main, id: main.outputs['bottle-id'] ?? '', inside, post })
  } finally {
    await post()
  }
  const left = await leftovers(main.outputs['bottle-id'])
  if (left.length > 0) throw new Error(`left in the engine: ${left.join(', ')}`)
}
