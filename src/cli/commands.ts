import { closest } from 'fastest-levenshtein'
import { explain } from '../errors.ts'
import { explainCommand } from './explain.ts'
import { packCommand } from './pack.ts'
import { planCommand } from './plan.ts'
import { presetsCommand } from './presets.ts'
import { reportCommand } from './report.ts'
import { runCommand } from './run.ts'
import { sweepCommand } from './sweep.ts'
import { unionCommand } from './union.ts'
import { verifyCommand } from './verify.ts'

/** A verb of the command line: takes the words after it, resolves with the process's exit code. */
export interface Command {
  readonly usage: string
  readonly about: string
  run(words: readonly string[]): Promise<number>
}

const commands: Readonly<Record<string, Command>> = {
  run: runCommand,
  plan: planCommand,
  explain: explainCommand,
  report: reportCommand,
  union: unionCommand,
  presets: presetsCommand,
  verify: verifyCommand,
  sweep: sweepCommand,
  'pack-pipelock': packCommand,
}

/** The command line: `bottle VERB …`. Resolves with the exit code; a user's mistake is one sentence on stderr. */
export async function commandLine(words: readonly string[]): Promise<number> {
  const [verb = '--help', ...rest] = words
  if (['--help', '-h', 'help'].includes(verb)) {
    process.stdout.write(`${help()}\n`)
    return 0
  }
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  if (!command) {
    process.stderr.write(
      `bottle has no command ${JSON.stringify(verb)}; did you mean ${closest(verb, Object.keys(commands))}?\n`,
    )
    return 2
  }
  if (rest.some(word => word === '--help' || word === '-h')) {
    process.stdout.write(`${described(command)}\n`)
    return 0
  }
  try {
    return await command.run(rest)
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    return 1
  }
}

function help(): string {
  const rows = Object.values(commands).map(described)
  return ['Runs an agent in a container whose only way out is an egress gate.', '', ...rows].join('\n')
}

function described({ usage, about }: Command): string {
  return `  bottle ${usage}\n      ${about}`
}
