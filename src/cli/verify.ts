import { parseArgs } from 'node:util'
import { BottleError } from '../errors.ts'
import { openSource, readBytes } from '../evidence/source.ts'
import { type Verified, verifyEvidence } from '../evidence/verify.ts'
import { plain } from '../report/plain-text.ts'
import type { Command } from './commands.ts'

// Larger than any file of the evidence may become (docs/evidence.md).
const mostBytes = 64 * 2 ** 20

/** `bottle verify FOLDER|ZIP --key KEY`: does the evidence fit its receipt? Exit code 1 with the first thing that does not. */
export const verifyCommand: Command = {
  usage: 'verify FOLDER|ZIP --key KEY',
  about: "Check a run's evidence against its receipt; KEY is the step's output `receipt-key`.",
  async run(words) {
    const { path, key } = read(words)
    await using source = await openSource(path)
    const files = new Map<string, Buffer>()
    for (const name of source.names) files.set(name, await readBytes(source, name, mostBytes))
    process.stdout.write(`${said(verifyEvidence(files, key))}\n`)
    return 0
  },
}

function read(words: readonly string[]): { path: string; key: string } {
  const fix = 'Run `bottle verify FOLDER|ZIP --key KEY`, with the key from the log of the step that made the evidence.'
  let given: ReturnType<typeof parse>
  try {
    given = parse(words)
  } catch (cause) {
    throw new BottleError(`${cause instanceof Error ? cause.message.split('. ')[0] : cause}.`, fix, { cause })
  }
  const [path, ...more] = given.positionals
  if (path === undefined || more.length > 0) throw new BottleError('One folder or .zip is to be named.', fix)
  if (given.values.key === undefined) throw new BottleError('No key is given.', fix)
  return { path, key: given.values.key }
}

function parse(words: readonly string[]) {
  return parseArgs({ args: [...words], options: { key: { type: 'string' } }, allowPositionals: true })
}

function said({ statement: { predicate }, files }: Verified): string {
  return [
    `The evidence is what was signed: ${files} files and the run's facts.`,
    plain(predicate.verdict),
    `bottle ${plain(predicate.bottle)} · gate ${plain(predicate.gate.name)} · enforced ${predicate.enforced}`,
  ].join('\n')
}
