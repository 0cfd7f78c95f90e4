import type { Problem } from '../errors.ts'
import type { Defaults } from './allowlist.ts'
import { parseDestination } from './destination.ts'
import { mistakes } from './load.ts'
import { words } from './overlay.ts'

/**
 * Reads what replaces the default list: the input `default-allowlist`, else the variable BOTTLE_DEFAULT_ALLOWLIST
 * (set and empty means: no default hosts). Undefined when neither is given. Throws a BottleError with every mistake.
 */
export function readDefaults(input: string | undefined, variable: string | undefined): Defaults | undefined {
  const text = input ?? variable
  if (text === undefined) return undefined
  const from = input === undefined ? 'BOTTLE_DEFAULT_ALLOWLIST' : 'input default-allowlist'
  const problems: Problem[] = []
  const hosts = words(text).flatMap(({ text: entry, line }) => {
    const parsed = parseDestination(entry)
    if ('ok' in parsed) return [parsed.ok]
    problems.push({ file: from, line, column: 1, path: '', message: `${JSON.stringify(entry)} ${parsed.wrong}` })
    return []
  })
  if (problems.length > 0) throw mistakes(from, problems)
  return { hosts, from }
}
