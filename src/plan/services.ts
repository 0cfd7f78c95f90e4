import { closest } from 'fastest-levenshtein'
import { BottleError } from '../errors.ts'
import type { GateFacts } from '../gate/gate.ts'
import type { BottleSpec } from '../spec/schema.ts'
import { type ContainerPlan, gateContainer } from './containers.ts'
import type { Host, ObservedService } from './host.ts'
import { gateHostConfig } from './lockdown.ts'
import { nameOf } from './names.ts'
import type { NetworkPlan } from './networks.ts'

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
    const at = relayContainer({ host, gate: relay, inside, address }, service, index + 1)
    return { name, network, gateway, ports, uncarried, own: service.address, address, relay: at }
  })
}

// The engine's resolver knows a container by the first twelve digits of its id, and no two are alike: a name could be
// another's tomorrow.
const idLength = 12

function relayContainer(
  {
    address,
    ...placement
  }: { host: Host & { expires: number }; gate: GateFacts; inside: NetworkPlan; address: string },
  { container, ports }: ObservedService,
  number: number,
): ContainerPlan {
  const { host, gate, inside } = placement
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
  if (!names.includes(name) && service?.state !== 'assumed') throw unknown(name, from, names, place)
  if (!service || service.state === 'absent') throw absent(name, from, place)
  if (service.state === 'assumed') return service
  if (service.state !== 'running') throw stopped(service, from, place)
  if (service.network === '') throw withoutNetwork(service, from, place)
  if (service.ports.length === 0) throw withoutPort(service, from, place)
  return service
}

function unknown(name: string, from: 'job' | 'command line', names: readonly string[], place: string): BottleError {
  if (from === 'command line')
    return new BottleError(
      `${place}: services names ${name}, and on the command line there is no job that has it.`,
      `Add \`--service-container ${name}=CONTAINER\`, with the name of a container that runs.`,
    )
  if (names.length === 0)
    return new BottleError(
      `${place}: services names ${name}, but this job has no services.`,
      `Add \`services: {${name}: {image: …}}\` to the job, or take ${name} out of the spec.`,
    )
  return new BottleError(
    `${place}: services names ${name}, which is no service of this job; did you mean ${closest(name, [...names])}?`,
    `It has ${names.join(', ')}: write one such as \`services: [${closest(name, [...names])}]\`.`,
  )
}

function absent(name: string, from: 'job' | 'command line', place: string): BottleError {
  return new BottleError(
    `${place}: the engine knows no container of the service ${name}.`,
    from === 'job'
      ? 'Let Bottle use the engine that the job’s services run on: take DOCKER_HOST out of the step’s environment.'
      : `Name a container that \`docker ps\` shows after \`--service-container ${name}=\`.`,
  )
}

function stopped(
  { name, container, state }: ObservedService,
  from: 'job' | 'command line',
  place: string,
): BottleError {
  return new BottleError(
    `${place}: the service ${name} does not run: its container is ${state}.`,
    from === 'job'
      ? `Look at why with \`docker logs ${container.slice(0, idLength)}\` in a step before; with a health check (\`options: --health-cmd …\`) the job waits until it is up.`
      : `Start it: \`docker start ${container.slice(0, idLength)}\`.`,
  )
}

function withoutNetwork(
  { name, container }: ObservedService,
  from: 'job' | 'command line',
  place: string,
): BottleError {
  return new BottleError(
    `${place}: the service ${name} is on no network that a relay could join: the engine's default ones have no names.`,
    from === 'job'
      ? 'Take `--network` out of the service’s `options`.'
      : `Give it one: \`docker network create services && docker network connect services ${container.slice(0, idLength)}\`.`,
  )
}

function withoutPort({ name, uncarried }: ObservedService, from: 'job' | 'command line', place: string): BottleError {
  const others = uncarried.length > 0 ? ` (${uncarried.join(', ')} is not carried)` : ''
  return new BottleError(
    `${place}: the service ${name} exposes no TCP port${others}, so there is nothing to join.`,
    from === 'job'
      ? `Say which it has in the job, such as \`services: {${name}: {ports: ['5432']}}\`.`
      : `Make its container with \`--expose PORT\`.`,
  )
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
