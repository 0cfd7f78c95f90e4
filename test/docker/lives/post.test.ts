import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { ownerOfThisProcess } from '../../../src/docker/owner.ts'
import { type LifeWish, lifeOf, patient } from '../../support/lives/life.ts'
import { killedWhenSaid } from '../../support/lives/moments.ts'
import { hostileEnvironments } from '../../support/lives/table.ts'
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

test.each(Object.keys(hostileEnvironments))('post with another %s removes what a killed main left', async name => {
  const { left, posts } = await live({ ...dies(), posts: [{ env: hostileEnvironments[name] ?? {} }] })
  expect(left.main.length).toBeGreaterThan(5)
  expect([left.post, posts[0]?.exitCode]).toEqual([[], 0])
  expect(posts[0]?.summary).toContain('its main process was killed')
})

test('post is not sent to another engine, which would say that nothing is left', async () => {
  let asked = 0
  const liar = createServer((request, answer) => {
    asked += 1
    answer
      .setHeader('content-type', 'application/json')
      .end(/volumes/.test(request.url ?? '') ? '{"Volumes":[]}' : '[]')
  })
  await new Promise<void>(resolve => liar.listen(0, '127.0.0.1', resolve))
  const DOCKER_HOST = `tcp://127.0.0.1:${(liar.address() as AddressInfo).port}`
  try {
    const { left, posts } = await live({ ...dies(), posts: [{ env: { DOCKER_HOST } }] })
    expect(left.main.length).toBeGreaterThan(5)
    expect([asked, left.post, posts[0]?.exitCode]).toEqual([0, [], 0])
    // The control: the other engine is there for whoever asks.
    expect(await (await fetch(`${DOCKER_HOST.replace('tcp', 'http')}/containers/json`)).json()).toEqual([])
  } finally {
    await new Promise(resolve => liar.close(resolve))
  }
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

test('what is not ours survives a run, its post and a sweep, whatever its name and labels pretend', async () => {
  const docker = new Docker({ socketPath: '/var/run/docker.sock' })
  const dead = execFileSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' }).trim()
  const [boot, namespace] = ownerOfThisProcess().split(':')
  const labels = (run: string, owner: string | undefined) => ({
    'io.bottle.run': run,
    'io.bottle.role': 'sidecar',
    ...(owner === undefined ? {} : { 'io.bottle.owner': owner }),
    // A sweep of another pid namespace, as in job-container.test.ts, has nothing but the time to tell by.
    'io.bottle.expires': owner === ownerOfThisProcess() ? '9999999999' : '1',
  })
  const ended = [boot, namespace, dead, '1'].join(':')
  const container = async (name: string, Labels: Record<string, string>) => {
    const { id } = await docker.createContainer({ name, Image: 'bottle-test/tiny:1', Cmd: ['sleep', '300'], Labels })
    await docker.getContainer(id).start()
    return docker.getContainer(id)
  }
  const mark = process.pid.toString(16).padStart(11, '0')
  await using undo = new AsyncDisposableStack()
  const made = async (name: string, Labels: Record<string, string>) => {
    const one = await container(name, Labels)
    undo.defer(() => one.remove({ force: true }).catch(() => {}))
    return one
  }
  const foreign = [
    await made(`bottle-a${mark}-sidecar`, {}),
    await made(`bottle-b${mark}-sidecar`, labels(`b${mark}`, ownerOfThisProcess())),
    await made(`bottle-c${mark}-sidecar`, labels(`c${mark}`, undefined)),
    await made(`bottle-d${mark}-sidecar`, labels(`not-${mark}`, ended)),
  ]
  const control = await made(`bottle-e${mark}-sidecar`, labels(`e${mark}`, ended))
  const Name = `bottle-b${mark}-inside`
  const network = await docker.createNetwork({ Name, Labels: labels(`b${mark}`, ownerOfThisProcess()) })
  undo.defer(() => network.remove())
  const volume = await docker.createVolume({
    Name: `bottle-b${mark}-config`,
    Labels: labels(`b${mark}`, ownerOfThisProcess()),
  })
  undo.defer(() => volume.remove())

  await using runner = await startRunner(project)
  const step = runner.step({
    with: { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false', run: 'echo ran' },
  })
  expect((await step.main()).exitCode).toBe(0)
  expect((await step.post()).exitCode).toBe(0)
  for (const one of foreign) expect((await one.inspect()).State.Running).toBe(true)
  expect((await network.inspect()).Name).toBe(Name)
  expect((await volume.inspect()).Name).toBe(volume.name)
  // The control: of the one whose owner has really ended nothing is left.
  await expect(control.inspect()).rejects.toThrow(/no such container/i)
})
