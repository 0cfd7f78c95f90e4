import { createReadStream, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Summary } from '../../evidence/summary.ts'
import type { PagePlan, PageSources } from './page-facts.ts'
import { renderHtml } from './render.ts'
import { sampleLines } from './sample-lines.ts'

/** What a page shows beside the summary, from the files of an evidence folder. A file that is not there is left out. */
export async function readPageSources(folder: string, summary: Summary): Promise<PageSources> {
  const plan = textOf(folder, 'plan.json')
  const suggested = ['suggested.diff', 'suggested.txt'].flatMap(file => {
    const text = textOf(folder, file)
    return text === undefined ? [] : [{ file, text }]
  })
  return {
    plan: plan === undefined ? undefined : (JSON.parse(plan) as PagePlan),
    lines: await linesOf(join(folder, 'events.jsonl'), summary),
    suggested: suggested[0],
  }
}

/** Writes `report.html` into an evidence folder that has everything else. Throws when there is one already. */
export async function writePage(folder: string, summary: Summary): Promise<void> {
  const page = renderHtml(summary, await readPageSources(folder, summary))
  writeFileSync(join(folder, 'report.html'), page, { mode: 0o600, flag: 'wx' })
}

async function linesOf(path: string, summary: Summary): Promise<PageSources['lines']> {
  const input = createReadStream(path, 'utf8')
  try {
    return await sampleLines(createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }), summary.blocks)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  } finally {
    input.destroy()
  }
}

function textOf(folder: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), 'utf8')
  } catch {
    return undefined
  }
}
