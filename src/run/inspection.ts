import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import type { Engine } from '../docker/engine.ts'
import { readContainerFile } from '../docker/read-file.ts'
import type { Plan } from '../plan/plan.ts'
import { imageStores, trustFiles } from '../plan/tls.ts'
import { type Authority, makeAuthority } from './authority.ts'
import { javaStore } from './java-store.ts'

/** What a run needs to look into TLS: its authority, and a promise that everything the bottle trusts is written. */
export interface Inspection {
  readonly authority: Promise<Authority>
  readonly trusted: Promise<void>
}

// A store of all the roots there are is a quarter of a megabyte.
const longestStore = 4 * 1024 * 1024

/**
 * Makes the run's authority, reads the image's own roots, and writes both, with the user's authorities, into the files
 * that the bottle has mounted. Begins at once and beside everything else: nobody waits for it before the sidecar does.
 */
export function prepareInspection(engine: Engine, plan: Plan): Inspection {
  const authority = makeAuthority(`Bottle ${plan.runId}`, plan.expires)
  const trusted = Promise.all([authority, imageRoots(engine, plan)]).then(([{ certificate }, roots]) => {
    const added = certificate + (plan.tls.upstreamCa ?? '')
    const bundle = `${roots.trimEnd()}\n${added}`
    // Written into what is mounted already: a new file of the same name would not be seen inside.
    const write = (name: string, content: string | Buffer) =>
      writeFileSync(join(plan.scratch, 'inside', name), content, { flag: 'r+' })
    write(trustFiles.added, added)
    write(trustFiles.bundle, bundle)
    write(trustFiles.java, javaStore(bundle, Date.now()))
  })
  // Both are awaited later; a failure before that must not count as unhandled.
  for (const promise of [authority, trusted]) promise.catch(() => {})
  return { authority, trusted }
}

/** The roots that the agent's image comes with; for an image without any, those that Mozilla trusts, as Node has them. */
async function imageRoots(engine: Engine, plan: Plan): Promise<string> {
  if (!plan.roots) return ''
  // Not the bottle: there our own files are mounted over the image's, and the engine would read those.
  const container = await engine.createContainer(plan.roots.name, plan.roots.body)
  try {
    for (const path of imageStores) {
      const found = await readContainerFile(engine, container, path, longestStore)
      if (found?.includes('-----BEGIN CERTIFICATE-----')) return found.toString('latin1')
    }
    return rootCertificates.join('\n')
  } finally {
    engine.remove('container', container).catch(() => {})
  }
}
