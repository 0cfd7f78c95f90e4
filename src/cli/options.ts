import { parseArgs } from 'node:util'
import { BottleError } from '../errors.ts'
import { type Inputs, shorthandNames } from '../request.ts'

const own = ['spec', 'spec-file', 'bottle', 'pipelock-image', 'default-allowlist', 'service-container'] as const
const repeated = ['allow', 'presets', 'env', 'secrets', 'services', 'service-container', 'default-allowlist']

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
    offered: { from: 'command line', containers: containersOf(text('service-container')?.split('\n') ?? []) },
    dryRun: false,
    shorthand: Object.fromEntries(shorthandNames.map(name => [name, text(name)])) as Inputs['shorthand'],
  }
}

// `NAME=CONTAINER`, as an engine's containers may be called.
function containersOf(words: readonly string[]): Record<string, { id: string }> {
  return Object.fromEntries(
    words.map(word => {
      const [, name = '', id = ''] = /^([^=]+)=([A-Za-z0-9][A-Za-z0-9_.-]*)$/.exec(word) ?? []
      if (id !== '') return [name, { id }]
      throw new BottleError(
        `--service-container ${JSON.stringify(word)} is not NAME=CONTAINER.`,
        'Write the service’s name and a container that runs, such as `--service-container postgres=my-db`.',
      )
    }),
  )
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
