import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createRedactor } from '../../../src/evidence/redact.ts'
import { evidenceLimits, openEvidence } from '../../../src/evidence/writer.ts'

const folder = () => join(mkdtempSync(join(tmpdir(), 'bottle-size-')), 'evidence')
const blocked = (host: string, n: number, more: object = {}) =>
  JSON.stringify({
    event: 'blocked',
    method: 'CONNECT',
    target: `${host}:443`,
    scanner: 'allowlist',
    reason: `domain not in allowlist: ${host}`,
    request_id: `req-${n}`,
    ...more,
  })
const lines = (dir: string, name: string) => readFileSync(join(dir, name), 'utf8').trim().split('\n')

test('past its size a file is a sample of every kind and host, and the counts stay exact', async () => {
  const dir = folder()
  const limits = { events: { whole: 20_000, most: 60_000 }, blocked: { whole: 10_000, most: 30_000 } }
  const evidence = openEvidence(dir, await createRedactor([]), [], { limits })
  const total = 50_000
  for (let n = 0; n < total; n++) evidence.line(blocked(`h${n % 7}.test`, n))
  evidence.line(blocked('late.test', total, { scanner: 'core_dlp' }))
  const tally = evidence.close()
  expect(tally).toMatchObject({ blocked: total + 1, dlp: 1, ungrouped: 0 })
  expect(tally.groups.map(({ host, count }) => [host, count]).sort()).toEqual(
    [...Array.from({ length: 7 }, (_, i) => [`h${i}.test`, Math.ceil((total - i) / 7)]), ['late.test', 1]].sort(),
  )
  for (const name of ['events', 'blocked'] as const) {
    const kept = lines(dir, `${name}.jsonl`)
    expect(statSync(join(dir, `${name}.jsonl`)).size).toBeLessThan(limits[name].most)
    expect(tally.truncated).toContainEqual({ file: `${name}.jsonl`, lines: total + 1, written: kept.length })
    // The first lines whole, and in the end still one that is seen for the first time.
    expect(kept.slice(0, 40).map(line => line.match(/h\d/)?.[0])).toEqual(
      Array.from({ length: 40 }, (_, n) => `h${n % 7}`),
    )
    expect(kept.at(-1)).toContain('late.test')
  }
})

test('a flood of hosts that nobody has seen before ends at the size that is stated', async () => {
  const dir = folder()
  const limits = { events: { whole: 5_000, most: 20_000 }, blocked: { whole: 5_000, most: 20_000 } }
  const evidence = openEvidence(dir, await createRedactor([]), [], { limits })
  for (let n = 0; n < 20_000; n++) evidence.line(blocked(`h${n}.test`, n))
  expect(evidence.close()).toMatchObject({ blocked: 20_000 })
  for (const name of ['events.jsonl', 'blocked.jsonl']) expect(statSync(join(dir, name)).size).toBeLessThan(20_500)
})

test('what docs/evidence.md says of the size is what holds', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/evidence.md'), 'utf8')
  for (const [name, { whole, most }] of Object.entries(evidenceLimits))
    expect(text).toContain(`| \`${name}.jsonl\` | ${whole / 1024 / 1024} MiB | ${most / 1024 / 1024} MiB |`)
})

test('a line too long to be read is cut, but counted, and what it hid stays hidden', async () => {
  const dir = folder()
  const secret = ['correct', 'horse', 'battery'].join('-')
  const evidence = openEvidence(dir, await createRedactor([secret]), [])
  const patterns = Array.from({ length: 5000 }, (_, n) => `pattern ${n} ${secret}`)
  const url = `http://evil.test/${'x'.repeat(4090)}${secret}`
  evidence.line(blocked('evil.test', 1, { patterns, url, target: undefined }))
  expect(evidence.close()).toMatchObject({ blocked: 1, unreadable: 0 })
  const [line = ''] = lines(dir, 'events.jsonl')
  expect(line.length).toBeLessThan(10_000)
  for (const piece of [secret, secret.slice(0, 8)]) expect(line).not.toContain(piece)
})

test('what is logged at once is on the disk when the thread is free again', async () => {
  const dir = folder()
  const evidence = openEvidence(dir, await createRedactor([]), [])
  evidence.line(blocked('evil.test', 1))
  await new Promise(resolve => setImmediate(resolve))
  expect(lines(dir, 'events.jsonl')).toHaveLength(1)
  evidence.close()
})
