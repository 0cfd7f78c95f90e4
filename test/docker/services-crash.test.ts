import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { type ServiceImages, serviceImages } from '../support/hosts/service-images.ts'
import { lifeOf, patient } from '../support/lives/life.ts'
import { pool } from '../support/pool.ts'
import { makeRepository } from '../support/repository.ts'

jest.setTimeout(280_000)

const checkout = mkdtempSync(join(tmpdir(), 'bottle-checkout-'))
makeRepository(checkout).commit({ 'README.md': 'text' })
let images: ServiceImages
beforeAll(() => {
  images = serviceImages()
})
afterAll(() => {
  images?.[Symbol.dispose]()
  rmSync(checkout, { recursive: true, force: true })
})

test('an engine that fails at any call about a relay, before or after it took effect, leaves nothing', async () => {
  const wish = { with: { services: 'web' }, services: { web: { image: images.web } } }
  const whole = await lifeOf(checkout, wish)
  expect(whole.main.outputs['exit-code']).toBe('0')
  const about = whole.calls.main.filter(name => /relay|networks\/job/.test(name))
  expect(about).toEqual(
    expect.arrayContaining([
      'POST /containers/create/relay-1 #1',
      'POST /networks/job/connect #1',
      'POST /containers/relay/start #1',
    ]),
  )
  const fates = (name: string) => (name.startsWith('GET ') ? (['before'] as const) : (['before', 'after'] as const))
  const moments = about.flatMap(name => fates(name).map(fail => ({ name, fail })))
  const results = await pool(moments, 4, async ({ name, fail }) => {
    const { main, posts, left } = await lifeOf(checkout, {
      ...wish,
      main: { decide: called => (called === name ? { fail } : undefined) },
    })
    // Before the agent runs, a relay that is not there is a reason not to; afterwards only its counts are lost.
    const honest = main.log.includes('ran') ? main.outputs.enforced === 'true' : main.exitCode === 1
    return { name, fail, left: left.post, post: posts[0]?.exitCode, honest }
  })
  expect(results.filter(one => one.left.length > 0 || one.post !== 0 || !one.honest)).toEqual([])
  process.stdout.write(
    `crashes: ${results.length} injected at ${about.length} engine calls about a relay, nothing left\n`,
  )
})

test('a main that is killed around any call about a relay leaves nothing behind post', async () => {
  const wish = { with: { services: 'web' }, services: { web: { image: images.web } } }
  const names = [
    'POST /containers/create/relay-1 #1',
    'POST /networks/job/connect #1',
    'POST /containers/relay/start #1',
  ]
  const results = await pool(names, 3, async name => {
    const at = Promise.withResolvers<void>()
    const { main, left } = await lifeOf(checkout, {
      ...wish,
      main: {
        decide: called => (called === name ? { effected: () => at.resolve() } : undefined),
        disturb: { kill: at.promise },
      },
    })
    return { name, signal: main.signal, left: left.post }
  })
  expect(results).toEqual(names.map(name => ({ name, signal: 'SIGKILL', left: [] })))
})

test('without a post, the next run removes a relay that is still on the network of its job', async () => {
  const up = Promise.withResolvers<void>()
  const { main, next, left } = await lifeOf(checkout, {
    with: { ...patient, services: 'web' },
    services: { web: { image: images.web } },
    main: { disturb: { kill: up.promise, onLine: line => line === 'up' && up.resolve() } },
    posts: [],
    next: true,
  })
  expect(main.signal).toBe('SIGKILL')
  expect(left.main.filter(one => one.includes('relay-1'))).toHaveLength(1)
  expect(next?.exitCode).toBe(0)
  // Which a post would still want (docs/leaves-nothing.md).
  expect(left.next.filter(one => !one.endsWith('survey.json'))).toEqual([])
})
