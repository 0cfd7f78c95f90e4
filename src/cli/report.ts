import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BottleError } from '../errors.ts'
import type { Summary } from '../evidence/summary.ts'
import { renderTerminal } from '../report/terminal.ts'
import type { Command } from './commands.ts'

/** `bottle report FOLDER`: prints what a run's evidence says. */
export const reportCommand: Command = {
  usage: 'report FOLDER',
  about: "Print what a run's evidence folder says.",
  async run([folder]) {
    if (!folder)
      throw new BottleError(
        'No folder is given.',
        'Run `bottle report FOLDER` with the folder that holds summary.json.',
      )
    process.stdout.write(`${renderTerminal(readSummary(folder), { color: process.stdout.isTTY === true })}\n`)
    return 0
  },
}

function readSummary(folder: string): Summary {
  try {
    return JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')) as Summary
  } catch (cause) {
    throw new BottleError(
      `${folder} holds no summary.json that can be read.`,
      'Name the folder of a run or of a downloaded artifact.',
      { cause },
    )
  }
}
