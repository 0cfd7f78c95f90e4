import { expect, test } from '@jest/globals'
import type { ReadRun } from '../../../src/evidence/read.ts'
import type { Summary } from '../../../src/evidence/summary.ts'
import { renderUnionMarkdown } from '../../../src/report/union/markdown.ts'
import { renderUnion } from '../../../src/report/union/terminal.ts'
import { unite } from '../../../src/report/union/unite.ts'
import { allowlistLines } from '../../../src/report/union/words.ts'
import { group, hostile, summary } from '../../support/summaries.ts'

const held = [{ probe: 'dns', target: 'x', leaked: false, detail: '' }]
let made = 0

function run(more: Partial<Summary>, origins?: Record<string, string[]>): ReadRun {
  const one = summary(more.blocks ?? [], { bottle: String(++made).padStart(12, '0'), containment: held, ...more })
  const reached = more.reached ?? []
  const allowed = reached.reduce((sum, { count }) => sum + count, 0)
  return { summary: { ...one, counts: { ...one.counts, allowed } }, plan: origins && { origins } }
}

const reached = (...hosts: string[]) => hosts.map(host => ({ host, count: 2 }))

test('counts in how many runs a host was used, blocked and asked for', () => {
  const union = unite([
    run({ reached: reached('a.example.com', 'b.example.com'), blocks: [group('x.example.com', 'not-allowed', 3)] }),
    run({ reached: reached('a.example.com'), blocks: [group('x.example.com'), group('y.example.com')] }),
  ])
  expect(union).toMatchObject({ runs: 2, silent: 0 })
  expect(union.used).toEqual([
    { host: 'a.example.com', runs: 2, count: 4 },
    { host: 'b.example.com', runs: 1, count: 2 },
  ])
  expect(union.blocked).toEqual([
    { host: 'x.example.com', runs: 2, count: 4, kinds: ['not-allowed'] },
    { host: 'y.example.com', runs: 1, count: 1, kinds: ['not-allowed'] },
  ])
  expect(union.suggested).toEqual([
    { host: 'x.example.com', runs: 2, count: 4 },
    { host: 'y.example.com', runs: 1, count: 1 },
  ])
  expect(allowlistLines(union)).toBe(
    'x.example.com # asked for in 2 of 2 runs\ny.example.com # asked for in 1 of 2 runs',
  )
})

test('suggests nothing that one run alone would not, nor what any run refused for more than not being listed', () => {
  const union = unite([
    run({ blocks: [group('leak.example.com'), group('10.0.0.1'), group('co.uk'), group('[label-abc123].evil.test')] }),
    run({ blocks: [group('leak.example.com', 'secret'), group('odd.example.com', 'heuristic')] }),
    run({ blocks: [group('odd.example.com'), group('ok.example.com')] }),
  ])
  expect(union.suggested.map(one => one.host)).toEqual(['ok.example.com'])
  expect(union.blocked.find(one => one.host === 'leak.example.com')?.kinds).toEqual(['not-allowed', 'secret'])
})

test('in learn mode what was reached and is not listed is suggested', () => {
  const learned = run({
    mode: 'learn',
    enforced: false,
    allowlist: ['a.example.com'],
    reached: reached('a.example.com', 'b.example.com'),
  })
  expect(unite([learned]).suggested).toEqual([{ host: 'b.example.com', runs: 1, count: 2 }])
})

test('entries that no run used, told apart by where they came from', () => {
  const origins = {
    'a.example.com': ['bottle.yml:4:7'],
    '*.example.org': ['bottle.yml:5:7'],
    'unused.example.com': ['bottle.yml:6:7'],
    'registry.npmjs.org': ['preset npm'],
    'both.example.com': ['preset npm', 'input allow:1'],
    'api.anthropic.com': ['the default list'],
  }
  const allowlist = Object.keys(origins)
  const union = unite([
    run({ allowlist, reached: reached('a.example.com') }, origins),
    run({ allowlist, reached: reached('deep.example.org') }, origins),
  ])
  expect(union.unused).toEqual([
    { entry: 'both.example.com', from: ['input allow:1', 'preset npm'], runs: 2, own: true },
    { entry: 'unused.example.com', from: ['bottle.yml:6:7'], runs: 2, own: true },
    { entry: 'api.anthropic.com', from: ['the default list'], runs: 2, own: false },
    { entry: 'registry.npmjs.org', from: ['preset npm'], runs: 2, own: false },
  ])
})

test('a run that tells nothing of what is needed leaves no entry unused', () => {
  const allowlist = ['a.example.com']
  const refused = run({ allowlist, containment: [{ ...held[0], leaked: true }] as Summary['containment'] })
  const neverRaised = run({ allowlist, containment: [] })
  const cut = run({ allowlist })
  const cutToo = { ...cut, summary: { ...cut.summary, counts: { ...cut.summary.counts, allowed: 9 } } }
  const union = unite([refused, neverRaised, cutToo, run({ allowlist, whole: false })])
  expect(union).toMatchObject({ runs: 4, silent: 4, unused: [] })
  // The control: one run that tells.
  expect(unite([refused, run({ allowlist })])).toMatchObject({
    silent: 1,
    unused: [{ entry: 'a.example.com', runs: 1 }],
  })
})

test('a run that is given twice counts once', () => {
  const one = run({ blocks: [group('x.example.com')] })
  expect(unite([one, one, structuredClone(one)])).toMatchObject({ runs: 1, suggested: [{ runs: 1, count: 1 }] })
})

test('hostile text means nothing in the job summary, and moves nothing on a terminal', () => {
  const bad = unite([
    run(
      {
        blocks: hostile.map(host => group(host)),
        reached: hostile.map(host => ({ host, count: 1 })),
        allowlist: hostile,
      },
      {
        [hostile[0] as string]: hostile,
        __proto__: [],
      },
    ),
  ])
  const text = renderUnionMarkdown(bad)
  expect(text).not.toMatch(/<img|<h1>|javascript:|@everyone|`|\u202e|\x1b|::error|<!--|\]\(/)
  const tags = new Set(text.match(/<\/?[a-z0-9]+/g))
  expect([...tags].every(tag => /^<\/?(h3|h4|table|tr|th|td|p)$/.test(tag))).toBe(true)
  expect(renderUnion(bad, { color: false })).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]/)
})

test('the summary stays small, whatever there is', () => {
  const many = Array.from({ length: 5000 }, (_, i) => group(`${'x'.repeat(200)}${i}.example.com`))
  const text = renderUnionMarkdown(unite([run({ blocks: many, allowlist: many.map(one => `u${one.host}`) })]))
  expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024)
  expect(text).toContain('more rows')
})
