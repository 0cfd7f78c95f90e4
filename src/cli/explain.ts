import { BottleError } from '../errors.ts'
import { explainHost } from '../plan/explain.ts'
import { mintRunId } from '../plan/names.ts'
import { plain } from '../report/plain-text.ts'
import { type Inputs, requestOf } from '../request.ts'
import type { Command } from './commands.ts'
import { optionUsage, readOptions } from './options.ts'

const refused = 3

/** `bottle explain HOST`: whether a host would pass, by which rule, from which file and line. Asks no one. */
export const explainCommand: Command = {
  usage: `explain HOST ${optionUsage}`,
  about: `Say whether the gate would let a host through, and by which rule. Exits with 0 when it would, ${refused} when not.`,
  async run([host, ...words]) {
    if (!host || host.startsWith('--'))
      throw new BottleError(
        'No host is given.',
        'Run `bottle explain HOST SPEC-FILE`, such as `bottle explain api.example.com .github/bottle.yml`.',
      )
    const { passes, because } = explainHost(await requestFor(readOptions(words)), host)
    const lines = [`${host} ${passes ? 'passes' : 'is refused'}:`, ...because.map(one => `  ${one}`)]
    process.stdout.write(`${lines.map(line => plain(line)).join('\n')}\n`)
    return passes ? 0 : refused
  },
}

// An image or a script that the workflow gives does not matter to what may be reached.
async function requestFor(inputs: Inputs) {
  const read = (shorthand: Inputs['shorthand']) => requestOf({ ...inputs, shorthand }, mintRunId(), process.env)
  try {
    return await read(inputs.shorthand)
  } catch (error) {
    const missing = error instanceof BottleError ? error.problems.map(one => one.path) : []
    if (missing.length === 0 || !missing.every(path => path === 'image' || path === 'run')) throw error
    return read({ ...inputs.shorthand, ...Object.fromEntries(missing.map(name => [name, 'not given'])) })
  }
}
