import { expect, test } from '@jest/globals'
import { openTally } from '../../../src/evidence/tally.ts'
import { mostBuckets, openTimeline } from '../../../src/evidence/timeline.ts'
import { parseGateLine } from '../../../src/gate/events.ts'

const base = Date.parse('2026-11-24T10:00:00.250Z')
const at = (seconds: number) => new Date(base + seconds * 1000).toISOString()
const sum = (column: readonly number[] = []) => column.reduce((all, one) => all + one, 0)

test('requests are counted by the second, and each column adds up', () => {
  const timeline = openTimeline()
  for (const seconds of [0, 0.5, 3, 3, 7]) timeline.add('allowed', at(seconds))
  timeline.add('blocked', at(3))
  timeline.add('dlp', at(3))
  timeline.take('allowed', at(3))
  expect(timeline.result()).toEqual({
    start: Date.parse('2026-11-24T10:00:00Z'),
    widthMs: 1000,
    allowed: [2, 0, 0, 1, 0, 0, 0, 1],
    blocked: [0, 0, 0, 1, 0, 0, 0, 0],
    dlp: [0, 0, 0, 1, 0, 0, 0, 0],
  })
})

test.each([240, 241, 10_000, 5 * 24 * 3600])('%d seconds fit into the buckets there are, none lost', seconds => {
  const timeline = openTimeline()
  const step = Math.max(1, Math.floor(seconds / 5000))
  let count = 0
  for (let i = 0; i < seconds; i += step) {
    timeline.add(i % 3 === 0 ? 'blocked' : 'allowed', at(i))
    count += 1
  }
  const { allowed, blocked, widthMs, dlp } = timeline.result() ?? { allowed: [], blocked: [], widthMs: 0, dlp: [] }
  expect(sum(allowed) + sum(blocked)).toBe(count)
  expect(allowed.length).toBeLessThanOrEqual(mostBuckets)
  expect([blocked.length, dlp.length]).toEqual([allowed.length, allowed.length])
  expect(allowed.length * widthMs).toBeGreaterThanOrEqual(seconds * 1000)
  expect(seconds <= mostBuckets || allowed.length > mostBuckets / 3).toBe(true)
})

test('a time that is none, that goes backwards or lies in another century costs nothing', () => {
  const timeline = openTimeline()
  for (const one of [at(5), 'yesterday', '', at(-100), '9999-12-31T00:00:00Z', at(6)]) timeline.add('allowed', one)
  const result = timeline.result()
  expect(result?.allowed.length).toBeLessThanOrEqual(mostBuckets)
  expect(sum(result?.allowed)).toBe(6)
  expect(openTimeline().result()).toBeUndefined()
})

test('a tunnel that was opened and then refused is one block on the timeline too, and nothing allowed', () => {
  const tally = openTally()
  const lines = [
    { event: 'tunnel_open', target: 'a.test:443', request_id: '1', time: at(0) },
    { event: 'sni_mismatch', connect_host: 'a.test', sni_host: 'b.test', request_id: '1', time: at(2) },
    { event: 'blocked', target: 'c.test:443', scanner: 'core_dlp', request_id: '2', time: at(2) },
  ]
  for (const one of lines) {
    const event = parseGateLine(JSON.stringify(one))
    if (event) tally.add(event)
  }
  const { timeline, allowed, blocked, dlp } = tally.result()
  expect([allowed, blocked, dlp]).toEqual([0, 2, 1])
  expect([timeline?.allowed, timeline?.blocked, timeline?.dlp]).toEqual([
    [0, 0, 0],
    [0, 0, 2],
    [0, 0, 1],
  ])
})
