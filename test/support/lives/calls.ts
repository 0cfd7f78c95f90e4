import type { Call, Fate } from '../engine/proxy.ts'

/**
 * Names the calls of one life, stage by stage, so that the same moment of another life has the same name: ids are told by the role of
 * what they are, and equal names are counted: `POST /containers/sidecar/start #1`.
 */
export interface CallNames {
  name(call: Call): string
  /** A stage begins: its calls are counted from one. */
  begin(): void
  /** Learns the ids that the answers to create calls give. */
  learn(call: Call, answer: string): void
  /** Ids of the containers and networks that were created, whoever has read the answer. */
  readonly made: { readonly containers: readonly string[]; readonly networks: readonly string[] }
}

export function callNames(): CallNames {
  const roles = new Map<string, string>()
  const counts = new Map<string, number>()
  const made = { containers: [] as string[], networks: [] as string[] }
  return {
    made,
    begin: () => counts.clear(),
    name({ method, path }) {
      const shape = path
        .replace(/\/create\?name=bottle-[0-9a-f]{12}-([\w-]+)$/, '/create/$1')
        .replace(/\?.*$/, '')
        .replace(/[0-9a-f]{64}/g, id => roles.get(id) ?? '*')
        .replace(/bottle-[0-9a-f]{12}-/g, '')
        .replace(/github_network_[0-9a-f]{32}/, 'job')
        .replace(/bottle-gate:[0-9a-f]+/, 'the gate')
      const count = (counts.get(`${method} ${shape}`) ?? 0) + 1
      counts.set(`${method} ${shape}`, count)
      return `${method} ${shape} #${count}`
    },
    learn({ path, body }, answer) {
      const kind = /^\/(containers|networks)\/create/.exec(path)?.[1] as 'containers' | 'networks' | undefined
      const id = /"Id":\s*"([0-9a-f]{64})"/.exec(answer)?.[1]
      if (kind === undefined || id === undefined) return
      made[kind].push(id)
      roles.set(id, String((body?.Labels as Record<string, string> | undefined)?.['io.bottle.role']))
    },
  }
}

/** The sweep's question for the runs of everybody, narrowed to one: lives that run side by side must not tidy up for each other. */
export function narrowed(call: Call, runId: string | undefined, reword: (answer: string) => string): Fate | undefined {
  const url = new URL(call.path, 'http://engine')
  if (url.searchParams.get('filters') !== '{"label":["io.bottle.run"]}') return undefined
  url.searchParams.set('filters', JSON.stringify({ label: [`io.bottle.run=${runId ?? 'nobody'}`] }))
  return { path: url.pathname + url.search, reword }
}
