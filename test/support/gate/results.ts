import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Statement } from './statements.ts'

/** What the suite last measured: a gate's version, and its words for each difference, by id. */
export type Results = Readonly<Record<string, { readonly version: string; readonly measured: Record<string, string> }>>

export const resultsFile = resolve(import.meta.dirname, '../../../docs/gates.results.json')
export const docFile = resolve(import.meta.dirname, '../../../docs/gates.md')

/** Reads the committed results. */
export function readResults(): Results {
  return JSON.parse(readFileSync(resultsFile, 'utf8'))
}

/** The document with its three tables between their markers. Throws when it has no place for one. */
export function withTables(
  text: string,
  results: Results,
  differences: readonly { id: string; what: string; why: string }[],
  statements: readonly Statement[],
): string {
  const gates = Object.entries(results)
  const versions = gates.map(([name, { version }]) => `${name} ${version}`)
  const row = ({ id, what, why }: (typeof differences)[number]) => [
    id,
    what,
    ...gates.map(([, one]) => one.measured[id] ?? '?'),
    why,
  ]
  const agree = ({ id }: { id: string }) => new Set(gates.map(([, one]) => one.measured[id])).size === 1
  const head = ['id', 'what', ...versions, 'why it matters']
  const what = statements.map(({ what, is, shown }) => [
    what,
    is['built-in'],
    is.pipelock,
    `[${nameOf(shown)}](${shown})`,
  ])
  const tables: [string, string[][]][] = [
    ['statements', [['', 'built-in', 'pipelock (default)', 'shown by'], ...what]],
    ['differences', [head, ...differences.filter(one => !agree(one)).map(row)]],
    ['the same', [head, ...differences.filter(agree).map(row)]],
  ]
  return tables.reduce((made, [name, rows]) => between(made, name, rows), text)
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

function between(text: string, name: string, [head = [], ...rows]: string[][]): string {
  const [from, to] = [`<!-- ${name}: made by the suite -->`, `<!-- /${name} -->`]
  const [start, end] = [text.indexOf(from), text.indexOf(to)]
  if (start < 0 || end < start) throw new Error(`docs/gates.md has no ${from} … ${to}`)
  const lines = [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`)
  return `${text.slice(0, start + from.length)}\n${lines.join('\n')}\n${text.slice(end)}`
}
