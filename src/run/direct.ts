import type { ContainerState } from '../docker/engine.ts'
import type { Direct, DirectAttempt } from '../evidence/summary.ts'
import { notWatched } from '../evidence/summary.ts'
import type { NetworkPlan } from '../plan/networks.ts'
import type { Plan } from '../plan/plan.ts'
import { isOnThisHost } from './cgroup.ts'
import { connecting, counter, type NetTables, openTables, unanswered } from './net-tables.ts'

// A socket that nobody answers is seen for about three seconds, a neighbour that was looked for in vain for longer.
const betweenLooks = 50
// More targets than these are counted and no longer told apart.
const mostTargets = 200

/** Who is there inside: the gate, the host, and the relays of services, by their addresses. */
export type Inside = Pick<NetworkPlan, 'sidecar' | 'gateway'> & { readonly services?: readonly string[] }

/** Who a bottle of this plan may turn to directly. */
export function insideOf({ inside, services }: Pick<Plan, 'inside' | 'services'>): Inside {
  return { sidecar: inside.sidecar, gateway: inside.gateway, services: services.map(one => one.address) }
}

/** Watches for what a bottle tries past the gate. */
export interface DirectWatch {
  /** One more look, before the bottle is killed. */
  look(): void
  /** `gateLost`: the sidecar answered no longer, so that asking it looks like asking anybody else. */
  end(gateLost: boolean): Promise<Direct>
  stop(): void
}

/**
 * Watches a running bottle for connection attempts that ignore the gate, which no gate can log. Needs no privilege: the
 * tables of the bottle's network namespace in /proc are readable for every user of the host where it runs, and stay
 * readable to whoever opened them when the bottle is gone. What goes nowhere at once is counted by the kernel (no route,
 * nobody there); whom it was for is known of sockets that wait for an answer, and of neighbours that were looked for.
 * `pid` is the bottle's first process, or why nobody can look. Asks the engine nothing. Never throws; what cannot be seen is "not observed".
 */
export function watchDirect(pid: Promise<number | string>, bottle: string, inside: Inside, root = ''): DirectWatch {
  const found = openTargets(inside)
  let tables: NetTables | undefined
  let stopped = false
  let why = ''
  const look = () => {
    if (!tables) return
    try {
      found.take(tables, new Date().toISOString())
    } catch (error) {
      why = `the tables of its network can no longer be read: ${codeOf(error)}`
    }
  }
  const open = (first: number) => {
    if (first === 0) why = 'the agent ended before anybody could look'
    else if (stopped) why = 'nobody looked any more'
    else
      try {
        tables = openTables(first, root)
        // Asked after they are open: the number may have become another process's in the meantime.
        if (!isOnThisHost(first, bottle, root)) throw new Error('not here')
        look()
      } catch (error) {
        why =
          codeOf(error) === 'EACCES'
            ? 'the tables of its network may not be read on this host'
            : "the bottle's processes are not to be seen on this host"
        tables?.close()
        tables = undefined
      }
  }
  const opened = pid.then(first => {
    if (typeof first === 'string') why = first
    else open(first)
  })
  const timer = setInterval(look, betweenLooks)
  return {
    look,
    async end(gateLost) {
      await opened
      clearInterval(timer)
      look()
      if (!tables || why !== '') return notWatched(why)
      try {
        return { observed: true, ...found.result(tables, gateLost) }
      } catch (error) {
        return notWatched(`the counters of its network cannot be read: ${codeOf(error)}`)
      }
    },
    stop() {
      stopped = true
      clearInterval(timer)
      tables?.close()
      tables = undefined
    },
  }
}

/** What is known of a bottle that runs and that nobody watched: what the kernel has counted since it began. */
export async function directNow(
  state: ContainerState | undefined,
  bottle: string,
  inside: Inside,
  gateLost: boolean,
): Promise<Direct> {
  const watch = watchDirect(Promise.resolve(whomToWatch(state)), bottle, inside)
  try {
    return await watch.end(gateLost)
  } finally {
    watch.stop()
  }
}

/** The process by which a bottle's network is found, or why there is none on this host. */
export function whomToWatch(state: Pick<ContainerState, 'pid' | 'ownKernel'> | undefined): number | string {
  return state?.ownKernel ? 'the bottle has a kernel of its own' : (state?.pid ?? 0)
}

function openTargets({ sidecar, gateway, services = [] }: Inside) {
  const meant = new Set([sidecar, ...services])
  const targets = new Map<string, DirectAttempt>()
  const silent = new Set<string>()
  let sockets = new Set<string>()
  let further = 0
  const add = (host: string, port: number | undefined, at: string) => {
    const key = `${host} ${port}`
    const known = targets.get(key)
    if (known) targets.set(key, { ...known, count: known.count + 1, last: at })
    else if (targets.size < mostTargets)
      targets.set(key, { host, ...(port === undefined ? {} : { port }), count: 1, first: at, last: at })
    else further += 1
  }
  return {
    take(tables: NetTables, at: string) {
      const waiting = connecting(tables).filter(one => !meant.has(one.host))
      for (const { id, host, port } of waiting) if (!sockets.has(id)) add(host, port, at)
      // A socket that waits on is the same attempt at the next look.
      sockets = new Set(waiting.map(one => one.id))
      const known = new Set([...targets.values()].map(one => one.host))
      for (const host of unanswered(tables)) {
        if (meant.has(host) || silent.has(host)) continue
        silent.add(host)
        // What is for the gateway is for somebody behind it.
        if (host !== gateway && !known.has(host)) add(host, undefined, at)
      }
    },
    result(tables: NetTables, gateLost: boolean) {
      const of = (protocol: string, name: string) => counter(tables.counters(), protocol, name)
      const lookups = of('Udp', 'NoPorts')
      // The kernel tells itself "unreachable" for each packet to a neighbour that is not there, and for a closed port.
      const unreachable = gateLost ? 0 : Math.max(0, of('Icmp', 'OutDestUnreachs') - lookups)
      const attempts = [...targets.values()].sort((a, b) => b.count - a.count || (a.host < b.host ? -1 : 1))
      const seen = attempts.reduce((sum, one) => sum + one.count, further)
      const count = of('Ip', 'OutNoRoutes') + tables.withoutRoute6() + Math.max(unreachable, seen, silent.size)
      return { count, attempts, lookups }
    },
  }
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException | undefined)?.code ?? error)
}
