import { readFileSync, readlinkSync } from 'node:fs'

const andJob = '+'

/**
 * Names this process so that a later run can tell whether it still lives: boot id, pid namespace, pid, start time.
 * A pid alone would be reused; another host, boot or namespace can only be judged by the expiry label.
 */
export function ownerOfThisProcess(): string {
  return named(process.pid)
}

/**
 * Names what lives as long as the job that this process is a step of: its parent, which is the runner's worker
 * (Runner.Worker, one per job, starts every step itself: runner, JobDispatcher.cs). In a job container the parent is
 * outside of the pid namespace and reads as 0; there the container's first process lives as long as the job.
 */
export function ownerOfThisJob(): string {
  return named(process.ppid > 0 ? process.ppid : 1)
}

/**
 * Names this process, and with it its job: while the job lasts, the post of a step whose main was killed is still to
 * come, and what it has to collect must be there.
 */
export function ownerOfThisStep(): string {
  return `${ownerOfThisProcess()}${andJob}${ownerOfThisJob()}`
}

/**
 * Will nobody come for what this owner left? A process that ended has a job to come after it until that ends too, or
 * until the run is `expired`. Time tells only of owners that cannot be looked at: a clock that jumps kills no run that lives.
 */
export function isAbandoned(owner: string, expired: boolean): boolean {
  const [own = '', job] = owner.split(andJob)
  const lives = ownerLives(own)
  if (lives !== false) return lives === undefined && expired
  return expired || job === undefined || ownerLives(job) !== true
}

/** Does the owner, a process of this host and namespace, still run? Undefined when that cannot be known from here. */
export function ownerLives(owner: string): boolean | undefined {
  const [boot, namespace, pid, started] = owner.split(':')
  if (!pid || boot !== bootId() || namespace !== pidNamespace()) return undefined
  return startTime(Number(pid)) === started
}

/** The process id in an owner's name; means something only while `ownerLives` says true. */
export function pidOf(owner: string): number {
  return Number(owner.split(':')[2])
}

function named(pid: number): string {
  return [bootId(), pidNamespace(), pid, startTime(pid) ?? '0'].join(':')
}

function bootId(): string {
  return read('/proc/sys/kernel/random/boot_id')?.trim().replaceAll('-', '') ?? 'unknown'
}

function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

// Field 22 of /proc/PID/stat, counted after the command name, which may hold blanks and parentheses.
function startTime(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
