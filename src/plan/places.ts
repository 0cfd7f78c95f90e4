import { join, relative } from 'node:path/posix'
import type { ContainerCreateOptions } from 'dockerode'
import { BottleError } from '../errors.ts'
import type { Place } from './host.ts'

type Mount = NonNullable<NonNullable<ContainerCreateOptions['HostConfig']>['Mounts']>[number]

/**
 * Mounts as the engine must be told of them: every bind's source named by the path at which the engine sees it. Without
 * places both see the same paths. Throws a BottleError for a source that lies in none of them: the engine cannot see it.
 */
export function seenByEngine(places: readonly Place[], mounts: readonly Mount[]): Mount[] {
  if (places.length === 0) return [...mounts]
  return mounts.map(mount => (mount.Type === 'bind' ? { ...mount, Source: there(places, mount.Source) } : mount))
}

/** Does the path lie in one of the places, so that the engine sees it? */
export function isHeld(places: readonly Place[], path: string): boolean {
  return places.some(place => holds(place, path))
}

function holds({ here }: Place, path: string): boolean {
  return path === here || path.startsWith(here === '/' ? '/' : `${here}/`)
}

// The innermost mount is the one that is seen.
function there(places: readonly Place[], path: string): string {
  const innermost = places
    .filter(place => holds(place, path))
    .reduce<Place | undefined>((best, one) => (best && best.here.length >= one.here.length ? best : one), undefined)
  if (innermost) return join(innermost.there, relative(innermost.here, path))
  throw new BottleError(
    `The engine cannot see ${path}: this job runs in a container, and that path is on none of the volumes it was given.`,
    `Give the container a volume there, as the runner does for its work folder: options: --volume /a/folder/of/the/host:${path}`,
  )
}
