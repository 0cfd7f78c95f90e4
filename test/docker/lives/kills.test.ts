import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'
import { type LifeWish, lifeOf, patient } from '../../support/lives/life.ts'
import { killedAt, killedWhenSaid, type When, whens } from '../../support/lives/moments.ts'
import { livesAtOnce as width } from '../../support/lives/sampled.ts'
import { pool } from '../../support/pool.ts'
import { makeRepository } from '../../support/repository.ts'

jest.setTimeout(400_000)

const checkout = mkdtempSync(join(tmpdir(), 'bottle-checkout-'))
makeRepository(checkout).commit({ 'README.md': 'text' })
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const live = (wish: LifeWish) => lifeOf(checkout, wish)
// What only asks has no effect that could come late.
const fits = (name: string): readonly When[] => (name.startsWith('GET ') ? ['before', 'between'] : whens)
/** Every call in one of the ways to be killed at it, so that all ways have their turn. */
const spread = (names: readonly string[]) =>
  names.map((name, i) => ({ name, when: fits(name)[i % fits(name).length] as When }))

test('main killed at every engine call, before, during and after it: post leaves nothing', async () => {
  const whole = await live({})
  expect(whole.main.exitCode).toBe(0)
  // Lives do not tidy up for each other: a sweep asks three questions.
  expect(whole.narrowed).toBe(3)
  const moments = spread(whole.calls.main)
  const results = await pool(moments, width, async ({ name, when }) => {
    const { main, posts, left } = await live({ main: killedAt(name, when) })
    return { name, when, signal: main.signal, there: left.main.length, left: left.post, post: posts[0]?.exitCode }
  })
  expect(results.filter(one => one.left.length > 0 || one.post !== 0)).toEqual([])
  const killed = results.filter(one => one.signal === 'SIGKILL')
  expect(killed.length).toBeGreaterThanOrEqual(50)
  // The control: there was something to remove.
  expect(killed.filter(one => one.there > 5).length).toBeGreaterThan(30)
  process.stdout.write(`kills of main: ${killed.length} of ${results.length} moments, nothing left\n`)
})

test('post killed at its engine calls: the next run leaves nothing', async () => {
  const dies = killedWhenSaid('up')
  const whole = await live({ with: patient, main: dies })
  expect([whole.main.signal, whole.left.post]).toEqual(['SIGKILL', []])
  const moments = spread(whole.calls.posts[0] ?? []).filter((_, i) => i % 2 === 0)
  const results = await pool(moments, width, async ({ name, when }) => {
    const post = killedAt(name, when)
    const { posts, left, next } = await live({ with: patient, main: killedWhenSaid('up'), posts: [post], next: true })
    // A post that is still to come looks at it, and there might be one.
    const leftByNext = left.next.filter(one => !one.endsWith('/survey.json'))
    return { name, when, signal: posts[0]?.signal, there: left.post.length, left: leftByNext, next: next?.exitCode }
  })
  expect(results.filter(one => one.left.length > 0 || one.next !== 0)).toEqual([])
  const killed = results.filter(one => one.signal === 'SIGKILL')
  expect(killed.length).toBeGreaterThanOrEqual(10)
  expect(killed.filter(one => one.there > 5).length).toBeGreaterThan(4)
  process.stdout.write(
    `kills of post: ${killed.length} of ${results.length} moments, nothing left after the next run\n`,
  )
})
