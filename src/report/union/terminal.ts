import { styleText } from 'node:util'
import { count } from '../../evidence/verdict.ts'
import { plain } from '../plain-text.ts'
import type { Union } from './unite.ts'
import { type Section, sectionsOf, sentenceOf } from './words.ts'

const shown = 20
const widest = 44

/** A union for a terminal of 80 columns. */
export function renderUnion(union: Union, { color }: { color: boolean }): string {
  const bold = (text: string) => (color ? styleText('bold', text, { validateStream: false }) : text)
  return [
    bold(sentenceOf(union)),
    ...sectionsOf(union, shown).flatMap(one => ['', bold(`${one.title}:`), ...table(one)]),
  ].join('\n')
}

function table({ head, rows, more }: Section): string[] {
  const cells = [head, ...rows].map(row => row.map(cell => plain(cell)))
  const widths = head.map((_, i) => Math.min(widest, Math.max(...cells.map(row => row[i]?.length ?? 0))))
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ')}`
  return [...cells.map(line), ...(more > 0 ? [`  and ${count(more, 'more row')}`] : [])]
}
