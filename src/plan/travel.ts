import type { ContainerCreateOptions } from 'dockerode'
import { agentUser } from './agent-user.ts'
import type { ContainerPlan } from './containers.ts'
import type { Host, Place } from './host.ts'
import { bottleHostConfig } from './lockdown.ts'
import { labelsOf, nameOf } from './names.ts'
import { gitStandIns, guardedPaths } from './repositories.ts'

type Mount = NonNullable<NonNullable<ContainerCreateOptions['HostConfig']>['Mounts']>[number]

/**
 * How the files get to an engine that cannot see them: into a volume of the run's own, through an archive, and what
 * became of the workspace back the same way. There the engine sees them, so the bottle's mounts stay what they are.
 */
export interface TravelPlan {
  /** The path because of which they travel. */
  readonly unseen: string
  /** A container that never starts: the engine reads and writes the volume through it. */
  readonly carrier: ContainerPlan
  /** Where the engine keeps the volume. */
  readonly mountpoint: string
  /** Whom everything in the workspace belongs to inside, and whom what comes back belongs to here. */
  readonly agent: readonly [number, number]
  readonly owner: readonly [number, number]
  /** Paths in the workspace that git takes orders from, with all below them: of those nothing comes back. */
  readonly guarded: readonly string[]
  /** Files that travel in the place of others, which may hold credentials: path in the workspace to name in the run's own folder. */
  readonly standIns: Readonly<Record<string, string>>
}

/** Where the volume is in the carrier, and its two folders: the workspace, and the run's own folder. */
export const carried = '/carried'
export const carriedFolders = { workspace: 'workspace', own: 'own' } as const

/** Decides how the files travel, or undefined when the engine sees them. `image` is any that the run has anyway. */
export function planTravel(
  host: Host & { readonly expires: number },
  spec: Parameters<typeof agentUser>[0],
  image: string,
): TravelPlan | undefined {
  if (host.unseen === undefined) return undefined
  const volume: Mount = {
    Type: 'volume',
    Source: nameOf(host.runId, 'carried'),
    Target: carried,
    VolumeOptions: { NoCopy: true, Labels: labelsOf(host, 'carried') } as NonNullable<Mount['VolumeOptions']>,
  }
  const limits = { memoryBytes: 0, cpus: 0, pids: 0, capabilities: [], readOnlyRoot: true }
  const below = (path: string) => path.slice(host.workspace.length + 1)
  return {
    unseen: host.unseen,
    carrier: {
      name: nameOf(host.runId, 'carrier'),
      body: {
        Image: image,
        Entrypoint: ['/never-started'],
        Labels: labelsOf(host, 'carrier'),
        HostConfig: { ...bottleHostConfig(limits), NetworkMode: 'none', Mounts: [volume] },
      },
    },
    // Docker's local driver has no other place for it (moby, volume/local); the run asks before it relies on that.
    mountpoint: `${host.engine.root}/volumes/${nameOf(host.runId, 'carried')}/_data`,
    agent: agentUser(spec, host),
    owner: [host.uid, host.gid],
    guarded: guardedPaths(host.git).map(below),
    standIns: Object.fromEntries(Object.entries(gitStandIns(host.git)).map(([path, name]) => [below(path), name])),
  }
}

/** Where the engine sees what travelled. */
export function placesOf({ mountpoint }: TravelPlan, host: Pick<Host, 'workspace' | 'scratch'>): Place[] {
  return [
    { here: host.workspace, there: `${mountpoint}/${carriedFolders.workspace}` },
    { here: host.scratch, there: `${mountpoint}/${carriedFolders.own}` },
  ]
}
