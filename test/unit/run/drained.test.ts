import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { drained } from '../../../src/run/drained.ts'

/** A stream of some pieces, each this many milliseconds after the one before; `stuck` ones never end. */
function stream(pieces: number, every: number, stuck = false) {
  let count = 0
  const ended = (async () => {
    for (; count < pieces; count++) await pause(every)
    if (stuck) await new Promise(() => {})
  })()
  return { ended, count: () => count }
}

test('a stream that goes on is waited for, however much longer than a pause it takes', async () => {
  const { ended, count } = stream(30, 20)
  expect(await drained(ended, count, { next: 200, whole: 30_000 })).toBe(true)
  expect(count()).toBe(30)
})

test('one that is stuck is waited for once', async () => {
  const { ended, count } = stream(2, 1, true)
  expect(await drained(ended, count, { next: 100, whole: 30_000 })).toBe(false)
})

test('one that never stops is waited for up to the limit', async () => {
  const { ended, count } = stream(100_000, 1)
  expect(await drained(ended, count, { next: 100, whole: 300 })).toBe(false)
  expect(count()).toBeGreaterThan(0)
})
