import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { ownerOfThisProcess } from '../../../src/docker/owner.ts'
import { label } from '../../../src/plan/names.ts'
import { type Call, engineProxy, type Fate } from '../engine/proxy.ts'
import type { ServiceWish } from '../runner/job-services.ts'
import { type Step, startRunner } from '../runner/runner.ts'
import type { Disturbance, StepResult } from '../runner/step.ts'
import { callNames, narrowed } from './calls.ts'
import { photograph, remainsOf } from './remains.ts'

/** What befalls one stage of a step (main or post): its engine calls, told by name, and its process. */
export interface Meddling {
  /** `ended` resolves when the stage's process has ended. */
  readonly decide?: (name: string, ended: Promise<unknown>, call: Call) => Fate | undefined
  readonly disturb?: Disturbance
  /** For post: what later steps made of the environment. */
  readonly env?: Readonly<Record<string, string>>
}

/** One life to be lived: main, the posts that follow (one, undisturbed, unless told), and perhaps the next run of the job. */
export interface LifeWish {
  readonly with?: Readonly<Record<string, string>>
  readonly main?: Meddling
  readonly posts?: readonly Meddling[]
  readonly next?: true
  /** The services of the job. */
  readonly services?: Readonly<Record<string, ServiceWish>>
  /** The action's folder; the project unless told. */
  readonly action?: string
}

/** One life that was lived. */
export interface Life {
  readonly id: string
  readonly main: StepResult
  readonly posts: readonly StepResult[]
  readonly next: StepResult | undefined
  /** Names of the calls of each stage, in their order. */
  readonly calls: { readonly main: readonly string[]; readonly posts: readonly (readonly string[])[] }
  /** What remained after main, after the last post, and after the next run. */
  readonly left: { readonly main: string[]; readonly post: string[]; readonly next: string[] }
  /** How often a sweep asked for the runs of everybody, and heard of this one alone. */
  readonly narrowed: number
}

const project = resolve(import.meta.dirname, '../../..')
const short = { image: 'bottle-test/tiny:1', gate: 'built-in', run: 'echo ran', upload: 'false' }

/** An agent that says `up` and is in no hurry, for a stage that is to be disturbed while it runs. */
export const patient = { run: 'echo up; sleep 60' }

const alive = ownerOfThisProcess()
const ownerIn = ({ body }: Call) => (body?.Labels as Record<string, string> | undefined)?.[label.owner]
const owned = ({ body }: Call, owner: string) =>
  JSON.parse(JSON.stringify(body).replaceAll(owner, alive)) as Record<string, unknown>

// Its job is this process, which lives on: the next run is to be one of another job, on a host where this one has ended.
const withoutJob = (owner: string) => owner.split('+')[0] ?? ''
function endJob(temp: string): void {
  for (const name of readdirSync(temp)) {
    const file = join(temp, name, 'owner')
    if (existsSync(file)) writeFileSync(file, withoutJob(readFileSync(file, 'utf8')))
  }
}

/** Lives one life in a job of its own: workspace (a copy of `checkout`), temp folders and engine proxy. */
export async function lifeOf(checkout: string, wish: LifeWish): Promise<Life> {
  await using undo = new AsyncDisposableStack()
  const proxy = undo.use(await engineProxy())
  const folder = mkdtempSync(join(tmpdir(), 'bottle-life-'))
  undo.defer(() => rmSync(folder, { recursive: true, force: true }))
  const [workspace, temp] = [join(folder, 'work'), join(folder, 'tmp')]
  cpSync(checkout, workspace, { recursive: true, verbatimSymlinks: true })
  mkdirSync(temp)
  // By this the real runner finds what a step left running.
  const tracking = `life_${folder.slice(-6)}`
  const env = { DOCKER_HOST: proxy.host, TMPDIR: temp, RUNNER_TRACKING_ID: tracking }
  const runner = undo.use(
    await startRunner(wish.action ?? project, {
      workspace,
      env,
      ...(wish.services ? { services: wish.services } : {}),
    }),
  )
  const step = runner.step({ with: { ...short, ...wish.with } })
  const names = callNames()
  // Whose main's run says it is; for the sweeps of other suites on this engine its objects are those of somebody alive.
  let owner: string | undefined
  let [swept, sweeps] = [undefined as string | undefined, 0]

  const stage = async (meddling: Meddling, run: (disturb: Disturbance) => ReturnType<Step['main']>) => {
    const calls: string[] = []
    const ended = Promise.withResolvers<void>()
    names.begin()
    proxy.decide = call => {
      const name = names.name(call)
      calls.push(name)
      const narrow = narrowed(call, swept, answer => (owner ? answer.replaceAll(alive, owner) : answer))
      if (narrow) sweeps += 1
      const fate = meddling.decide?.(name, ended.promise, call)
      if (!/^\/(containers|networks)\/create/.test(call.path))
        return narrow || fate ? { ...narrow, ...fate } : undefined
      const effected: Fate['effected'] = answer => {
        names.learn(call, answer.body)
        return fate?.effected?.(answer)
      }
      const whose = ownerIn(call)
      owner ??= whose && withoutJob(whose)
      return { ...fate, ...(whose ? { rewrite: owned(call, whose) } : {}), effected }
    }
    const result = await run(meddling.disturb ?? {})
    ended.resolve()
    proxy.decide = () => undefined
    return { result, calls }
  }

  const places = [dirname(runner.temp), folder]
  const before = photograph(places)
  const remains = (runId: string) => remainsOf({ runId, places, before, tracking, made: names.made })
  const main = await stage(wish.main ?? {}, disturb => step.main(disturb))
  const id = main.result.outputs['bottle-id'] ?? ''
  const afterMain = await remains(id)
  const posts: Awaited<ReturnType<typeof stage>>[] = []
  for (const meddling of wish.posts ?? [{}])
    posts.push(
      await stage(meddling, disturb => step.post({ ...disturb, ...(meddling.env ? { env: meddling.env } : {}) })),
    )
  const afterPost = await remains(id)
  swept = id
  if (wish.next) endJob(runner.temp)
  const next = wish.next && (await stage({}, disturb => runner.step({ with: short }).main(disturb))).result
  const left = next ? [...(await remains(id)), ...(await remains(next.outputs['bottle-id'] ?? ''))] : []
  return {
    id,
    main: main.result,
    posts: posts.map(one => one.result),
    next: next || undefined,
    calls: { main: main.calls, posts: posts.map(one => one.calls) },
    left: { main: afterMain, post: afterPost, next: [...new Set(left)] },
    narrowed: sweeps,
  }
}
