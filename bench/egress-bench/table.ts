import { figuresOf, type Measured, type Share } from './figures.ts'
import type { Result } from './judge.ts'

const head = [
  'category',
  'cases',
  'not applicable',
  'strict: contained',
  'strict: refused benign',
  'open: plain detected',
  'open: TLS detected',
  'open: refused benign',
]

/** The table of one gate in Markdown, padded so that it reads in a terminal too. */
export function renderTable({ results }: Measured): string {
  const rows = figuresOf(results).map(one => [
    one.category,
    String(one.cases),
    String(one.notApplicable),
    share(one.contained),
    share(one.strictFalse),
    share(one.plain),
    share(one.tls),
    share(one.openFalse),
  ])
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map(cells => cells[i]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

function share({ good, of }: Share): string {
  return of === 0 ? '' : `${good}/${of}`
}

/** Every miss and every refused benign case of one gate, a line each. */
export function renderMisses({ gate, results }: Measured): string[] {
  return results
    .filter(one => one.outcome === 'bad')
    .map(one => `- ${gate}, ${listName[one.mode]}, ${one.variant}: ${one.id} ${said(one)}`)
}

const listName = { strict: 'strict list', open: 'hosts allowed' }

function said({ expected, why }: Result): string {
  const words = why.replace(/[^\x20-\x7e]/g, '?')
  return expected === 'allow' ? `is benign and was refused (${words})` : words
}

/** What was not asked, grouped by reason; `strict` and `open` tell under which list, `plain` and `tls` how sent. */
export function renderNotApplicable(results: readonly Result[]): string[] {
  const groups = new Map<string, Set<string>>()
  const everywhere = new Map<string, number>()
  for (const one of results.filter(result => result.outcome === 'not applicable'))
    everywhere.set(`${one.id} ${one.why}`, (everywhere.get(`${one.id} ${one.why}`) ?? 0) + 1)
  for (const one of results.filter(result => result.outcome === 'not applicable')) {
    const all = everywhere.get(`${one.id} ${one.why}`) === 4
    const key = all ? one.why : `${one.why} (${listName[one.mode]}, ${one.variant})`
    groups.set(key, (groups.get(key) ?? new Set()).add(one.id))
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, ids]) => `- ${reason.replace(/[^\x20-\x7e]/g, '?')}: ${ids.size} (${[...ids].join(', ')})`)
}

/** All of it: a table and the misses of each gate, what was not asked, and the goals. */
export function renderMeasured(measured: readonly Measured[], missed: readonly string[]): string {
  const parts = measured.flatMap(one => [
    `## ${one.gate} ${one.version}`,
    renderTable(one),
    renderMisses(one).join('\n') || 'No miss, and no benign case refused.',
    ...(one.warned > 0
      ? [`${one.warned} responses were passed on with a warning in the log; none was held back.`]
      : []),
  ])
  const asked = renderNotApplicable(measured[0]?.results ?? [])
  const goals = missed.length === 0 ? ['Every goal is met.'] : missed.map(one => `- MISSED ${one}`)
  return [...parts, '## Not applicable', asked.join('\n') || 'Nothing.', '## Goals', goals.join('\n')].join('\n\n')
}
