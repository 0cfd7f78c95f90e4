import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { BottleError } from './errors.ts'
import { devcontainerFiles, readDevcontainer } from './spec/devcontainer.ts'
import { readWorkspaceFile } from './spec/file.ts'
import type { BottleSpec } from './spec/schema.ts'

/** A spec whose image has a name, and the tar of what it is built from, when it is built. */
export interface Settled {
  readonly spec: BottleSpec
  readonly context?: () => Readable
  /** What the user should know of it, a sentence each. */
  readonly notes: readonly string[]
}

type PlaceOf = (path: readonly PropertyKey[]) => string

/**
 * Gives the image of a spec its name: as it was written, out of devcontainer.json, or a hash over all that it is built
 * from. The spec's own `env` and `hardening.user` come before the devcontainer's. Throws a BottleError.
 */
export async function settleImage(written: BottleSpec, workspace: string, placeOf: PlaceOf): Promise<Settled> {
  const {
    spec: { devcontainer, ...spec },
    notes,
  } = devcontained(written, workspace, placeOf)
  if (spec.image !== '') return { spec, notes }
  if (!spec.build) throw new Error('the schema lets no spec through without image, build or devcontainer')
  const place = devcontainer ? devcontainerFile(workspace, placeOf) : placeOf(['build'])
  // Loaded when asked for: most runs build nothing.
  const { buildContext } = await import('./checkout/build-context.ts')
  const { image, tar } = await buildContext(workspace, spec.build, place)
  return { spec: { ...spec, image }, context: tar, notes }
}

function devcontained(written: BottleSpec, workspace: string, placeOf: PlaceOf): { spec: BottleSpec; notes: string[] } {
  if (!written.devcontainer) return { spec: written, notes: [] }
  const file = devcontainerFile(workspace, placeOf)
  const text = readWorkspaceFile(workspace, file, `The file ${file}`, '`.devcontainer/devcontainer.json`')
  const { image, build, env, user, ignored } = readDevcontainer(text, file)
  const { hardening } = written
  const spec = {
    ...written,
    ...(build ? { build } : { image: image ?? '' }),
    env: { ...env, ...written.env },
    hardening: { ...hardening, user: hardening.user === 'auto' ? user : hardening.user },
  }
  const notes = ignored.length > 0 ? [`of ${file} Bottle leaves out ${ignored.join(', ')} (docs/build.md)`] : []
  return { spec, notes }
}

function devcontainerFile(workspace: string, placeOf: PlaceOf): string {
  const file = devcontainerFiles.find(path => existsSync(join(workspace, path)))
  if (file !== undefined) return file
  throw new BottleError(
    `${placeOf(['devcontainer'])}: the workspace holds no ${devcontainerFiles[0]}.`,
    'Add one, or write `image:` in place of `devcontainer`.',
  )
}
