import { parseArgs } from 'node:util'
import { BottleError } from '../errors.ts'
import { type Inputs, shorthandNames } from '../request.ts'

const own = ['spec', 'spec-file', 'bottle', 'pipelock-image', 'default-allowlist'] as const
const repeated = ['allow', 'presets', 'env', 'secrets', 'default-allowlist']

/** The options of `run` and `plan` in words for `--help`: the action's inputs under their own names. */
export const optionUsage = '[SPEC-FILE] [--image I] [--run SCRIPT] [--allow HOST]… [--gate pipelock|built-in] …'

/** Reads the words after `run` or `plan`: the action's inputs as `--NAME VALUE`, lists repeated, a spec file alone. */
export function readOptions(words: readonly string[]): Inputs {
  const names = [...own, ...shorthandNames]
  const options = Object.fromEntries(
    names.map(name => [name, { type: 'string' as const, multiple: repeated.includes(name) }]),
  )
  const { values, positionals } = parsed([...words], options)
  const text = (name: string): string | undefined => {
    const value = values[name]
    return Array.isArray(value) ? value.join('\n') : value
  }
  if (positionals.length > 1)
    throw new BottleError(`One spec file is read, not ${positionals.length}.`, 'Run `bottle --help`.')
  return {
    spec: text('spec'),
    specFile: text('spec-file') ?? positionals[0],
    bottle: text('bottle'),
    pipelockImage: text('pipelock-image'),
    defaultAllowlist: text('default-allowlist'),
    dryRun: false,
    shorthand: Object.fromEntries(shorthandNames.map(name => [name, text(name)])) as Inputs['shorthand'],
  }
}

function parsed(args: string[], options: Record<string, { type: 'string'; multiple: boolean }>) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    return { values: values as Record<string, string | string[] | undefined>, positionals }
  } catch (cause) {
    const words = cause instanceof Error ? cause.message.split('. ')[0] : String(cause)
    throw new BottleError(`${words}.`, 'Run `bottle --help`.', { cause })
  }
}
