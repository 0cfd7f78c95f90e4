import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type Docker from 'dockerode'
import type { Gate } from '../../../src/gate/gate.ts'
import { engine } from '../gate/raise.ts'
import { pool } from '../pool.ts'
import { type Arena, openArena } from './arena.ts'
import type { Attempt } from './attempt.ts'
import { type Part, parts } from './families/all.ts'
import { floodMib } from './families/resources.ts'
import { byBottle, byRun, type Group, type Job, jobsOf, ofBottle, removal } from './jobs.ts'
import { unmet } from './needs.ts'
import type { Removal } from './removal.ts'
import { openWorld, type World } from './world.ts'

/** How one attempt went, twice: in the bottle as it is, and with one protection removed. */
export interface Verdict {
  readonly attempt: Attempt
  readonly gate: string
  readonly contained: Trial
  readonly control: Trial
  /** Why it was not run here, when it was not. */
  readonly skipped: string | undefined
}

/** One time an attempt was made: did it get out, and what it said. */
export interface Trial {
  readonly out: boolean
  readonly said: string
  /** The attempt was not made as meant, so its outcome says nothing. */
  readonly broken?: true
}

/** All that a part found: a verdict for each attempt, and listeners that heard the bottle itself. */
export interface Found {
  readonly verdicts: readonly Verdict[]
  /** Addresses of bottles as planned that some listener outside has had a packet from; none, or something leaks. */
  readonly strangers: readonly string[]
}

/** Makes every attempt of a part, each twice, with the given gate. */
export async function makeAttempts(part: Part, gate: Gate): Promise<Found> {
  await using world = await openWorld({ metadata: part === 'gate' })
  await using neighbour = part === 'gate' || part === 'network' ? await openNeighbour(world, gate) : undefined
  const here = { ...world, env: { ...world.env, ...neighbour?.env } }
  const list: readonly Attempt[] = parts[part].filter(one => !one.gate || one.gate === gate.facts.name)
  const { version } = await engine.facts()
  const reasons = new Map(list.map(one => [one, unmet(one.needs, version)] as const))
  const jobs = list.filter(one => !reasons.get(one)).flatMap((attempt, at) => jobsOf(attempt, at, world.nonce))
  const trials = new Map<Job, Trial>()
  const bottles: string[] = []
  const inArena = async ({ names, jobs }: Group) => {
    await using arena = await openArena(here, gate, names.map(removal))
    if (names.length === 0) bottles.push(arena.plan.inside.bottle)
    await pool(byBottle(jobs), 2, ({ names, jobs }) =>
      makeTogether(arena, here, jobs, names.map(removal), trials).catch(error => {
        // An engine that lacks a right itself cannot give it: those controls cannot be made on this machine.
        const cannot =
          /unable to apply caps|capability not supported by your kernel or not available|error setting rlimit/.test(
            String(error),
          )
            ? unable(names)
            : undefined
        for (const job of jobs) {
          if (cannot) reasons.set(job.attempt, cannot)
          else if (!trials.has(job)) trials.set(job, failed(error))
        }
      }),
    )
    const alone = jobs.filter(job => job.attempt.alone)
    await pool(alone, 3, async job => trials.set(job, await makeAlone(arena, here, job).catch(failed)))
  }
  await pool(byRun(jobs), 2, async run => {
    await inArena(run).catch(error => {
      for (const job of run.jobs) if (!trials.has(job)) trials.set(job, failed(error))
    })
  })
  await pause(300)
  const { marks, sources } = await world.seen()
  const trial = (attempt: Attempt, control: boolean): Trial => {
    const job = jobs.find(one => one.attempt === attempt && one.control === control)
    const made = (job && trials.get(job)) ?? { out: false, broken: true, said: 'not made' }
    return attempt.judge === 'mark' ? { ...made, out: job !== undefined && marks.has(job.mark) } : made
  }
  return {
    verdicts: list.map(attempt => ({
      attempt,
      gate: gate.facts.name,
      contained: trial(attempt, false),
      control: trial(attempt, true),
      skipped: reasons.get(attempt),
    })),
    strangers: bottles.filter(one => sources.has(one)),
  }
}

const failed = (error: unknown): Trial => ({ out: false, broken: true, said: String(error) })
const unable = (names: readonly string[]) => `this engine lacks the right itself: ${names.join(', ')}`

let lists = 0

async function makeTogether(
  arena: Arena,
  world: World,
  jobs: readonly Job[],
  removals: readonly Removal[],
  trials: Map<Job, Trial>,
): Promise<void> {
  const path = join(world.workspace, 'kit', `list-${process.pid}-${++lists}.json`)
  const attempts = jobs.map((job, name) => ({ name, mark: job.mark, tries: job.attempt.tries, seconds: 15 }))
  writeFileSync(path, JSON.stringify({ width: 8, env: { KIT: world.env.KIT }, attempts }), { mode: 0o644 })
  const other: string[] = []
  const end = await arena.run({
    env: { LIST: path },
    removals,
    say: line => {
      const made = line.startsWith('{')
        ? (JSON.parse(line) as { attempt: number; code: number; said: string })
        : undefined
      const job = made && jobs[made.attempt]
      if (made && job) trials.set(job, { out: made.code === 0, said: `exit ${made.code}: ${made.said}` })
      else other.push(line)
    },
  })
  const missing = jobs.find(job => !trials.has(job))
  if (missing) throw new Error(`not made: ${missing.attempt.name}: ${JSON.stringify(end)} ${other.slice(-5).join(' ')}`)
}

async function makeAlone(arena: Arena, world: World, job: Job): Promise<Trial> {
  const { attempt, mark } = job
  const tool = `python3 -I ${world.env.KIT}/tools.py`
  const names = job.removals.filter(ofBottle)
  let bytes = 0
  let out = false
  let said = ''
  const end = await arena.run({
    env: { ATTEMPT: attempt.tries, MARK: mark, T: tool },
    removals: names.map(removal),
    timeoutMs: attempt.meets === 'killed at the end' ? 5000 : 60_000,
    say: line => {
      bytes += line.length
      said = line.slice(0, 300)
    },
    after: async container => {
      if (attempt.judge === 'outlives') out = await goesOn(join(world.workspace, `beat-${mark}`))
      if (attempt.judge === 'stored') out = (await storedBytes(container)) > (floodMib << 20) / 2
    },
  })
  if (attempt.judge === 'stored' && bytes < (floodMib << 20) * 0.9)
    throw new Error(`${attempt.name}: only ${bytes} bytes were printed: ${JSON.stringify(end)}`)
  if (attempt.judge === 'effect') out = end.kind === 'exited' && end.code === 0
  return { out, said: `${JSON.stringify(end)} ${said}` }
}

// A heartbeat that was there, and comes again.
async function goesOn(path: string): Promise<boolean> {
  if (!existsSync(path)) throw new Error(`it never began: ${path}`)
  const before = statSync(path).size
  await pause(600)
  return statSync(path).size > before
}

async function storedBytes(container: Docker.Container): Promise<number> {
  return container.logs({ stdout: true, stderr: true, follow: false }).then(
    log => log.length,
    () => 0,
  )
}

async function openNeighbour(world: World, gate: Gate) {
  const arena = await openArena(world, gate, [], ['denied.test'])
  await using undo = new AsyncDisposableStack()
  undo.use(arena)
  const address = arena.plan.inside.sidecar.replace(/\d+$/, last => String(Number(last) - 9))
  const { connect } = {
    connect: (id: string) => engine.connect(arena.plan.inside.name, id, { IPAMConfig: { IPv4Address: address } }),
  }
  await connect(world.hosts.neighbour.id)
  await engine.connect(arena.plan.inside.name, world.hosts.proxy.id, {})
  const held = undo.move()
  return {
    env: {
      NEIGHBOUR: address,
      NEIGHBOUR_GATE: arena.plan.inside.sidecar,
      NEIGHBOUR_NETWORK: arena.plan.inside.name,
      OTHER_BRIDGE: arena.plan.outside.gateway,
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}
