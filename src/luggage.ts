import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { comeBack } from './checkout/come-back.ts'
import { departing } from './checkout/depart.ts'
import { longestOutputs } from './evidence/outputs.ts'
import type { Plan } from './plan/plan.ts'
import { carriedFolders } from './plan/travel.ts'
import type { Luggage } from './run/travel.ts'
import { outputOf, stagingFile } from './scratch.ts'

// More of them say no more than that there are many.
const named = 10
const mostOutput = 2 ** 30

/** The files that a plan has travel, or undefined when it has none do. `warn` is told what could not go, or did not come back. */
export function luggageOf(plan: Plan, warn: (text: string) => void): Luggage | undefined {
  const { travel, workspace, scratch } = plan
  if (!travel) return undefined
  const inPlace = new Map(Object.entries(travel.standIns).map(([path, name]) => [path, plan.files[name] ?? '']))
  const sent = new Set<string>()
  const stay: string[] = []
  const checkout = {
    from: workspace,
    as: carriedFolders.workspace,
    owner: travel.agent,
    without: [scratch],
    inPlace,
    sent: (path: string) => void sent.add(path),
    stays: (path: string, why: string) => void stay.push(`${path} (${why})`),
  }
  const own = { as: carriedFolders.own, owner: travel.agent }
  return {
    pack: () =>
      departing([
        ...(plan.workspaceAccess === 'none' ? [] : [checkout]),
        { ...own, from: scratch, only: ['inside', 'output'] },
      ]),
    packed() {
      if (stay.length > 0) warn(`Not sent to the engine: ${listOf(stay, stay.length)}.`)
      return `${sent.size} entries of ${workspace}`
    },
    async unpack(tar) {
      // Written down first: whoever finds the run's folder can remove it.
      const staging = mkdtempSync(join(workspace, '.bottle-'))
      writeFileSync(join(scratch, stagingFile), staging, { mode: 0o600 })
      try {
        const { guarded, owner } = travel
        const back = await comeBack(tar, { workspace, sent, guarded, inPlace, owner, staging })
        if (back.refusedCount > 0)
          warn(
            `Not brought back: ${listOf(
              back.refused.map(({ path, why }) => `${path} (${why})`),
              back.refusedCount,
            )}.`,
          )
        return `${back.changed} new or different, ${back.removed} removed`
      } finally {
        rmSync(staging, { recursive: true, force: true })
        rmSync(join(scratch, stagingFile), { force: true })
      }
    },
    unpackOutput: tar => takeOutput(tar, outputOf(scratch)),
  }
}

// One that is longer than is read keeps its length, as far as that goes, without its content.
async function takeOutput(tar: Readable, file: string): Promise<void> {
  const reader = extract()
  tar.on('error', error => reader.destroy(error)).pipe(reader)
  for await (const entry of reader) {
    const { size = 0 } = entry.header
    const chunks: Buffer[] = []
    if (size <= longestOutputs) for await (const chunk of entry) chunks.push(chunk as Buffer)
    writeFileSync(file, Buffer.concat(chunks))
    if (size > longestOutputs) truncateSync(file, Math.min(size, mostOutput))
    break
  }
  tar.destroy()
}

function listOf(names: readonly string[], count: number): string {
  const more = count - Math.min(named, names.length)
  return `${names.slice(0, named).join(', ')}${more > 0 ? `, and ${more} more` : ''}`
}
