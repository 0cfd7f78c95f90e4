import { existsSync, lstatSync, mkdtempSync, readdirSync, rmdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Engine } from './docker/engine.ts'
import type { EngineFacts, Place } from './plan/host.ts'
import { isHeld } from './plan/places.ts'

/** What a bottle would have mounted: the checkout, when it gets to see it, and the folder that the run's own is made in. */
export interface Sights {
  readonly workspace: string | undefined
  readonly temp: string
}

// Another machine may well have a folder of the same name; hardly one with the same things in it.
const samples = 8

/**
 * The first path that the engine cannot see, or undefined when it sees all that a bottle needs. In a job's container its
 * mounts tell. A socket of an engine that names this host is this host's: it is asked nothing. Any other is asked for a
 * folder that was made on the spot, for the workspace, and for a few things in it. Makes nothing in the engine.
 */
export async function unseenBy(
  engine: Engine,
  facts: EngineFacts,
  places: readonly Place[],
  { workspace, temp }: Sights,
): Promise<string | undefined> {
  const wanted = [...(workspace === undefined ? [] : [workspace]), temp]
  if (places.length > 0) return wanted.find(path => !isHeld(places, path))
  if (engine.address.kind === 'socket' && facts.hostname === hostname()) return undefined
  const marker = mkdtempSync(join(temp, 'bottle-seen-'))
  try {
    const missing = await engine.unseen([...(workspace === undefined ? [] : known(workspace)), marker])
    // The folder around it is what a person knows.
    if (missing === undefined) return undefined
    return missing === marker ? temp : workspace
  } finally {
    rmdirSync(marker)
  }
}

// One that does not exist is told of in its own place.
function known(workspace: string): string[] {
  if (!existsSync(workspace)) return []
  const inside = readdirSync(workspace).map(name => join(workspace, name))
  const solid = inside.filter(path => {
    const found = lstatSync(path, { throwIfNoEntry: false })
    return found?.isFile() || found?.isDirectory()
  })
  return [workspace, ...solid.slice(0, samples)]
}
