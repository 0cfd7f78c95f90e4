import { expect, test } from '@jest/globals'
import { pullProgress } from '../../../src/docker/pull-progress.ts'
import type { GateEvent } from '../../../src/gate/events.ts'
import { gapWords, sizeWords, whereToLook } from '../../../src/report/evidence-words.ts'
import { newBlocks } from '../../../src/report/new-blocks.ts'

const block = (host: string, more: object = {}): GateEvent => ({
  type: 'block',
  at: '',
  requestId: '',
  host,
  port: 443,
  method: 'CONNECT',
  kind: 'not-allowed',
  scanner: 'allowlist',
  reason: '',
  ...more,
})

test('a host that is blocked is said once, and a secret is called one', () => {
  const said: string[] = []
  const { take, end } = newBlocks(line => said.push(line))
  take(block('evil.test'))
  take(block('evil.test'))
  take(block('allowed.test', { kind: 'secret', port: undefined }))
  take({ type: 'warning', at: '', requestId: '', host: 'w.test', scanner: '', reason: '' })
  end()
  expect(said).toEqual([
    'bottle: blocked evil.test:443 (not allowed)',
    'bottle: blocked allowed.test (carried a secret)',
  ])
})

test('a flood of hosts is a few lines, at 80 columns, and how many were not said', () => {
  const said: string[] = []
  let now = 0
  const { take, end } = newBlocks(
    line => said.push(line),
    () => now,
  )
  for (let n = 0; n < 5000; n++) {
    now += 10
    take(block(`${'very-long-name-'.repeat(8)}${n}.test\u001b[2J\n::error::x`, { kind: 'heuristic', port: 65535 }))
  }
  end()
  // Five at once and one every two seconds of fifty.
  expect(said).toHaveLength(5 + 24 + 1)
  expect(Math.max(...said.map(line => line.length))).toBeLessThanOrEqual(100)
  for (const line of said) expect(line).not.toMatch(/[\u001b\n]/)
  expect(said.at(-1)).toBe('bottle: blocked 4,971 more hosts; the evidence lists them')
})

test('a pull is a line at its start, each quarter and its end', () => {
  const said: string[] = []
  const { take, end } = pullProgress(
    'node:24',
    line => said.push(line),
    () => '12.3 s',
  )
  const ids = Array.from({ length: 8 }, (_, n) => `a1b2c3d4e5f${n}`)
  take('24: Pulling from library/node')
  for (const id of ids) take(`${id}: Pulling fs layer`)
  for (const id of ids)
    for (const what of ['Verifying Checksum', 'Download complete', 'Pull complete']) take(`${id}: ${what}`)
  take('Digest: sha256:0')
  end()
  expect(said).toEqual([
    'Pulling node:24',
    'Pulling node:24: 2 of 8 layers',
    'Pulling node:24: 4 of 8 layers',
    'Pulling node:24: 6 of 8 layers',
    'Pulled node:24 in 12.3 s',
  ])
})

test('what the evidence does not hold is said, and where to look', () => {
  expect(gapWords({ whole: true })).toEqual([])
  const truncated = [{ file: 'events.jsonl', lines: 1_000_000, written: 70_262 }]
  expect(gapWords({ truncated, whole: false })).toEqual([
    'The log was long: events.jsonl holds 70,262 of 1,000,000 lines. The counts are exact.',
    expect.stringMatching(/end of the gate's log was not read/),
  ])
  expect(whereToLook('/t/evidence', ['report.html'], undefined)).toBe('Where to look: /t/evidence/report.html')
  expect(whereToLook('/t', ['summary.json'], 'bottle-a')).toBe(
    'Where to look: summary.json in the artifact bottle-a of this run',
  )
  expect([1, 1234, 12_345, 3_400_000, 34_000_000].map(sizeWords)).toEqual([
    '1 byte',
    '1.2 kB',
    '12 kB',
    '3.4 MB',
    '34 MB',
  ])
})
