import type { ProtectionName } from './protections.ts'

/** One attempt to get out of a bottle, as data. The same script is run twice: contained, and with `meets` removed. */
export interface Attempt {
  readonly name: string
  readonly family: string
  /** A bash script. Knows the world's addresses as variables, its own mark as $MARK, and the tools as `$T verb …`. */
  readonly tries: string
  /** The one protection it meets; removed, it gets through. */
  readonly meets: ProtectionName
  /** What is already missing or changed in both runs, where two protections stand behind each other. */
  readonly given?: readonly ProtectionName[]
  /**
   * What getting out is. `mark`: the mark arrives at a listener. `effect`: the script ends with 0. `outlives`: a
   * heartbeat of the script goes on after its step. `stored`: the engine keeps what it printed.
   */
  readonly judge: 'mark' | 'effect' | 'outlives' | 'stored'
  /** Gate it means something for, when not for both. */
  readonly gate?: 'built-in' | 'pipelock'
  /** It would disturb others: it runs in a bottle of its own. */
  readonly alone?: true
  /** A fact of the machine without which its control cannot succeed. */
  readonly needs?: Need
}

/** Facts of a machine that some controls need: a file of its kernel, a driver, an engine, or something absent. */
export type Need =
  | { readonly file: string }
  | { readonly device: string }
  | { readonly engine: number }
  | { readonly engineBefore: number }
  | { readonly absent: 'apparmor' | 'userns-lock' | 'source-check' }

type Rest = Omit<Attempt, 'name' | 'family' | 'tries' | 'judge'>

/** Attempts of a family out of rows of a name and what it tries; `rest` is what they share. */
export function attempts(
  family: string,
  judge: Attempt['judge'],
  rest: Rest,
  rows: Readonly<Record<string, string | (Partial<Attempt> & { tries: string })>>,
): Attempt[] {
  return Object.entries(rows).map(([name, row]) => ({
    family,
    judge,
    ...rest,
    ...(typeof row === 'string' ? { tries: row } : row),
    name,
  }))
}
