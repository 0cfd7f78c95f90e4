import type { BlockGroup, Job, Planted, ServiceUse, Summary } from '../evidence/summary.ts'
import { count, duration, failureOf } from '../evidence/verdict.ts'
import { certificateAdvice } from './certificates.ts'
import { directWords } from './direct-words.ts'
import { fitted, mostBytes } from './fitted.ts'
import { outsideWords } from './job-steps.ts'
import { whyOf, worstFirst } from './kinds.ts'
import { safe } from './safe.ts'
import { serviceWords } from './service-words.ts'
import { suggestedHosts } from './suggest.ts'
import type { SuggestedChange } from './suggested-change.ts'

const shownBlocks = 10
const shownNames = 5
const shownLines = 16
const shownSteps = 20

/**
 * The job summary as GitHub-flavoured markdown, one screen long and under 64 KiB whatever the agent did. All text from
 * outside is entity-encoded inside HTML blocks, where markdown is not read: no pipe, backtick, mention, link or tag in it
 * means anything. What to look at first comes first; `change` is what the evidence suggests to change.
 */
export function renderSummary(summary: Summary, change?: SuggestedChange): string {
  const { counts } = summary
  const blocks = summary.blocks.filter(one => !one.expected).sort(worstFirst)
  const shown = topHosts(blocks)
  const rest = counts.blocked - counts.expected - shown.reduce((sum, one) => sum + one.count, 0)
  const sections = [
    `<h3>${icon(summary)} ${safe(summary.verdict, 600)}</h3>\n`,
    table(
      ['Allowed', 'Blocked', 'Carrying a secret'],
      [[counts.allowed, counts.blocked, counts.dlp].map(one => (summary.whole ? `${one}` : `at least ${one}`))],
    ),
    ...(shown.length > 0 ? [`\n${table(['Blocked host', 'Why', 'Times'], shown.map(row))}`] : []),
    ...(rest > 0 ? [`\n<p>${count(rest, 'more block')} in <code>blocked.jsonl</code>.</p>`] : []),
    ...expected(summary),
    `\n<p>Direct attempts: ${safe(directWords(summary.direct), 300)}</p>`,
    ...joined(summary.services),
    ...(change ? shownChange(change) : suggestion(suggestedHosts(summary))),
    ...certificateAdvice(summary)
      .slice(0, shownNames)
      .map(text => `\n<p>${safe(text, 400)}</p>`),
    ...jobSteps(summary.job),
    ...changed(summary.planted),
    footer(summary),
  ]
  return fitted(sections, mostBytes.run)
}

function icon(summary: Summary): string {
  const { enforced, counts, outcome, mode } = summary
  const isGood = outcome.end.kind === 'exited' && outcome.end.code === 0 && !failureOf(summary)
  if (mode === 'learn' && outcome.end.kind === 'exited') return failureOf(summary) ? '🔴' : '🟡'
  if (!enforced) return '🔴'
  if (counts.dlp > 0) return failureOf(summary) ? '🔴' : '🟠'
  return isGood ? '🟢' : '🔴'
}

// A line for each host and reason: the methods are in the evidence.
function topHosts(blocks: readonly BlockGroup[]): BlockGroup[] {
  const rows = Map.groupBy(blocks, ({ host, port, kind }) => JSON.stringify([host, port, kind]))
  return [...rows.values()]
    .flatMap(([first, ...more]) =>
      first ? [{ ...first, count: more.reduce((sum, one) => sum + one.count, first.count) }] : [],
    )
    .sort(worstFirst)
    .slice(0, shownBlocks)
}

function row(group: BlockGroup): string[] {
  const { host, port, count: times } = group
  return [`<code>${safe(host)}${port === undefined ? '' : `:${port}`}</code>`, safe(whyOf(group), 160), String(times)]
}

function expected({ blocks, counts }: Summary): string[] {
  if (counts.expected === 0) return []
  const hosts = [...new Set(blocks.filter(one => one.expected).map(one => one.host))]
  const more = hosts.length - shownNames
  const names = hosts.slice(0, shownNames).map(host => `<code>${safe(host)}</code>`)
  return [
    `\n<p>Expected, and no reason to worry: ${count(counts.expected, 'block')} (${[...names, ...(more > 0 ? [`${more} more`] : [])].join(', ')}).</p>`,
  ]
}

function suggestion(hosts: readonly string[]): string[] {
  if (hosts.length === 0) return []
  const lines = hosts.slice(0, shownBlocks).map(host => `  ${safe(host, 253)}`)
  return [`\n<p>If the agent needs them, add to the step:</p>\n<pre>allow: |\n${lines.join('\n')}</pre>`]
}

// Its head says why, which the table above does too.
function shownChange({ file, text }: SuggestedChange): string[] {
  const lines = text
    .trimEnd()
    .split('\n')
    .filter(line => !line.startsWith('#'))
  const rest = lines.length - shownLines
  const cut = [...lines.slice(0, shownLines), ...(rest > 0 ? [`# and ${count(rest, 'more line')}`] : [])]
  const how = file === 'suggested.diff' ? 'or <code>git apply suggested.diff</code>' : 'in the workflow'
  return [
    `\n<p>If the agent needs them, ${how}:</p>\n<pre lang="diff">${cut.map(line => safe(line, 200)).join('\n')}</pre>`,
  ]
}

function joined(services: readonly ServiceUse[] = []): string[] {
  if (services.length === 0) return []
  const rows = services.map(one => `<code>${safe(one.name)}</code> on ${safe(serviceWords(one), 300)}`)
  return [`\n<p>Services of the job, past the gate: ${rows.join('; ')}.</p>`]
}

function jobSteps(job: Job | undefined): string[] {
  if (!job) return []
  const { inside, count: all, outside } = job
  const rows = inside.slice(0, shownSteps).map(({ step, exitCode, durationMs }) => {
    return [
      `<code>${safe(step)}</code>`,
      exitCode === undefined ? 'not seen' : `${exitCode}`,
      duration(durationMs ?? 0),
    ]
  })
  const places = (outside ?? []).slice(0, shownSteps).map(outsideWords)
  return [
    ...(rows.length > 0 ? ['', table(['Step in the bottle', 'Exit code', 'Took'], rows)] : []),
    ...(all > rows.length ? ['', `<p>${count(all - rows.length, 'more step')} in <code>summary.json</code>.</p>`] : []),
    ...(outside === undefined
      ? [
          '',
          '<p>Which later steps of the job ran outside of the bottle is not known: its workflow could not be read.</p>',
        ]
      : []),
    ...(places.length > 0
      ? [
          '',
          `<p>Outside of the bottle, by the workflow (${(outside ?? []).length}):</p>`,
          `<pre>${places.map(one => safe(one, 300)).join('\n')}</pre>`,
        ]
      : []),
  ]
}

function changed(planted: Planted | undefined): string[] {
  if (!planted || (planted.count === 0 && planted.complete)) return []
  const { repositories, files, count: all, complete } = planted
  const paths = [...repositories.map(path => `${path} (a repository: git obeys its configuration)`), ...files]
  const lines = paths.slice(0, shownBlocks).map(path => safe(path, 200))
  const rest = all - lines.length
  return [
    `\n<p>Changed by the agent, and obeyed by tools of later steps (${all}):</p>\n<pre>${[...lines, ...(rest > 0 ? [`and ${rest} more, in summary.json`] : []), ...(complete ? [] : ['The workspace is too large to be looked at whole.'])].join('\n')}</pre>`,
  ]
}

function footer({ gate, tls, bottle, durationMs }: Summary): string {
  return `\n<p><sub>Gate: ${safe(gate.name)} ${safe(gate.version ?? '')}${tls.inspected ? ', TLS inspected' : ''} · bottle ${safe(bottle)} · ${duration(durationMs)} · evidence in the run's artifact</sub></p>\n`
}

// Cells are HTML already: the callers have encoded what is not ours.
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map(cell => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  return `<table>${line(head, 'th')}${rows.map(cells => line(cells, 'td')).join('')}</table>`
}
