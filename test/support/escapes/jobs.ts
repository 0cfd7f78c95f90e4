import type { Attempt } from './attempt.ts'
import { type ProtectionName, protections } from './protections.ts'
import type { Removal } from './removal.ts'

/** One of the two times an attempt is made: with what removed, and the mark it carries. */
export interface Job {
  readonly attempt: Attempt
  readonly control: boolean
  readonly removals: readonly ProtectionName[]
  readonly mark: string
}

/** Jobs that share what the names change. */
export interface Group {
  readonly names: ProtectionName[]
  readonly jobs: Job[]
}

/** How a protection is removed. */
export const removal = (name: ProtectionName): Removal => protections[name]

/** Both jobs of an attempt, the `at`-th of a world with this nonce: contained, and its control. */
export function jobsOf(attempt: Attempt, at: number, nonce: string): Job[] {
  const given = attempt.given ?? []
  const mark = (run: number) => `mk${nonce}x${String(2 * at + run).padStart(4, '0')}z`
  return [
    { attempt, control: false, removals: given, mark: mark(0) },
    { attempt, control: true, removals: [...given, attempt.meets], mark: mark(1) },
  ]
}

// What changes the whole run needs a run of its own; what changes the bottle alone does not.
const ofRun = (name: ProtectionName) => {
  const { spec, only, plan, guest, hears } = removal(name)
  return (spec !== undefined && only !== 'bottle') || [plan, guest, hears].some(one => one !== undefined)
}
/** Does it change the bottle? */
export const ofBottle = (name: ProtectionName) => !ofRun(name) || removal(name).body !== undefined

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

/** By what changes the whole run. */
export const byRun = (jobs: readonly Job[]) => grouped(jobs, ofRun)
/** By what changes the bottle, for those that share one. */
export const byBottle = (jobs: readonly Job[]) =>
  grouped(
    jobs.filter(job => !job.attempt.alone),
    ofBottle,
  )
