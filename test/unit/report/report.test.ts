import { expect, test } from '@jest/globals'
import { renderSummary } from '../../../src/report/markdown.ts'
import { plain } from '../../../src/report/plain-text.ts'
import { egressLine } from '../../../src/report/plan.ts'
import { renderPolicyChange } from '../../../src/report/policy-change.ts'
import { suggestedHosts, suggestions } from '../../../src/report/suggest.ts'
import { renderTerminal } from '../../../src/report/terminal.ts'
import { group, hostile, summary } from '../../support/summaries.ts'

test('hostile text means nothing in the job summary', () => {
  const text = renderSummary(
    summary(
      hostile.map(host => group(host)),
      { verdict: hostile.join(' ') },
    ),
  )
  expect(text).not.toMatch(/<img|<h1>|javascript:|@everyone|`|\u202e|\x1b|::error|<!--|\]\(/)
  // One cell each: nothing broke out of its place in the table.
  expect(text.match(/<tr>/g)?.length).toBe(2 + 1 + 10)
  const tags = new Set(text.match(/<\/?[a-z0-9]+/g))
  expect([...tags].every(tag => /^<\/?(h3|table|tr|th|td|code|p|pre|sub)$/.test(tag))).toBe(true)
})

test('hostile text moves nothing on a terminal', () => {
  const text = renderTerminal(
    summary(
      hostile.map(host => group(host)),
      { verdict: hostile.join(' ') },
    ),
    { color: false },
  )
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]/)
  expect(plain('a\r\nb\x1b[31mc\u202ed')).toBe('abcd')
})

test('the summary stays small, whatever there is', () => {
  const many = Array.from({ length: 5000 }, (_, i) => group(`${'x'.repeat(200)}${i}.test`))
  expect(Buffer.byteLength(renderSummary(summary(many)))).toBeLessThan(64 * 1024)
})

test('only hosts that were refused for not being listed are suggested', () => {
  const blocks = [
    group('api.example.com'),
    group('leak.example.com'),
    group('leak.example.com', 'secret'),
    group('10.0.0.1'),
    group('co.uk'),
    group('github.io'),
    group('[label-abc].evil.test'),
    group('b.example.com', 'rate'),
  ]
  expect(suggestedHosts(summary(blocks))).toEqual(['api.example.com'])
})

test('what is not suggested is said to be not, and why', () => {
  const blocks = [
    group('leak.example.com'),
    group('leak.example.com', 'secret'),
    group('evil.example.net'),
    group('[label-0a1b2c].evil.example.net', 'secret'),
    group('203.0.113.7'),
    group('[label-0a1b2c].example.org'),
    group('***.example.org'),
    group('co.uk'),
    group('github.io'),
    group('good.example.org', 'not-allowed', 3),
  ]
  const { add, held } = suggestions(summary(blocks))
  expect(add).toEqual([{ host: 'good.example.org', why: 'refused 3 times (CONNECT)' }])
  expect(Object.fromEntries(held.map(({ host, why }) => [host, why]))).toEqual({
    'leak.example.com': 'also refused: carried a secret',
    'evil.example.net': 'a secret was on its way to a name below it',
    '203.0.113.7': 'an address, which says nothing of who answers there',
    '[label-0a1b2c].example.org': 'part of its name was hidden, since it looked like data',
    '***.example.org': 'part of its name was hidden, since it looked like data',
    'co.uk': 'a public suffix, below which anyone can register a name',
    'github.io': 'a public suffix, below which anyone can register a name',
  })
  // A secret went to one of the hosts that were too many to tell apart: it may be any of those that were told.
  const counts = { ...summary(blocks).counts, byKind: { secret: 3 }, ungrouped: 1 }
  expect(suggestedHosts(summary([group('good.example.org')], { counts }))).toEqual([])
})

test('the egress line counts, and names the first', () => {
  expect(egressLine([])).toBe('egress: 0 hosts allowed')
  expect(egressLine(['a.test'])).toBe('egress: 1 host allowed (a.test)')
  expect(egressLine(['a.test', 'b.test', 'c.test'])).toBe('egress: 3 hosts allowed (a.test, b.test, c.test)')
  const nine = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map(name => `${name}.test`)
  expect(egressLine(nine)).toBe('egress: 9 hosts allowed (a.test, b.test, c.test, +6 more)')
})

test('a refused certificate is told with what to write, and a silent refusal under inspection is thought of', () => {
  const tls = { inspected: true, passthrough: [] }
  const distrust = [
    { host: 'pin.test', by: 'client' as const, count: 2 },
    { host: '<b>.test', by: 'gate' as const, count: 1 },
  ]
  const both = summary([], { tls, distrust })
  expect(renderTerminal(both, { color: false })).toContain('add pin.test to egress.tls.passthrough')
  expect(renderSummary(both)).toContain('add pin.test to egress.tls.passthrough')
  expect(renderSummary(both)).not.toContain('<b>')
  const failed = {
    end: { kind: 'exited', code: 1 },
    limits: { exceeded: [], unobserved: [] },
    startedAt: '',
    endedAt: '',
  } as const
  const silent = 'a client that pins certificates'
  expect(renderTerminal(summary([], { tls, outcome: failed }), { color: false })).toContain(silent)
  expect(renderTerminal(summary([], { tls }), { color: false })).not.toContain(silent)
  expect(renderTerminal(summary([], { outcome: failed }), { color: false })).not.toContain(silent)
})

const most = (length: number) => 'x\u{1f600}'.repeat(length).slice(0, length)

test('a job summary of everything at its worst is under 64 KiB, and its first things are there', () => {
  const longest = most(2000)
  const blocks = Array.from({ length: 2000 }, (_, i) => ({
    ...group(`${i}${longest}`, 'secret'),
    secrets: Array.from({ length: 5 }, () => longest),
  }))
  const distrust = blocks.map(({ host }) => ({ host, by: 'client' as const, count: 1 }))
  const planted = { repositories: [], files: blocks.map(one => one.host), count: 2000, complete: false }
  const direct = { observed: false as const, reason: longest }
  const worst = summary(blocks, { distrust, planted, direct, verdict: longest })
  const change = { file: 'suggested.diff' as const, text: blocks.map(one => `+${one.host}`).join('\n') }
  const text = renderSummary(worst, change)
  const policy = renderPolicyChange({ base: longest, file: longest, changes: blocks.map(one => one.host) })
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(40 * 1024)
  expect(Buffer.byteLength(policy)).toBeLessThanOrEqual(12 * 1024)
  expect(text).toContain('<td>2000</td>')
  expect(text).toContain('carried a secret')
})

test('the summary shows the suggested diff, escaped, without its head, and no longer than a screen', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `+    - h${i}.test`)
  const text = [
    '# Allows 40 hosts',
    '#   h0.test: refused',
    'diff --git a/b.yml b/b.yml',
    '+ </pre><img src=x> @me',
    ...lines,
  ].join('\n')
  const shown = renderSummary(summary([group('h0.test')]), { file: 'suggested.diff', text })
  const [, diff = ''] = /<pre lang="diff">([\s\S]*?)<\/pre>/.exec(shown) ?? []
  expect(diff.split('\n')[0]).toBe('diff --git a/b.yml b/b.yml')
  expect(diff).toContain('+ &lt;/pre&gt;&lt;img src=x&gt; &#64;me')
  expect(diff.split('\n')).toHaveLength(17)
  expect(diff).toMatch(/and 26 more lines$/)
  expect(shown.match(/<\/pre>/g)).toHaveLength(1)
})

test('expected blocks are shown apart, and are suggested to nobody', () => {
  const meant = { ...group('in.telemetry.test', 'not-allowed', 3), expected: true as const }
  const base = summary([meant, group('other.test')])
  const both = { ...base, counts: { ...base.counts, expected: 3 } }
  expect(suggestedHosts(both)).toEqual(['other.test'])
  const text = renderSummary(both)
  expect(text).toContain('Expected, and no reason to worry: 3 blocks (<code>in.telemetry.test</code>)')
  expect(text.match(/<tr>/g)).toHaveLength(2 + 2)
  const terminal = renderTerminal(both, { color: false })
  expect(terminal).toContain('Expected: 3 blocks of in.telemetry.test')
  expect(terminal).not.toMatch(/^ {2}in\.telemetry/m)
})

test('what nobody could see of direct attempts is not observed, and never 0', () => {
  const direct = { observed: false as const, reason: 'the engine is elsewhere' }
  for (const text of [
    renderSummary(summary([], { direct })),
    renderTerminal(summary([], { direct }), { color: false }),
  ])
    expect(text).toMatch(/Direct attempts: Not observed(&#58;|:) the engine is elsewhere\./)
  expect(renderTerminal(summary([]), { color: false })).toContain('Direct attempts: None was seen.')
})

test('a block that fails the step is never green', () => {
  const blocked = summary([group('a.test')])
  expect(renderSummary(blocked)).toContain('🟢')
  expect(renderSummary({ ...blocked, failOn: 'any-block' })).toContain('🔴')
  expect(renderSummary({ ...blocked, failOn: 'dlp' })).toContain('🟢')
})

test('a run without a bottle around it is never called one', () => {
  expect(renderSummary(summary([], { enforced: false, verdict: 'The agent did not run: x.' }))).toContain('🔴')
})
