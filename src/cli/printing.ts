import { stat, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { closest } from 'fastest-levenshtein'
import { BottleError } from '../errors.ts'

/** The words after a verb that reads evidence: what to read, and how and where to print what it says. */
export interface PrintWords {
  readonly paths: readonly string[]
  readonly format: string | undefined
  readonly output: string | undefined
}

/** Reads `PATH… [--format F] [--output FILE]`. Throws a BottleError for an option that is none. */
export function readWords(words: readonly string[]): PrintWords {
  try {
    const options = { format: { type: 'string' }, output: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
    return { paths: positionals, format: values.format, output: values.output }
  } catch (cause) {
    const what = cause instanceof Error ? cause.message.split('. ')[0] : String(cause)
    throw new BottleError(`${what}.`, 'Run `bottle --help`.', { cause })
  }
}

/** The format that is meant; the first without one. Throws a BottleError that names the nearest. */
export function formatOf<F extends string>(formats: readonly [F, ...F[]], given: string | undefined): F {
  if (given === undefined) return formats[0]
  const found = formats.find(one => one === given)
  if (found) return found
  throw new BottleError(
    `There is no format ${JSON.stringify(given)}.`,
    `Write \`--format ${closest(given, formats)}\`; there are ${formats.join(', ')}.`,
  )
}

/** Prints a text to standard output, or writes it to the file that `--output` names. Throws a BottleError when it cannot. */
export async function print(text: string, output: string | undefined): Promise<void> {
  const whole = text.endsWith('\n') ? text : `${text}\n`
  if (output === undefined) {
    process.stdout.write(whole)
    return
  }
  try {
    if ((await stat(output).catch(() => undefined))?.isDirectory()) throw new Error('it is a folder')
    await writeFile(output, whole)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new BottleError(`${output} cannot be written: ${why}.`, 'Name a file that can be written after --output.', {
      cause,
    })
  }
}
