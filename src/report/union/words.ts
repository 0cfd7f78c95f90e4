import { count } from '../../evidence/verdict.ts'
import { kindWords } from '../kinds.ts'
import type { SeenHost, Union, UnusedEntry } from './unite.ts'

/** A union as titled rows of plain cells, whatever they are rendered as. Cells may be hostile text. */
export interface Section {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Rows that are left out. */
  readonly more: number
}

/** The sentence that comes first. */
export function sentenceOf({ runs, silent, suggested, unused, blocked }: Union): string {
  const own = unused.filter(one => one.own).length
  return [
    `${count(runs, 'run')}${silent > 0 ? ` (${silent} in which the agent did not run, or whose hosts are not all known)` : ''}:`,
    `${count(blocked.length, 'host')} blocked, ${suggested.length} could be allowed, ${own} allowed and used by no run.`,
  ].join(' ')
}

/** What a union says, section by section, each with at most `most` rows. Sections without rows are left out. */
export function sectionsOf(union: Union, most: number): Section[] {
  const times = ({ runs, count: all }: SeenHost) => [`${runs} of ${union.runs}`, String(all)]
  const own = union.unused.filter(one => one.own)
  const listed = union.unused.filter(one => !one.own)
  const origin = ({ entry, from }: UnusedEntry) => [entry, from.join(', ') || 'not known']
  const section = <T>(
    title: string,
    head: readonly string[],
    all: readonly T[],
    row: (one: T) => readonly string[],
  ) => ({
    title,
    head,
    rows: all.slice(0, most).map(row),
    more: Math.max(0, all.length - most),
  })
  return [
    section('Could be allowed, if the agent needs it', ['Host', 'Runs', 'Requests'], union.suggested, one => [
      one.host,
      ...times(one),
    ]),
    section('Allowed, and used by no run', ['Entry', 'From'], own, origin),
    section('Used by no run, but part of a list', ['Entry', 'From'], listed, origin),
    section('Blocked', ['Host', 'Runs', 'Times', 'Why'], union.blocked, one => [
      one.host,
      ...times(one),
      one.kinds.map(kind => kindWords[kind]).join(', '),
    ]),
    section('Used', ['Host', 'Runs', 'Requests'], union.used, one => [one.host, ...times(one)]),
  ].filter(one => one.rows.length > 0)
}

/** The suggestion as lines for `allow` or an allowlist, each with its reason as a comment. */
export function allowlistLines({ suggested, runs }: Union): string {
  return suggested.map(one => `${one.host} # asked for in ${one.runs} of ${count(runs, 'run')}`).join('\n')
}
