import { existsSync, globSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BottleError } from '../errors.ts'
import { readRun } from '../evidence/read.ts'
import { openSource } from '../evidence/source.ts'
import { printedJson } from '../report/printed-json.ts'
import { renderUnionMarkdown } from '../report/union/markdown.ts'
import { renderUnion } from '../report/union/terminal.ts'
import { type Union, unite } from '../report/union/unite.ts'
import { allowlistLines } from '../report/union/words.ts'
import type { Command } from './commands.ts'
import { formatOf, print, readWords } from './printing.ts'

const formats = ['terminal', 'markdown', 'json', 'allowlist'] as const
const fix = "Name the folders of runs, downloaded artifacts (.zip), or a pattern such as 'artifacts/*'."

/** `bottle union A B …`: joins the evidence of many runs into one suggestion. */
export const unionCommand: Command = {
  usage: `union FOLDER|FILE.zip|PATTERN… [--format ${formats.join('|')}] [--output FILE]`,
  about: 'Join the evidence of many runs: who was used, who blocked, what to allow, and what no run used.',
  async run(words) {
    const { format, output, paths } = readWords(words)
    const wanted = formatOf(formats, format)
    const runs = []
    for (const path of paths.flatMap(expanded)) {
      await using source = await openSource(path)
      runs.push(await readRun(source))
    }
    if (runs.length === 0) throw new BottleError('No evidence is named.', fix)
    await print(rendered(unite(runs), wanted, output === undefined), output)
    return 0
  },
}

function rendered(union: Union, format: (typeof formats)[number], shown: boolean): string {
  switch (format) {
    case 'terminal':
      return renderUnion(union, { color: shown && process.stdout.isTTY === true })
    case 'markdown':
      return renderUnionMarkdown(union)
    case 'json':
      return printedJson(union)
    case 'allowlist':
      return allowlistLines(union)
  }
}

// A path as it is; else what its pattern finds. A folder of evidence folders is what actions/download-artifact makes.
function expanded(word: string): string[] {
  if (existsSync(word)) return inside(word)
  if (!/[*?[{]/.test(word)) throw new BottleError(`${word} does not exist.`, fix)
  const found = globSync(word).sort()
  if (found.length === 0) throw new BottleError(`Nothing is called ${word}.`, fix)
  return found.flatMap(inside)
}

function inside(path: string): string[] {
  if (!statSync(path).isDirectory() || existsSync(join(path, 'summary.json'))) return [path]
  const below = readdirSync(path, { withFileTypes: true })
    .filter(one => (one.isDirectory() ? existsSync(join(path, one.name, 'summary.json')) : /\.zip$/i.test(one.name)))
    .map(one => join(path, one.name))
  return below.length > 0 ? below.sort() : [path]
}
