import { resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { type Call, type EngineProxy, engineProxy } from '../support/engine/proxy.ts'
import { leftovers } from '../support/leftovers.ts'
import { pool } from '../support/pool.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(280_000)

const project = resolve(import.meta.dirname, '../..')
const wish = { with: { image: 'bottle-test/tiny:1', gate: 'built-in', run: 'echo ran', upload: 'false' } }
const width = 6

/** One run behind a proxy that does `decide`; then post, undisturbed. Returns what both said and what is left. */
async function runWith(
  decide: (proxy: EngineProxy) => EngineProxy['decide'],
  disturb: (
    proxy: EngineProxy,
  ) => Parameters<ReturnType<Awaited<ReturnType<typeof startRunner>>['step']>['main']>[0] = () => ({}),
) {
  await using proxy = await engineProxy()
  await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host } })
  const step = runner.step(wish)
  proxy.decide = decide(proxy)
  const main = await step.main(disturb(proxy))
  const calls = [...proxy.calls]
  const afterMain = await leftovers(main.outputs['bottle-id'])
  proxy.decide = () => undefined
  const post = await step.post()
  return { main, post, calls, afterMain, left: await leftovers(main.outputs['bottle-id']) }
}

test('an engine that fails at any call, before or after it took effect, leaves nothing', async () => {
  const whole = await runWith(() => () => undefined)
  expect(whole.main.outputs['exit-code']).toBe('0')
  const changing = whole.calls.filter(call => call.method !== 'GET' || !call.path.startsWith('/images'))
  // What only asks has no effect to come after.
  const fates = (method: string) => (method === 'GET' ? (['before'] as const) : (['before', 'after'] as const))
  const moments = changing.flatMap(({ n, method }) => fates(method).map(fail => ({ n, fail })))
  const results = await pool(moments, width, async ({ n, fail }) => {
    const { main, post, afterMain, left } = await runWith(() => call => (call.n === n ? { fail } : undefined))
    const ran = main.log.includes('ran')
    return {
      n,
      fail,
      left,
      afterMain,
      post: post.exitCode,
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

test('main killed at any moment of its life leaves nothing after post', async () => {
  const whole = await runWith(() => () => undefined)
  const all = whole.calls.map(call => call.n)
  const every = Math.ceil(all.length / 16)
  const chosen = all
    .filter((_, i) => i % every === 0)
    .map((n, i) => ({ n, when: i % 2 === 0 ? ('sent' as const) : ('done' as const) }))
  const results = await pool(chosen, width, async ({ n, when }) => {
    const dead = Promise.withResolvers<void>()
    const kill = Promise.withResolvers<void>()
    const { main, left } = await runWith(
      () => (call: Call) => {
        if (call.n !== n) return undefined
        const whenDone = (moment: typeof when) => {
          if (moment === 'sent') return undefined
          kill.resolve()
          return dead.promise
        }
        // `sent`: main dies while the engine has the call; `done`: when it has taken effect and nobody has read that.
        if (when === 'sent') queueMicrotask(kill.resolve)
        return { effected: () => whenDone(when) }
      },
      () => ({ kill: kill.promise.finally(() => setTimeout(dead.resolve, 30)) }),
    )
    return { n, when, signal: main.signal, left }
  })
  const killed = results.filter(one => one.signal === 'SIGKILL')
  expect(results.filter(one => one.left.length > 0)).toEqual([])
  expect(killed.length).toBeGreaterThanOrEqual(12)
  process.stdout.write(`kills: ${killed.length} of ${results.length} moments, nothing left\n`)
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s in every phase ends the step and leaves nothing', async signal => {
  const whole = await runWith(() => () => undefined)
  const first = (fits: (call: Call) => boolean) => whole.calls.find(fits)?.n ?? 0
  const phases = {
    'the first call': 1,
    networks: first(call => call.path.startsWith('/networks/create')),
    containers: first(call => call.path.startsWith('/containers/create')),
    configuration: first(call => call.method === 'PUT'),
    'the sidecar starts': first(call => call.path.endsWith('/start')),
    'the containment check': first(call => call.path.endsWith('/exec')),
    'the agent is attached': first(call => call.path.includes('/attach')),
    teardown: whole.calls.filter(call => call.method === 'DELETE')[0]?.n ?? 0,
  }
  const results = await pool(Object.entries(phases), width, async ([phase, n]) => {
    const cancel = Promise.withResolvers<void>()
    const { main, left } = await runWith(
      () => call => {
        if (call.n === n) cancel.resolve()
        return undefined
      },
      () => ({ cancel: cancel.promise, signal }),
    )
    return { phase, left, conclusion: main.conclusion, killed: main.signal }
  })
  expect(results).toEqual(
    Object.keys(phases).map(phase => ({ phase, left: [], conclusion: 'cancelled', killed: null })),
  )
})

test('with no post at all the next run sweeps what a dead one left, and nothing else', async () => {
  await using runner = await startRunner(project)
  const kill = Promise.withResolvers<void>()
  const long = { ...wish, with: { ...wish.with, run: 'echo up; sleep 60' } }
  const dead = await runner.step(long).main({ kill: kill.promise, onLine: line => line === 'up' && kill.resolve() })
  expect(dead.signal).toBe('SIGKILL')
  expect((await leftovers(dead.outputs['bottle-id'])).length).toBeGreaterThanOrEqual(5)
  const alive = runner.step({ ...wish, with: { ...wish.with, run: 'echo up; sleep 6; echo still here' } })
  const up = Promise.withResolvers<void>()
  const other = alive.main({ onLine: line => line === 'up' && up.resolve() })
  await up.promise
  const next = await runner.step(wish).main()
  expect(next.outputs['exit-code']).toBe('0')
  expect(await leftovers(dead.outputs['bottle-id'])).toEqual([])
  expect((await other).log).toContain('still here')
})
