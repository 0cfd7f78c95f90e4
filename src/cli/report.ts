import { BottleError } from '../errors.ts'
import { type ReadRun, readRun } from '../evidence/read.ts'
import { type EvidenceSource, linesOf, openSource, readText } from '../evidence/source.ts'
import { renderHtml } from '../report/html/render.ts'
import { sampleLines } from '../report/html/sample-lines.ts'
import { renderSummary } from '../report/markdown.ts'
import { printedJson } from '../report/printed-json.ts'
import { sarifOf } from '../report/sarif.ts'
import type { SuggestedChange } from '../report/suggested-change.ts'
import { renderTerminal } from '../report/terminal.ts'
import type { Command } from './commands.ts'
import { formatOf, print, readWords } from './printing.ts'

const formats = ['terminal', 'markdown', 'html', 'json', 'sarif'] as const

/** `bottle report FOLDER|FILE.zip`: prints what a run's evidence says. */
export const reportCommand: Command = {
  usage: `report FOLDER|FILE.zip [--format ${formats.join('|')}] [--output FILE]`,
  about: "Print what a run's evidence says: its folder, or a downloaded artifact.",
  async run(words) {
    const { format, output, paths } = readWords(words)
    const wanted = formatOf(formats, format)
    const [path, ...more] = paths
    if (path === undefined)
      throw new BottleError('No evidence is named.', 'Run `bottle report FOLDER`, or name the .zip of an artifact.')
    if (more.length > 0)
      throw new BottleError(`One run is reported, not ${paths.length}.`, 'Run `bottle union` to join several.')
    await using source = await openSource(path)
    const run = await readRun(source)
    const change = await changeOf(source)
    const text =
      wanted === 'html' ? await pageOf(source, run, change) : rendered(run, wanted, change, output === undefined)
    await print(text, output)
    return 0
  },
}

function rendered(
  { summary, plan }: ReadRun,
  format: Exclude<(typeof formats)[number], 'html'>,
  change: SuggestedChange | undefined,
  shown: boolean,
): string {
  switch (format) {
    case 'terminal':
      return renderTerminal(summary, { color: shown && process.stdout.isTTY === true })
    case 'markdown':
      return renderSummary(summary, change)
    case 'json':
      return printedJson(summary)
    case 'sarif':
      return printedJson(sarifOf(summary, plan?.policyAt))
  }
}

// A suggestion is a few lines of a spec.
const longestSuggestion = 2 ** 20

// The page is made anew: one that came with the evidence may be anyone's.
async function pageOf(
  source: EvidenceSource,
  { summary, plan }: ReadRun,
  suggested: SuggestedChange | undefined,
): Promise<string> {
  return renderHtml(summary, {
    plan: plan?.page && { ...plan.page, origins: plan.origins },
    lines: await sampleLines(linesOf(source, 'events.jsonl'), summary.blocks),
    suggested,
  })
}

async function changeOf(source: EvidenceSource): Promise<SuggestedChange | undefined> {
  const file = (['suggested.diff', 'suggested.txt'] as const).find(name => source.size(name) !== undefined)
  return file && { file, text: await readText(source, file, longestSuggestion) }
}
