import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { BottleError } from '../errors.ts'
import { evidenceFiles } from '../evidence/files.ts'
import { type Verified, verifyEvidence } from '../evidence/verify.ts'
import { plain } from '../report/plain-text.ts'
import type { Command } from './commands.ts'

/** `bottle verify FOLDER --key KEY`: does the evidence fit its receipt? Exit code 1 with the first thing that does not. */
export const verifyCommand: Command = {
  usage: 'verify FOLDER --key KEY',
  about: "Check a run's evidence against its receipt; KEY is the step's output `receipt-key`.",
  async run(words) {
    const { folder, key } = read(words)
    const files = new Map(evidenceFiles(folder).map(path => [basename(path), readFileSync(path)]))
    if (files.size === 0)
      throw new BottleError(`${folder} holds no evidence.`, 'Name the folder of a run or of a downloaded artifact.')
    process.stdout.write(`${said(verifyEvidence(files, key))}\n`)
    return 0
  },
}

function read(words: readonly string[]): { folder: string; key: string } {
  const fix = 'Run `bottle verify FOLDER --key KEY`, with the key from the log of the step that made the evidence.'
  let given: ReturnType<typeof parse>
  try {
    given = parse(words)
  } catch (cause) {
    throw new BottleError(`${cause instanceof Error ? cause.message.split('. ')[0] : cause}.`, fix, { cause })
  }
  const [folder, ...more] = given.positionals
  if (folder === undefined || more.length > 0) throw new BottleError('One folder is to be named.', fix)
  if (given.values.key === undefined) throw new BottleError('No key is given.', fix)
  return { folder, key: given.values.key }
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
