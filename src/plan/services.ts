import type { GateFacts } from '../gate/gate.ts'
import type { BottleSpec } from '../spec/schema.ts'
import { type ContainerPlan, gateContainer } from './containers.ts'
import type { Host, ObservedService } from './host.ts'
import { gateHostConfig } from './lockdown.ts'
import { nameOf } from './names.ts'
import type { NetworkPlan } from './networks.ts'
import {
  absentService,
  idLength,
  silentService,
  stoppedService,
  strandedService,
  unknownService,
} from './service-errors.ts'

/** A service that the bottle reaches under its name, and the relay that stands between. */
export interface JoinedService extends Pick<ObservedService, 'name' | 'network' | 'gateway' | 'ports' | 'uncarried'> {
  /** The service's own address on its network, which the bottle has no way to. */
  readonly own: string
  /** The relay's address inside: what the bottle finds under the service's name. */
  readonly address: string
  readonly relay: ContainerPlan
}

type PlaceOf = (path: readonly PropertyKey[]) => string

/**
 * Decides how the services that a spec names are joined: a relay for each, on the inside network. It leads to the one
 * container by the engine's own name for it, on the ports it exposes. Throws a BottleError for the first that cannot be.
 */
export function planServices(
  { services }: Pick<BottleSpec, 'services'>,
  host: Host & { readonly expires: number },
  inside: NetworkPlan,
  relay: GateFacts | undefined,
  placeOf: PlaceOf,
): JoinedService[] {
  return services.map((name, index) => {
    const service = fitting(name, host, placeOf(['services', index]))
    if (!relay) throw new Error('a plan with services needs the image of their relays')
    const { ports, uncarried, network, gateway } = service
    const address = inside.relays[index] ?? ''
    const at = relayContainer({ host, gate: relay, inside }, service, address, index + 1)
    return { name, network, gateway, ports, uncarried, own: service.address, address, relay: at }
  })
}

function relayContainer(
  { host, gate, inside }: { host: Host & { expires: number }; gate: GateFacts; inside: NetworkPlan },
  { container, ports }: ObservedService,
  address: string,
  number: number,
): ContainerPlan {
  const lockdown = gateHostConfig()
  const made = gateContainer('relay', { host, gate }, inside, address, {
    Cmd: [
      ...gate.program.slice(1),
      ...['relay', '--listen', address, '--to', container.slice(0, idLength)],
      ...ports.flatMap(port => ['--port', String(port)]),
    ],
    HostConfig: {
      ...lockdown,
      // A service may be on a port that is root's elsewhere.
      Sysctls: { ...lockdown.Sysctls, 'net.ipv4.ip_unprivileged_port_start': '0' },
      // What the engine's own resolver does not know, nobody is asked for.
      Dns: ['127.0.0.1'],
      DnsOptions: ['timeout:1', 'attempts:1'],
      DnsSearch: [],
    },
  })
  return { ...made, name: nameOf(host.runId, 'relay', number) }
}

function fitting(name: string, { services }: Host, place: string): ObservedService {
  const { from = 'job', names = [], found = [] } = services ?? {}
  const service = found.find(one => one.name === name)
  if (!names.includes(name) && service?.state !== 'assumed') throw unknownService(name, from, names, place)
  if (!service || service.state === 'absent') throw absentService(name, from, place)
  if (service.state === 'assumed') return service
  if (service.state !== 'running') throw stoppedService(service, from, place)
  if (service.network === '') throw strandedService(service, from, place)
  if (service.ports.length === 0) throw silentService(service, from, place)
  return service
}

/** What the user should know of the joined services, a sentence each. */
export function serviceWarnings(services: readonly JoinedService[]): string[] {
  const names = services.map(one => one.name).join(', ')
  const uncarried = services.filter(one => one.uncarried.length > 0)
  const assumed = services.filter(one => one.ports.length === 0).map(one => one.name)
  return [
    ...(services.length === 0
      ? []
      : [
          `the agent can have ${names} do whatever ${services.length === 1 ? 'it lets' : 'they let'} a client do, with a network of ${services.length === 1 ? 'its' : 'their'} own that no gate guards (docs/services.md)`,
        ]),
    ...uncarried.map(
      ({ name, uncarried }) => `of the service ${name} only TCP is carried, not ${uncarried.join(', ')}`,
    ),
    ...(assumed.length === 0 ? [] : [`which ports ${assumed.join(', ')} will have is not known here`]),
  ]
}
