import { styleText } from 'node:util'
import { directTarget } from '../evidence/direct-lines.ts'
import type { BlockGroup, Planted, Summary } from '../evidence/summary.ts'
import { count, duration, failureOf } from '../evidence/verdict.ts'
import { certificateAdvice } from './certificates.ts'
import { directWords } from './direct-words.ts'
import { insideWords, outsideWords } from './job-steps.ts'
import { kindWords, worstFirst } from './kinds.ts'
import { plain } from './plain-text.ts'
import { serviceWords } from './service-words.ts'
import { suggestedHosts } from './suggest.ts'

const shown = 12

/** What a person reads at the end of a run, at 80 columns: verdict, blocks, what could be allowed, which gate it was. */
export function renderTerminal(summary: Summary, { color }: { color: boolean }): string {
  const paint = (style: 'green' | 'red' | 'yellow' | 'bold' | 'dim', text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text
  const { end } = summary.outcome
  const good = summary.enforced && end.kind === 'exited' && end.code === 0 && !failureOf(summary)
  const blocks = summary.blocks.filter(one => !one.expected).sort(worstFirst)
  const meant = summary.blocks.filter(one => one.expected)
  const rows = blocks.slice(0, shown).flatMap(({ host, port, kind, secrets = [], count: times }) => {
    const where = plain(port === undefined ? host : `${host}:${port}`)
    const line = `  ${where.slice(0, 48).padEnd(48)}  ${paint(kind === 'secret' ? 'red' : 'yellow', kindWords[kind])}${times > 1 ? ` × ${times}` : ''}`
    return [line, ...secrets.map(one => `    ${plain(one).slice(0, 76)}`)]
  })
  const more = blocks.length - shown
  const suggested = suggestedHosts(summary).slice(0, shown)
  const advice = certificateAdvice(summary).slice(0, shown)
  return [
    paint('bold', paint(good ? 'green' : 'red', plain(summary.verdict))),
    ...(rows.length > 0 ? ['', 'Blocked:', ...rows] : []),
    ...(more > 0 ? [`  and ${count(more, 'more host')}, in blocked.jsonl`] : []),
    ...(meant.length > 0
      ? ['', `Expected: ${count(summary.counts.expected, 'block')} of ${expectedHosts(meant)}`]
      : []),
    '',
    `Direct attempts: ${plain(directWords(summary.direct))}`,
    ...(summary.direct.observed ? summary.direct.attempts : [])
      .slice(0, shown)
      .map(one => `  ${plain(directTarget(one)).slice(0, 60)}${one.count > 1 ? ` × ${one.count}` : ''}`),
    ...(summary.services ?? []).map(one => `Service ${plain(one.name)} on ${serviceWords(one)}`),
    ...(suggested.length > 0
      ? ['', 'If the agent needs them, add to `allow`:', ...suggested.map(host => `  ${plain(host)}`)]
      : []),
    ...(advice.length > 0 ? ['', ...advice.map(text => plain(text))] : []),
    ...listed('Steps in the bottle', (summary.job?.inside ?? []).map(insideWords)),
    ...listed('Later steps outside of the bottle, by the workflow', (summary.job?.outside ?? []).map(outsideWords)),
    ...(summary.planted && summary.planted.count > 0
      ? ['', `Changed by the agent, and obeyed by tools of later steps: ${planted(summary.planted)}`]
      : []),
    '',
    paint(
      'dim',
      `gate ${summary.gate.name} ${summary.gate.version ?? ''}${summary.tls.inspected ? ', TLS inspected' : ''} · bottle ${summary.bottle} · ${duration(summary.durationMs)}`,
    ),
  ].join('\n')
}

function expectedHosts(groups: readonly BlockGroup[]): string {
  const hosts = [...new Set(groups.map(one => plain(one.host).slice(0, 48)))]
  return [...hosts.slice(0, 3), ...(hosts.length > 3 ? [`${hosts.length - 3} more`] : [])].join(', ')
}

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  const rest = lines.length - shown
  return [
    '',
    `${title}:`,
    ...lines.slice(0, shown).map(line => `  ${plain(line)}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ]
}

function planted({ repositories, files, count: all }: Planted): string {
  const paths = [...repositories, ...files].slice(0, shown).map(path => plain(path).slice(0, 200))
  return [...paths, ...(all > paths.length ? [`${all - paths.length} more`] : [])].join(', ')
}
