import type { BlockGroup, Job, Planted, Summary } from '../evidence/summary.ts'
import { count, duration } from '../evidence/verdict.ts'
import { certificateAdvice } from './certificates.ts'
import { outsideWords } from './job-steps.ts'
import { kindWords } from './kinds.ts'
import { safe } from './safe.ts'
import { suggestedHosts } from './suggest.ts'

const shownBlocks = 10
const shownSteps = 20

/**
 * The job summary as GitHub-flavoured markdown, one screen long. All text from outside is entity-encoded inside HTML
 * blocks, where markdown is not read: no pipe, backtick, mention, link or tag in it means anything.
 */
export function renderSummary(summary: Summary): string {
  const { counts, blocks, gate } = summary
  const rest = counts.blocked - blocks.slice(0, shownBlocks).reduce((sum, one) => sum + one.count, 0)
  return [
    `<h3>${icon(summary)} ${safe(summary.verdict, 600)}</h3>`,
    '',
    table(
      ['Allowed', 'Blocked', 'Carrying a secret'],
      [[counts.allowed, counts.blocked, counts.dlp].map(one => (summary.whole ? `${one}` : `at least ${one}`))],
    ),
    ...(blocks.length > 0 ? ['', table(['Blocked host', 'Why', 'Times'], blocks.slice(0, shownBlocks).map(row))] : []),
    ...(rest > 0 ? ['', `<p>${count(rest, 'more block')} in <code>blocked.jsonl</code>.</p>`] : []),
    ...suggestion(suggestedHosts(summary)),
    ...certificateAdvice(summary)
      .slice(0, shownBlocks)
      .flatMap(text => ['', `<p>${safe(text, 600)}</p>`]),
    ...jobSteps(summary.job),
    ...changed(summary.planted),
    '',
    `<p><sub>Gate: ${safe(gate.name)} ${safe(gate.version ?? '')}${summary.tls.inspected ? ', TLS inspected' : ''} · bottle ${safe(summary.bottle)} · ${duration(summary.durationMs)} · evidence in the run's artifact</sub></p>`,
    '',
  ].join('\n')
}

function icon({ enforced, counts, outcome, mode }: Summary): string {
  if (mode === 'learn' && outcome.end.kind === 'exited') return '🟡'
  if (!enforced) return '🔴'
  if (counts.dlp > 0) return '🟠'
  return outcome.end.kind === 'exited' && outcome.end.code === 0 ? '🟢' : '🔴'
}

function row({ host, port, kind, count: times }: BlockGroup): string[] {
  return [`<code>${safe(host)}${port === undefined ? '' : `:${port}`}</code>`, kindWords[kind], String(times)]
}

function suggestion(hosts: readonly string[]): string[] {
  if (hosts.length === 0) return []
  const lines = hosts.slice(0, shownBlocks).map(host => `  ${safe(host, 253)}`)
  return ['', '<p>If the agent needs them, add to the step:</p>', `<pre>allow: |\n${lines.join('\n')}</pre>`]
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
    '',
    `<p>Changed by the agent, and obeyed by tools of later steps (${all}):</p>`,
    `<pre>${[...lines, ...(rest > 0 ? [`and ${rest} more, in summary.json`] : []), ...(complete ? [] : ['The workspace is too large to be looked at whole.'])].join('\n')}</pre>`,
  ]
}

// Cells are HTML already: the callers have encoded what is not ours.
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map(cell => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  return `<table>${line(head, 'th')}${rows.map(cells => line(cells, 'td')).join('')}</table>`
}
