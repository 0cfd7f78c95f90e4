import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type Docker from 'dockerode'
import type { Gate } from '../../../src/gate/gate.ts'
import { engine } from '../gate/raise.ts'
import { pool } from '../pool.ts'
import { type Arena, openArena } from './arena.ts'
import type { Attempt, Need } from './attempt.ts'
import { type Part, parts } from './families/all.ts'
import { floodMib } from './families/resources.ts'
import { type ProtectionName, protections, type Removal } from './protections.ts'
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

interface Job {
  readonly attempt: Attempt
  readonly control: boolean
  readonly removals: readonly ProtectionName[]
  readonly mark: string
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
        const cannot = /unable to apply caps|error setting rlimit/.test(String(error)) ? unable(names) : undefined
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

const removal = (name: ProtectionName): Removal => protections[name]

function jobsOf(attempt: Attempt, at: number, nonce: string): Job[] {
  const given = attempt.given ?? []
  const mark = (run: number) => `mk${nonce}x${String(2 * at + run).padStart(4, '0')}z`
  return [
    { attempt, control: false, removals: given, mark: mark(0) },
    { attempt, control: true, removals: [...given, attempt.meets], mark: mark(1) },
  ]
}

// What changes the whole run needs a run of its own; what changes the bottle alone does not.
const ofRun = (name: ProtectionName) => {
  const { spec, only, plan, guest } = removal(name)
  return (spec !== undefined && only !== 'bottle') || plan !== undefined || guest !== undefined
}
const ofBottle = (name: ProtectionName) => !ofRun(name) || removal(name).body !== undefined

interface Group {
  readonly names: ProtectionName[]
  readonly jobs: Job[]
}

function grouped(jobs: readonly Job[], fits: (name: ProtectionName) => boolean): Group[] {
  const groups = new Map<string, Group>()
  for (const job of jobs) {
    const names = job.removals.filter(fits)
    const group = groups.get(names.join()) ?? { names, jobs: [] }
    groups.set(names.join(), group)
    group.jobs.push(job)
  }
  return [...groups.values()]
}

const byRun = (jobs: readonly Job[]) => grouped(jobs, ofRun)
const byBottle = (jobs: readonly Job[]) =>
  grouped(
    jobs.filter(job => !job.attempt.alone),
    ofBottle,
  )

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
    throw new Error(`${attempt.name}: only ${bytes} bytes were printed`)
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

/** Why a need is not met on this machine, or undefined when it is. */
function unmet(need: Need | undefined, version: string): string | undefined {
  if (!need) return undefined
  if ('engine' in need)
    return Number.parseInt(version, 10) >= need.engine
      ? undefined
      : `the filter of Docker ${version} lets it through (it does not since ${need.engine})`
  if ('file' in need) return existsSync(need.file) ? undefined : `this kernel has no ${need.file}`
  if ('device' in need)
    return new RegExp(`\\b${need.device}$`, 'm').test(read('/proc/misc'))
      ? undefined
      : `this kernel has no ${need.device}`
  if (need.absent === 'userns-lock') {
    if (read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns').trim() === '1')
      return 'AppArmor keeps user namespaces from everybody here'
    return Number(read('/proc/sys/user/max_user_namespaces')) > 0 ? undefined : 'this kernel has no user namespaces'
  }
  return read('/sys/module/apparmor/parameters/enabled').startsWith('Y') ? 'AppArmor forbids it too here' : undefined
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
