import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** What the suite last measured: a gate's version, and its words for each difference, by id. */
export type Results = Readonly<Record<string, { readonly version: string; readonly measured: Record<string, string> }>>

export const resultsFile = resolve(import.meta.dirname, '../../../docs/gates.results.json')
export const docFile = resolve(import.meta.dirname, '../../../docs/gates.md')

/** Reads the committed results. */
export function readResults(): Results {
  return JSON.parse(readFileSync(resultsFile, 'utf8'))
}

const [from, to] = ['<!-- differences: made by the suite -->', '<!-- /differences -->']

/** The document with the table of these results between its markers. Throws when it has none. */
export function withTable(
  text: string,
  results: Results,
  differences: readonly { id: string; what: string; why: string }[],
): string {
  const [start, end] = [text.indexOf(from), text.indexOf(to)]
  if (start < 0 || end < start) throw new Error(`docs/gates.md has no ${from} … ${to}`)
  const gates = Object.entries(results)
  const head = ['id', 'what', ...gates.map(([name, { version }]) => `${name} ${version}`), 'why it matters']
  const rows = differences.map(({ id, what, why }) => [
    id,
    what,
    ...gates.map(([, one]) => one.measured[id] ?? '?'),
    why,
  ])
  const lines = [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`)
  return `${text.slice(0, start + from.length)}\n${lines.join('\n')}\n${text.slice(end)}`
}
