import { statfsSync } from 'node:fs'
import type { ContainerState, Engine } from '../docker/engine.ts'
import type { Limit, Limits } from '../evidence/summary.ts'
import { type LimitCounts, limitCounts } from './cgroup.ts'

// A cgroup goes with its last process, and what it counted with it: it is looked at this often while it is there.
const betweenLooks = 100
const fullBelow = 1024 * 1024

/** Watches the limits of a bottle that runs; `end` says which were exceeded, and which nobody could see. */
export interface LimitWatch {
  /** One more look, before the bottle is killed. */
  look(): void
  /** Were the bottle's processes seen on this host? */
  wasHere(): boolean
  end(): Promise<Limits>
  stop(): void
}

/**
 * Watches a running bottle's limits without privileges: the kernel's counters on this host, the engine's own word for
 * memory, and the free space where the workspace is; undefined when that is on another. `first` is the number of its first process, 0 when nobody knows.
 * Never throws; what cannot be seen is `unobserved`.
 */
export function watchLimits(
  engine: Engine,
  bottle: string,
  first: Promise<number>,
  workspace: string | undefined,
): LimitWatch {
  let counts: LimitCounts = {}
  let pid = 0
  const look = () => {
    if (pid > 0) counts = { ...counts, ...limitCounts(pid, bottle) }
  }
  const timer = setInterval(look, betweenLooks)
  void first.then(number => {
    pid = number
    look()
  })
  return {
    look,
    wasHere: () => Object.keys(counts).length > 0,
    stop: () => clearInterval(timer),
    async end() {
      clearInterval(timer)
      look()
      const oomKilled = await engine.state(bottle).then(
        state => state.oomKilled,
        () => undefined,
      )
      return limitsOf(counts, oomKilled, workspace)
    },
  }
}

function limitsOf(counts: LimitCounts, oomKilled: boolean | undefined, workspace: string | undefined): Limits {
  const seen: Record<Limit, boolean | undefined> = {
    oom: oomKilled || (counts.oom === undefined ? oomKilled : counts.oom > 0),
    pids: counts.pids === undefined ? undefined : counts.pids > 0,
    disk: diskIsFull(workspace),
  }
  const named = (wanted: boolean | undefined) => (Object.keys(seen) as Limit[]).filter(limit => seen[limit] === wanted)
  return { exceeded: named(true), unobserved: named(undefined) }
}

/**
 * One look at the limits of a bottle that runs: the same sources, for a bottle that nobody watched meanwhile. `state` is
 * what the engine says of it now. Never throws.
 */
export function limitsNow(state: ContainerState | undefined, bottle: string, workspace: string): Limits {
  const counts = state && state.pid > 0 ? limitCounts(state.pid, bottle) : {}
  return limitsOf(counts, state?.oomKilled, workspace)
}

function diskIsFull(folder: string | undefined): boolean | undefined {
  if (folder === undefined) return undefined
  try {
    const { bavail, bsize, files, ffree } = statfsSync(folder)
    return bavail * bsize < fullBelow || (files > 0 && ffree === 0)
  } catch {
    return undefined
  }
}
