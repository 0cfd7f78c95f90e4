import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import type { Log } from 'sarif'
import { sarifOf } from '../../../src/report/sarif.ts'
import { policyPlace } from '../../../src/spec/policy-place.ts'
import { sarifMistakes } from '../../support/schemas.ts'
import { group, hostile, summary } from '../../support/summaries.ts'

const kinds = ['not-allowed', 'secret', 'heuristic', 'private-address', 'protocol', 'rate'] as const
const resultsOf = (log: Log) => log.runs[0]?.results ?? []

test('every kind is a result of its rule, the worst first, at the line of the allowlist', () => {
  const log = sarifOf(summary(kinds.map(kind => group('evil.test', kind, 3))), { file: 'ci/my bottle.yml', line: 7 })
  expect(sarifMistakes(log)).toEqual([])
  expect(resultsOf(log).map(one => `${one.level} ${one.ruleId}`)).toEqual([
    'error bottle/secret',
    'warning bottle/private-address',
    'warning bottle/heuristic',
    'warning bottle/protocol',
    'note bottle/not-allowed',
    'note bottle/rate',
  ])
  const rules = log.runs[0]?.tool.driver.rules ?? []
  for (const one of resultsOf(log)) expect(rules[one.ruleIndex ?? -1]?.id).toBe(one.ruleId)
  expect(resultsOf(log)[0]).toMatchObject({
    occurrenceCount: 3,
    message: { text: expect.stringContaining('CONNECT evil.test:443: carried a secret, 3 times') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'ci/my%20bottle.yml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 7 },
        },
      },
    ],
  })
  expect(new Set(resultsOf(log).map(one => one.partialFingerprints?.primaryLocationLineHash)).size).toBe(kinds.length)
})

test('without a spec file it is the workflow, without a line; without that it is nowhere', () => {
  const blocks = [group('evil.test')]
  const workflow = sarifOf(summary(blocks), { file: '.github/workflows/ci.yml' })
  expect(resultsOf(workflow)[0]?.locations).toEqual([
    { physicalLocation: { artifactLocation: { uri: '.github/workflows/ci.yml', uriBaseId: '%SRCROOT%' } } },
  ])
  for (const at of [undefined, { file: '../../etc/passwd' }, { file: '/etc/passwd' }]) {
    const log = sarifOf(summary(blocks), at)
    expect(sarifMistakes(log)).toEqual([])
    expect(resultsOf(log)[0]?.locations).toBeUndefined()
  }
})

test.each([
  ['bottle.yml:7:5', '', { file: 'bottle.yml', line: 7 }],
  ['./ci/bottle.yml:7:5', '', { file: 'ci/bottle.yml', line: 7 }],
  ['/work/repo/bottle.yml:7:5', '', { file: 'bottle.yml', line: 7 }],
  ['/elsewhere/bottle.yml:7:5', '', undefined],
  ['input allow:1', 'octo/repo/.github/workflows/ci.yml@refs/heads/a@b', { file: '.github/workflows/ci.yml' }],
  ['input spec:3:1', 'octo/repo/.github/workflows/ci.yml@refs/heads/main', { file: '.github/workflows/ci.yml' }],
  ['input spec:3:1', '', undefined],
])('the policy at %s (%s)', (place, ref, at) => {
  expect(policyPlace(place, '/work/repo', ref || undefined)).toEqual(at)
})

test('hostile text is in messages alone, without links, placeholders or what moves text, and bounded', () => {
  const texts = [...hostile, '[x](https://evil.test)', '{0}', '\\[x](1)', 'x'.repeat(50_000)]
  const log = sarifOf(
    summary(
      texts.map(text => ({ ...group(text), method: text, reason: text })),
      { verdict: texts.join(' ') },
    ),
  )
  expect(sarifMistakes(log)).toEqual([])
  for (const { message, ...rest } of resultsOf(log)) {
    const text = message.text ?? ''
    expect(text).not.toMatch(/(?<!\\)(\\\\)*[[\]]|(?<!\{)\{(\{\{)*(?!\{)|[\x00-\x1f\u202a-\u202e]/)
    expect(text.length).toBeLessThan(2100)
    expect(JSON.stringify(rest)).not.toMatch(/evil|everyone|img|xxx/)
  }
})

test('at most 5000 results, and what is left out is said', () => {
  const many = Array.from({ length: 5003 }, (_, i) => group(`h${i}.test`, i === 5002 ? 'secret' : 'not-allowed'))
  const one = summary(many)
  const log = sarifOf({ ...one, counts: { ...one.counts, ungrouped: 7 } })
  expect(sarifMistakes(log)).toEqual([])
  expect(resultsOf(log)).toHaveLength(5000)
  expect(resultsOf(log)[0]?.ruleId).toBe('bottle/secret')
  const notes = log.runs[0]?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text)
  expect(notes).toEqual(['3 more groups of blocks in summary.json.', '7 more blocks in blocked.jsonl.'])
})

test('the schema is the one of SARIF 2.1.0, and refuses what is wrong', () => {
  const schema = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  expect(schema.title).toContain('(SARIF) Version 2.1.0')
  const log = sarifOf(summary([group('evil.test')]))
  expect(sarifMistakes({ ...log, runs: [{ results: [{}] }] })).not.toEqual([])
  expect(sarifMistakes({ ...log, more: 1 })).not.toEqual([])
})
