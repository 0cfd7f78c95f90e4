import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { endGroup, getInput, summary as jobSummary, setFailed, setOutput, startGroup, warning } from '@actions/core'
import { BottleError, explain } from '../errors.ts'
import { type ReadRun, readRun } from '../evidence/read.ts'
import { openSource } from '../evidence/source.ts'
import { renderUnionMarkdown } from '../report/union/markdown.ts'
import { renderUnion } from '../report/union/terminal.ts'
import { unite } from '../report/union/unite.ts'
import { missingArtifactService } from './artifact-service.ts'
import { neutralise } from './fence.ts'
import { print } from './print.ts'
import { type NamedArtifact, type RunArtifacts, runArtifacts } from './run-artifacts.ts'

// The evidence of a run is a few MiB packed; what is larger than this is something else.
const largest = 512 * 2 ** 20

/** The action `union`: joins the evidence that the jobs of this workflow run have uploaded so far. Never throws. */
export async function union(): Promise<void> {
  try {
    const missing = missingArtifactService(process.env)
    if (missing)
      throw new BottleError(
        `${missing}.`,
        'Download the artifacts with an older action, and run `bottle union` on their folder.',
      )
    const { runs, left } = await readAll(matching(getInput('artifacts')))
    for (const text of left) warning(oneLine(text))
    const joined = unite(runs)
    print(renderUnion(joined, { color: true }))
    setOutput('runs', joined.runs)
    setOutput('suggested-allowlist', joined.suggested.map(one => one.host).join('\n'))
    setOutput('unused-allowed', JSON.stringify(joined.unused))
    await jobSummary.addRaw(renderUnionMarkdown(joined)).write()
  } catch (error) {
    setFailed(oneLine(explain(error)))
  }
}

/** Reads every artifact that is evidence; of the others says why not. Throws when there is none. */
async function readAll(isWanted: (name: string) => boolean): Promise<{ runs: ReadRun[]; left: string[] }> {
  const temp = mkdtempSync(join(process.env.RUNNER_TEMP ?? '/tmp', 'bottle-union-'))
  startGroup('Download the evidence')
  try {
    const artifacts = await runArtifacts()
    const wanted = artifacts.list.filter(one => isWanted(one.name)).sort((a, b) => a.id - b.id)
    if (wanted.length === 0)
      throw new BottleError(
        `None of the ${artifacts.list.length} artifacts of this workflow run has a name that is asked for.`,
        'Let this job need the jobs that upload the evidence, and name their artifacts in `artifacts:`.',
      )
    const runs: ReadRun[] = []
    const left: string[] = []
    for (const one of wanted) {
      try {
        runs.push(await readOne(artifacts, one, join(temp, String(one.id))))
      } catch (error) {
        left.push(`The artifact ${JSON.stringify(one.name)} was left out: ${explain(error).replaceAll(temp, '')}`)
      }
    }
    if (runs.length === 0) throw new BottleError(left.slice(0, 5).join(' '), 'None of them could be read.')
    return { runs, left: left.slice(0, 10) }
  } finally {
    endGroup()
    rmSync(temp, { recursive: true, force: true })
  }
}

async function readOne(artifacts: RunArtifacts, one: NamedArtifact, folder: string): Promise<ReadRun> {
  if (one.size > largest) throw new BottleError(`It has ${Math.round(one.size / 2 ** 20)} MiB.`, 'That is no evidence.')
  const path = await artifacts.download(one, folder)
  try {
    await using source = await openSource(path)
    return await readRun(source)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Does a name fit one of the patterns, apart by newlines, commas or blanks? `*` and `?` are all that means something. */
export function matching(patterns: string): (name: string) => boolean {
  const forms = patterns
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(form)
  return name => forms.some(one => one.test(name))
}

function form(pattern: string): RegExp {
  const literal = pattern.replace(/\*+/g, '*').replace(/[.+^${}()|[\]\\/]/g, '\\$&')
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}

function oneLine(text: string): string {
  return neutralise(text.replace(/\s+/g, ' '))
}
