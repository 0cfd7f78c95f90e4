import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'
import { type LifeWish, lifeOf, patient } from '../../support/lives/life.ts'
import { killedWhenSaid } from '../../support/lives/moments.ts'
import { makeRepository } from '../../support/repository.ts'
import { startRunner } from '../../support/runner/runner.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../../..')
const checkout = mkdtempSync(join(tmpdir(), 'bottle-checkout-'))
makeRepository(checkout).commit({ 'README.md': 'text' })
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const live = (wish: LifeWish) => lifeOf(checkout, wish)
const dies = () => ({ with: patient, main: killedWhenSaid('up') })

test('post alone, without a main that began anything, does nothing and is green', async () => {
  await using runner = await startRunner(project)
  const post = await runner.step({ with: {} }).post()
  expect([post.exitCode, post.raw, post.outputs]).toEqual([0, '', {}])
})

test('post twice after a main that was killed: each is green, and nothing is left', async () => {
  const { left, posts } = await live({ ...dies(), posts: [{}, {}] })
  expect(left.main.length).toBeGreaterThan(5)
  expect([left.post, posts.map(one => one.exitCode)]).toEqual([[], [0, 0]])
})

/** What a later step can make of post's environment, through GITHUB_ENV or the like. */
const hostile: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PATH: { PATH: '/nowhere' },
  DOCKER_HOST: { DOCKER_HOST: 'unix:///nowhere.sock', DOCKER_CONTEXT: 'nowhere', DOCKER_CONFIG: '/nowhere' },
  'DOCKER_HOST over TLS': { DOCKER_HOST: 'tcp://engine.example:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere' },
  NODE_OPTIONS: { NODE_OPTIONS: '--disable-proto=throw --throw-deprecation --max-old-space-size=64' },
  HTTPS_PROXY: {
    HTTPS_PROXY: 'http://127.0.0.1:1',
    HTTP_PROXY: 'http://127.0.0.1:1',
    ALL_PROXY: 'http://127.0.0.1:1',
    NODE_USE_ENV_PROXY: '1',
  },
  TMPDIR: { TMPDIR: '/nowhere', HOME: '/nowhere', RUNNER_TEMP: '/nowhere', GITHUB_WORKSPACE: '/nowhere' },
}

test.each(Object.keys(hostile))('post with another %s removes what a killed main left', async name => {
  const { left, posts } = await live({ ...dies(), posts: [{ env: hostile[name] ?? {} }] })
  expect(left.main.length).toBeGreaterThan(5)
  expect([left.post, posts[0]?.exitCode]).toEqual([[], 0])
  expect(posts[0]?.summary).toContain('its main process was killed')
})

test('a post that its environment keeps from starting, and no post at all: the next run removes it, and nothing of anybody else', async () => {
  const broken = { NODE_OPTIONS: '--require=/nowhere.cjs' }
  const [kept, none] = await Promise.all([
    live({ ...dies(), posts: [{ env: broken }], next: true }),
    live({ ...dies(), posts: [], next: true }),
  ])
  expect(kept.posts[0]?.exitCode).not.toBe(0)
  for (const { left, next } of [kept, none]) {
    expect(left.post.length).toBeGreaterThan(5)
    expect(left.next.filter(one => !one.endsWith('/survey.json'))).toEqual([])
    expect(next?.exitCode).toBe(0)
  }
})
