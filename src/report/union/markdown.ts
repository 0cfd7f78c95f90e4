import { count } from '../../evidence/verdict.ts'
import { safe } from '../safe.ts'
import type { Union } from './unite.ts'
import { type Section, sectionsOf, sentenceOf } from './words.ts'

const shown = 25

/** A union as a job summary, under 64 KiB: HTML blocks with every text from outside encoded, as in `renderSummary`. */
export function renderUnionMarkdown(union: Union): string {
  return [`<h3>${safe(sentenceOf(union), 600)}</h3>`, ...sectionsOf(union, shown).flatMap(section), ''].join('\n')
}

function section({ title, head, rows, more }: Section): string[] {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map(cell => `<${tag}>${safe(cell, 120)}</${tag}>`).join('')}</tr>`
  return [
    '',
    `<h4>${safe(title)}</h4>`,
    '',
    `<table>${line(head, 'th')}${rows.map(cells => line(cells, 'td')).join('')}</table>`,
    ...(more > 0 ? ['', `<p>and ${count(more, 'more row')}</p>`] : []),
  ]
}
