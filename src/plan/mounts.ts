import type { ContainerCreateOptions } from 'dockerode'
import type { BottleSpec } from '../spec/schema.ts'
import { jobFolder, ownFolder } from './folders.ts'
import type { Host } from './host.ts'
import { gitMounts } from './repositories.ts'

type Mount = NonNullable<NonNullable<ContainerCreateOptions['HostConfig']>['Mounts']>[number]

/** The file through which the agent sets outputs, inside the bottle: the one thing of the run's folder it may write. */
export const outputFile = `${ownFolder}/output`

/** What the bottle sees of the host: the workspace as the spec says, and the run's own folder. */
export function mounts(host: Host, { workspace: access, outputs, run }: BottleSpec, ssh: boolean): Mount[] {
  const bind = (source: string, target: string, readOnly: boolean): Mount => ({
    Type: 'bind',
    Source: source,
    Target: target,
    ReadOnly: readOnly,
  })
  const own = [
    bind(`${host.scratch}/inside`, ownFolder, true),
    // Nothing is resolved inside: a lookup is refused at once instead of stalling on the engine's resolver.
    bind(`${host.scratch}/inside/resolv.conf`, '/etc/resolv.conf', true),
    ...(ssh ? [bind(`${host.scratch}/inside/passwd`, '/etc/passwd', true)] : []),
    ...(run === undefined
      ? [bind(`${host.scratch}/${jobFolder}`, `${ownFolder}/${jobFolder}`, false)]
      : outputs.length > 0
        ? [bind(`${host.scratch}/output`, outputFile, false)]
        : []),
  ]
  if (access === 'none') return own
  const checkout = [bind(host.workspace, host.workspace, access === 'ro')]
  return [
    ...checkout,
    ...gitMounts(host.git, { workspace: host.workspace, inside: `${host.scratch}/inside`, access }),
    ...own,
  ]
}
