import { closest } from 'fastest-levenshtein'
import { BottleError } from '../errors.ts'
import type { ObservedService, ObservedServices } from './host.ts'

/**
 * The engine's resolver knows a container by the first twelve digits of its id, and no two are alike: a name could be
 * another's tomorrow.
 */
export const idLength = 12

type From = ObservedServices['from']

/** No service of that name is there. */
export function unknownService(name: string, from: From, names: readonly string[], place: string): BottleError {
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

/** The engine has no such container. */
export function absentService(name: string, from: From, place: string): BottleError {
  return new BottleError(
    `${place}: the engine knows no container of the service ${name}.`,
    from === 'job'
      ? 'Let Bottle use the engine that the job’s services run on: take DOCKER_HOST out of the step’s environment.'
      : `Name a container that \`docker ps\` shows after \`--service-container ${name}=\`.`,
  )
}

/** Its container does not run. */
export function stoppedService({ name, container, state }: ObservedService, from: From, place: string): BottleError {
  return new BottleError(
    `${place}: the service ${name} does not run: its container is ${state}.`,
    from === 'job'
      ? `Look at why with \`docker logs ${container.slice(0, idLength)}\` in a step before; with a health check (\`options: --health-cmd …\`) the job waits until it is up.`
      : `Start it: \`docker start ${container.slice(0, idLength)}\`.`,
  )
}

/** It is on no network that has a resolver. */
export function strandedService({ name, container }: ObservedService, from: From, place: string): BottleError {
  return new BottleError(
    `${place}: the service ${name} is on no network that a relay could join: the engine's default ones have no names.`,
    from === 'job'
      ? 'Take `--network` out of the service’s `options`.'
      : `Give it one: \`docker network create services && docker network connect services ${container.slice(0, idLength)}\`.`,
  )
}

/** It exposes nothing that a relay carries. */
export function silentService({ name, uncarried }: ObservedService, from: From, place: string): BottleError {
  const others = uncarried.length > 0 ? ` (${uncarried.join(', ')} is not carried)` : ''
  return new BottleError(
    `${place}: the service ${name} exposes no TCP port${others}, so there is nothing to join.`,
    from === 'job'
      ? `Say which it has in the job, such as \`services: {${name}: {ports: ['5432']}}\`.`
      : `Make its container with \`--expose PORT\`.`,
  )
}
