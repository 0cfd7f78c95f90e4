import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createRedactor } from '../../../src/evidence/redact.ts'
import { openEvidence } from '../../../src/evidence/writer.ts'
import { annotationsOf } from '../../../src/report/annotations.ts'
import { renderSummary } from '../../../src/report/markdown.ts'
import { group, hostile, summary } from '../../support/summaries.ts'

const plan = {
  policyAt: { file: '.github/bottle.yml', line: 6 },
  origins: { 'api.test': ['.github/bottle.yml:7:7'], '*.npm.test': ['preset npm'], 'in.test': ['input allow:3'] },
}

test('ten at most, the worst first, and the last one counts the rest', () => {
  const blocks = [
    ...Array.from({ length: 300 }, (_, i) => group(`h${i}.test`, 'not-allowed', 1000 - i)),
    group('api.test', 'secret'),
    group('meta.test', 'private-address'),
  ]
  const told = annotationsOf(summary(blocks), plan, 10)
  expect(told).toHaveLength(10)
  expect(told[0]?.text).toMatch(/^Blocked api\.test:443: carried a secret, 1 time\. Find out who sent it/)
  expect(told[1]?.text).toMatch(/^Blocked meta\.test:443: led to a private address/)
  expect(told[2]?.text).toMatch(/^Blocked h0\.test:443: not allowed, 1,000 times/)
  const counted = blocks.reduce((sum, one) => sum + one.count, 0) - (1 + 1 + 1000 + 999 + 998 + 997 + 996 + 995 + 994)
  expect(told.at(-1)?.text).toBe(`${counted.toLocaleString('en-US')} more blocks, in blocked.jsonl of the evidence.`)
  expect(annotationsOf(summary(blocks), plan, 1)).toHaveLength(1)
  expect(annotationsOf(summary(blocks), plan, 0)).toEqual([])
})

test('100,000 different hostile hosts: a summary under 64 KiB, ten annotations, exact counts', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'bottle-annotations-')), 'evidence')
  const evidence = openEvidence(folder, await createRedactor([]), [])
  // What stands before an @ is no part of a host.
  const words = hostile.filter(one => !one.includes('@'))
  for (let i = 0; i < 100_000; i++) {
    const target = `h${i}.${words[i % words.length]}.flood.test:443`
    evidence.line(JSON.stringify({ event: 'blocked', method: 'CONNECT', target, scanner: 'allowlist', reason: target }))
  }
  const { groups, ...counts } = evidence.close()
  const base = summary(groups)
  const flooded = { ...base, counts: { ...base.counts, ...counts } }
  expect(counts.blocked).toBe(100_000)
  const text = renderSummary(flooded)
  expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024)
  expect(text).toContain('<td>100000</td>')
  expect(text).toContain('99,990 more blocks')
  const told = annotationsOf(flooded, plan, 10)
  expect(told).toHaveLength(10)
  expect(told.at(-1)?.text).toBe('99,991 more blocks, in blocked.jsonl of the evidence.')
}, 120_000)

test('each is on the line that would change', () => {
  const blocks = ['api.test', 'x.npm.test', 'in.test', 'new.test'].map(host => group(host, 'secret'))
  const lines = annotationsOf(summary(blocks), plan, 10).map(({ text, file, line }) => [text.split(':')[0], file, line])
  const file = '.github/bottle.yml'
  expect(lines).toEqual([
    ['Blocked api.test', file, 7],
    ['Blocked in.test', file, 6],
    ['Blocked new.test', file, 6],
    ['Blocked x.npm.test', file, 6],
  ])
  const workflow = { ...plan, policyAt: { file: '.github/workflows/ci.yml' } }
  const [one] = annotationsOf(summary([group('api.test')]), workflow, 10)
  expect([one?.file, one?.line]).toEqual(['.github/workflows/ci.yml', undefined])
  expect(annotationsOf(summary([group('api.test')]), undefined, 10)[0]).not.toHaveProperty('file')
})

test('one for each host and kind; what is expected has none; what fails the step is an error', () => {
  const blocks = [
    group('a.test'),
    { ...group('a.test'), port: 80, method: 'GET' },
    { ...group('t.test'), expected: true as const },
    group('a.test', 'secret'),
  ]
  const levels = (failOn: 'never' | 'dlp' | 'any-block') => {
    const base = summary(blocks, { failOn })
    const counts = { ...base.counts, expected: 1, dlp: 1 }
    return annotationsOf({ ...base, counts }, plan, 10).map(({ level, text }) => `${level} ${text.slice(0, 24)}`)
  }
  expect(levels('never')).toEqual(['warning Blocked a.test:443: carr', 'notice Blocked a.test: not allo'])
  expect(levels('dlp')).toEqual(['error Blocked a.test:443: carr', 'notice Blocked a.test: not allo'])
  expect(levels('any-block')).toEqual(['error Blocked a.test:443: carr', 'error Blocked a.test: not allo'])
})

test('hostile text stays text, on one line', () => {
  for (const { text } of annotationsOf(summary(hostile.map(host => group(host))), undefined, 10)) {
    expect(text).not.toMatch(/[\x00-\x1f\x7f\u202a-\u202e]/)
    expect(text.length).toBeLessThanOrEqual(500)
  }
})
