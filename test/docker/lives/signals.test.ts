import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'
import { type LifeWish, lifeOf, patient } from '../../support/lives/life.ts'
import { killedWhenSaid, signalledAt } from '../../support/lives/moments.ts'
import { sampled, livesAtOnce as width } from '../../support/lives/sampled.ts'
import { phasesOfMain, phasesOfPost, ways } from '../../support/lives/table.ts'
import { pool } from '../../support/pool.ts'
import { makeRepository } from '../../support/repository.ts'

jest.setTimeout(400_000)

const checkout = mkdtempSync(join(tmpdir(), 'bottle-checkout-'))
makeRepository(checkout).commit({ 'README.md': 'text' })
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const live = (wish: LifeWish) => lifeOf(checkout, wish)

test('main cancelled in every phase, once and twice: it ends by itself and leaves nothing', async () => {
  const rows = Object.entries(phasesOfMain).flatMap(([phase, moment]) => ways.map(one => ({ phase, moment, ...one })))
  const chosen = sampled(rows, 3)
  const results = await pool(chosen, width, async ({ phase, moment, way, signal, ...more }) => {
    const { main, left, calls } = await live({
      main: signalledAt(moment, signal, 'again' in more ? more.again : undefined),
    })
    const met = calls.main.includes(moment)
    // Node has no ears any more while it exits: a signal that comes then finds all done.
    const end = main.signal ?? main.exitCode
    return { phase, way, met, left: left.main, after: left.post, conclusion: main.conclusion, ended: end !== 'SIGKILL' }
  })
  const wanted = { met: true, left: [], after: [], conclusion: 'cancelled', ended: true }
  expect(results).toEqual(chosen.map(({ phase, way }) => ({ phase, way, ...wanted })))
  process.stdout.write(`signals to main: ${results.length} lives, nothing left\n`)
})

test('post cancelled in every phase, once and twice: it ends by itself and leaves nothing', async () => {
  const rows = Object.entries(phasesOfPost).flatMap(([phase, moment], i) =>
    ways.filter((_, n) => n !== i % 2).map(one => ({ phase, moment, ...one })),
  )
  const chosen = sampled(rows, 2)
  const results = await pool(chosen, width, async ({ phase, moment, way, signal, ...more }) => {
    const post = signalledAt(moment, signal, 'again' in more ? more.again : undefined)
    const { posts, left, calls } = await live({ with: patient, main: killedWhenSaid('up'), posts: [post] })
    const met = calls.posts[0]?.includes(moment)
    return {
      phase,
      way,
      met,
      there: left.main.length > 5,
      left: left.post,
      ended: [0, 'SIGINT', 'SIGTERM'].includes(posts[0]?.signal ?? posts[0]?.exitCode ?? ''),
    }
  })
  const wanted = { met: true, there: true, left: [], ended: true }
  expect(results).toEqual(chosen.map(({ phase, way }) => ({ phase, way, ...wanted })))
  process.stdout.write(`signals to post: ${results.length} lives, nothing left\n`)
})

test('a stage that is cancelled before it has begun has made nothing, and what it did not remove the next run does', async () => {
  const cancelled = () => signalledAt(undefined, 'SIGTERM')
  const [early, late] = await Promise.all([
    live({ main: cancelled() }),
    live({ with: patient, main: killedWhenSaid('up'), posts: [cancelled()], next: true }),
  ])
  expect([early.main.conclusion, early.left.main]).toEqual(['cancelled', []])
  expect(late.posts[0]?.signal).toBe('SIGTERM')
  expect(late.left.post.length).toBeGreaterThan(5)
  expect(late.left.next.filter(one => !one.endsWith('/survey.json'))).toEqual([])
})
