import type { ShellState } from './state.ts'
import type { Variables } from './variables.ts'

/** The variable that tells a step's processes, and no others, from all that runs in the bottle. */
export const mark = 'BOTTLE_STEP'

const otherwise = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * The environment of a step, over the bottle's own: what earlier steps set inside, then what this one brings along of
 * what the spec names, then where its files are. Nothing else of the runner's environment goes in. `own` is the
 * bottle's, as `NAME=value`.
 */
export function stepEnvironment(
  { job, env }: Pick<ShellState, 'job' | 'env'>,
  step: string,
  given: Readonly<Record<string, string | undefined>>,
  { set, path }: Variables,
  own: readonly string[],
  files: Readonly<Record<string, string>>,
): string[] {
  const brought = job.env.flatMap(name => (given[name] === undefined ? [] : [[name, given[name]] as const]))
  const all = new Map([...Object.entries(env), ...set, ...brought, ...Object.entries(files), [mark, step]])
  if (path.length > 0) {
    const before = all.get('PATH') ?? own.find(one => one.startsWith('PATH='))?.slice(5) ?? otherwise
    all.set('PATH', [...path, before].join(':'))
  }
  return [...all].map(([name, value]) => `${name}=${value}`)
}
