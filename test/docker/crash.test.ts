import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'
import { lifeOf } from '../support/lives/life.ts'
import { pool } from '../support/pool.ts'
import { makeRepository } from '../support/repository.ts'

jest.setTimeout(280_000)

const width = 6
const checkout = mkdtempSync(join(tmpdir(), 'bottle-checkout-'))
makeRepository(checkout).commit({ 'README.md': 'text' })
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

test('an engine that fails at any call, before or after it took effect, leaves nothing', async () => {
  const whole = await lifeOf(checkout, {})
  expect(whole.main.outputs['exit-code']).toBe('0')
  const changing = whole.calls.main.filter(name => !name.startsWith('GET /images'))
  // What only asks has no effect to come after.
  const fates = (name: string) => (name.startsWith('GET ') ? (['before'] as const) : (['before', 'after'] as const))
  const moments = changing.flatMap(name => fates(name).map(fail => ({ name, fail })))
  const results = await pool(moments, width, async ({ name, fail }) => {
    const { main, posts, left } = await lifeOf(checkout, {
      main: { decide: called => (called === name ? { fail } : undefined) },
    })
    const ran = main.log.includes('ran')
    return {
      name,
      fail,
      left: left.post,
      afterMain: left.main,
      post: posts[0]?.exitCode,
      // Lost after the agent's start, a run is red, and nobody vouches for it any more.
      honest: !ran || main.outputs.enforced === 'true' || main.exitCode !== 0,
      ended: main.exitCode !== null,
    }
  })
  const wrong = results.filter(one => one.left.length > 0 || one.post !== 0 || !one.honest || !one.ended)
  expect(wrong).toEqual([])
  expect(results.length).toBeGreaterThan(50)
  process.stdout.write(`crashes: ${results.length} injected at ${changing.length} engine calls, nothing left\n`)
})
