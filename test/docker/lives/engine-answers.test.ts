import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'
import type { Fate } from '../../support/engine/proxy.ts'
import { type Life, type LifeWish, lifeOf, patient } from '../../support/lives/life.ts'
import { killedWhenSaid } from '../../support/lives/moments.ts'
import { sampled, livesAtOnce as width } from '../../support/lives/sampled.ts'
import { slowAnswers } from '../../support/lives/table.ts'
import { pool } from '../../support/pool.ts'
import { makeRepository } from '../../support/repository.ts'

jest.setTimeout(400_000)

const checkout = mkdtempSync(join(tmpdir(), 'bottle-checkout-'))
makeRepository(checkout).commit({ 'README.md': 'text' })
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const live = (wish: LifeWish) => lifeOf(checkout, wish)
const late = (ms: number): Fate => ({ hold: new Promise(resolve => setTimeout(resolve, ms)) })
const only = (moment: string, fate: () => Fate) => ({
  decide: (name: string) => (name === moment ? fate() : undefined),
})

/** What is wrong with a life whose engine answered badly; nothing when it was as it should be. */
function wrongs({ main, posts, left }: Life): string[] {
  const said = main.annotations.filter(one => one.name === 'error').map(one => one.data)
  // Of an output that is lost it says so, too.
  const ran = main.log.some(line => line === 'ran' || line.includes('output broke off here'))
  const text = `${main.raw}${main.summary}`
  return [
    ...left.post,
    ...(main.exitCode === null ? ['main did not end by itself'] : []),
    ...(posts.some(one => one.exitCode !== 0) ? ['post is red'] : []),
    // After the agent's start nobody vouches for what was lost sight of; before it, it does not run.
    ...(main.exitCode === 0 && !ran ? ['green, and the agent did not run'] : []),
    ...(main.exitCode === 0 && main.outputs.enforced !== 'true' ? ['green, and not enforced'] : []),
    ...(main.exitCode !== 0 && said.length === 0 ? ['red, and no reason'] : []),
    // A log that was read to its end may say so.
    ...(/\b0 blocked/.test(text) && /breaks off|was not read/.test(text) ? ['"0 blocked", and nobody knows'] : []),
    // A stack is for our own mistakes.
    ...said.filter(text => /\n\s+at /.test(text)),
  ]
}

/**
 * Bad answers: each call of a life has one of them, and crash.test.ts has each fail with a 500. The engine has done what it
 * was asked, or has not.
 */
const badAnswers: readonly { title: string; fate: Fate }[] = [
  { title: '409 before it took effect', fate: { fail: 'before', status: 409 } },
  { title: 'truncated', fate: { truncate: true } },
  { title: '409 after it took effect', fate: { fail: 'after', status: 409 } },
  { title: 'truncated', fate: { truncate: true } },
  { title: '500 after it took effect', fate: { fail: 'after' } },
]

test('409, 500 or half an answer at any call of main: red with the reason or as if nothing was, and nothing is left', async () => {
  const whole = await live({})
  expect([whole.main.exitCode, whole.left.main]).toEqual([0, []])
  // Of many calls of a kind (five probes, asked at once) two tell the same as all.
  const names = whole.calls.main.filter(name => / #[12]$/.test(name))
  const rows = sampled(
    names.map((name, i) => ({ name, ...(badAnswers[i % badAnswers.length] as (typeof badAnswers)[0]) })),
    4,
  )
  const results = await pool(rows, width, async ({ name, title, fate }) => {
    const life = await live({ main: only(name, () => fate) })
    return { name, title, met: life.calls.main.includes(name), wrong: wrongs(life), red: life.main.exitCode !== 0 }
  })
  expect(results.filter(one => one.wrong.length > 0)).toEqual([])
  expect(results.filter(one => one.met).length).toBeGreaterThan(0.8 * rows.length)
  expect(results.filter(one => one.red).length).toBeGreaterThan(0.3 * rows.length)
  process.stdout.write(`bad answers to main: ${results.length}, red ${results.filter(one => one.red).length}\n`)
})

test('409, 500 or half an answer at any call of post: it asks again, and nothing is left', async () => {
  const dies = () => killedWhenSaid('up')
  const whole = await live({ with: patient, main: dies() })
  const names = [...new Set(whole.calls.posts[0])]
  const rows = sampled(
    names.map((name, i) => ({ name, ...(badAnswers[i % badAnswers.length] as (typeof badAnswers)[0]) })),
    2,
  )
  const results = await pool(rows, width, async ({ name, title, fate }) => {
    const { left, posts } = await live({ with: patient, main: dies(), posts: [only(name, () => fate)] })
    return { name, title, there: left.main.length > 5, left: left.post, exit: posts[0]?.exitCode }
  })
  expect(results.filter(one => !one.there || one.left.length > 0 || one.exit !== 0)).toEqual([])
  process.stdout.write(`bad answers to post: ${results.length}, nothing left\n`)
})

/** An engine that refuses a kind of call for as long as a stage lives. */
const stubborn = (kind: RegExp, status: number) => ({
  decide: (name: string): Fate | undefined => (kind.test(name) ? { fail: 'before', status } : undefined),
})

const refusals = [
  { title: 'no network goes', kind: /^DELETE \/networks/, status: 409 },
  { title: 'no container goes', kind: /^DELETE \/containers/, status: 500 },
  { title: 'nothing is listed', kind: /^GET \/(containers\/json|networks #[2-9]|volumes)/, status: 500 },
]

test('refused as long as main lives: it says so, post removes it; as long as post lives: red, and the next run does', async () => {
  // One after the other: each life's sweep would remove what another is to find.
  const results = await pool(refusals, 1, async ({ title, kind, status }) => {
    const refuses = stubborn(kind, status)
    const once = await live({ main: refuses })
    const twice = await live({ main: refuses, posts: [refuses], next: true })
    const said = once.main.annotations.map(one => one.data).join('\n')
    return {
      title,
      isThere: once.left.main.length > 0 && twice.left.post.length > 0,
      isSaid: /could not be removed.*injected failure/.test(said),
      left: [...once.left.post, ...twice.left.next],
      posts: [once, twice].map(one => one.posts[0]?.exitCode),
    }
  })
  const wanted = { isThere: true, isSaid: true, left: [], posts: [0, 1] }
  expect(results).toEqual(refusals.map(({ title }) => ({ title, ...wanted })))
})

// An engine that takes ten seconds for one answer; waiting costs nothing, so many lives wait at once.
const slow = 10_000

test('ten seconds for one answer: as if nothing was, or red with the reason, and nothing is left', async () => {
  const results = await pool(sampled(slowAnswers, 2), width, async name => {
    const life = await live({ main: only(name, () => late(slow)) })
    return { name, met: life.calls.main.includes(name), wrong: wrongs(life), exit: life.main.exitCode }
  })
  expect(results.filter(one => one.wrong.length > 0 || !one.met)).toEqual([])
  // Who asks what an engine is does not wait so long; all others do.
  expect(results.filter(one => one.exit !== 0).map(one => one.name)).toEqual(
    results.map(one => one.name).filter(name => name === 'GET /version #1'),
  )
})

test('half a second for every answer, of main and of post: it takes longer, and that is all', async () => {
  const slowly = { decide: () => late(500) }
  const [calm, killed] = await Promise.all([
    live({ main: slowly, posts: [slowly] }),
    live({ with: patient, main: { ...killedWhenSaid('up'), ...slowly }, posts: [slowly] }),
  ])
  expect([calm.main.exitCode, wrongs(calm)]).toEqual([0, []])
  expect([killed.main.signal, killed.left.post, killed.posts[0]?.exitCode]).toEqual(['SIGKILL', [], 0])
})
