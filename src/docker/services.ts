import type { ObservedService, ObservedServices } from '../plan/host.ts'
import type { Engine, Neighbour } from './engine.ts'

/** The containers of services there are, by the services' names: of the job, or as the command line gives them. */
export interface OfferedServices {
  readonly from: ObservedServices['from']
  readonly containers: Readonly<Record<string, OfferedContainer>>
}

/** A container by its id or name, and its network where that is known. */
export interface OfferedContainer {
  readonly id: string
  readonly network?: string
}

/** Asks the engine about the services that are wanted, and only about those. */
export async function observeServices(
  engine: Pick<Engine, 'neighbour'>,
  { from, containers }: OfferedServices,
  wanted: readonly string[],
): Promise<ObservedServices> {
  const found = wanted.flatMap(name => {
    const offered = Object.hasOwn(containers, name) ? containers[name] : undefined
    return offered ? [engine.neighbour(offered.id).then(one => observed(name, offered, one))] : []
  })
  return { from, names: Object.keys(containers), found: await Promise.all(found) }
}

/** The same where nobody can look: each that is wanted is taken to be there, unless the job is known to lack it. */
export function assumedServices({ from, containers }: OfferedServices, wanted: readonly string[]): ObservedServices {
  const names = Object.keys(containers)
  const there = from === 'job' ? wanted.filter(name => names.includes(name)) : wanted
  return { from, names, found: there.map(name => ({ ...unknown(name), state: 'assumed' })) }
}

function unknown(name: string): ObservedService {
  return { name, container: '', state: 'absent', ports: [], uncarried: [], network: '', address: '', gateway: '' }
}

// The engine's own networks have no resolver, and with one of them a container is the host's or another's neighbour.
const nameless = /^(bridge|host|none|container:.*)$/

function observed(name: string, { network }: OfferedContainer, found: Neighbour | undefined): ObservedService {
  if (!found) return unknown(name)
  const networks = Object.entries(found.networks).filter(([key]) => !nameless.test(key))
  const [joined, place] = networks.find(([key]) => key === network) ?? networks[0] ?? ['', undefined]
  const tcp = found.exposed.flatMap(port => /^(\d+)\/tcp$/.exec(port)?.[1] ?? [])
  return {
    name,
    container: found.id,
    state: found.status,
    ports: [...new Set(tcp.map(Number))].sort((a, b) => a - b),
    uncarried: found.exposed.filter(port => !/^\d+\/tcp$/.test(port)).sort(),
    network: joined,
    address: place?.address ?? '',
    gateway: place?.gateway ?? '',
  }
}
