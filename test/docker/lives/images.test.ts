import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { lifeOf } from '../../support/lives/life.ts'
import { killedAt, whens } from '../../support/lives/moments.ts'
import { untaggedGates } from '../../support/lives/remains.ts'
import { makeRepository } from '../../support/repository.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../../..')
const docker = new Docker({ socketPath: '/var/run/docker.sock' })
const checkout = mkdtempSync(join(tmpdir(), 'bottle-checkout-'))
makeRepository(checkout).commit({ 'README.md': 'text' })
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const gates = async () =>
  (await docker.listImages()).flatMap(one => one.RepoTags ?? []).filter(tag => /^bottle-gate:/.test(tag))

/** The action with a gate that no engine has yet: the first run has to pack it. */
function unpacked(undo: AsyncDisposableStack): string {
  const action = mkdtempSync(join(tmpdir(), 'bottle-action-'))
  undo.defer(() => rmSync(action, { recursive: true, force: true }))
  for (const name of ['action.yml', 'dist']) cpSync(join(project, name), join(action, name), { recursive: true })
  appendFileSync(join(action, 'dist/gate/index.js'), `\n// ${action}\n`)
  return action
}

test('of the gate that runs pack for themselves, at once or killed meanwhile, one image remains: the cache', async () => {
  await using undo = new AsyncDisposableStack()
  const before = await gates()
  const action = unpacked(undo)
  undo.defer(async () => {
    const made = (await gates()).filter(tag => !before.includes(tag))
    await Promise.all(made.map(tag => docker.getImage(tag).remove()))
  })
  const killed = await Promise.all(
    whens.slice(0, 2).map(when => lifeOf(checkout, { action, main: killedAt('POST /images/create #1', when) })),
  )
  expect(killed.map(one => one.main.signal)).toEqual(['SIGKILL', 'SIGKILL'])
  const lives = await Promise.all([1, 2, 3].map(() => lifeOf(checkout, { action })))
  expect(lives.map(one => one.main.exitCode)).toEqual([0, 0, 0])
  // The control: they did pack it.
  expect(lives.flatMap(one => one.calls.main).filter(name => name === 'POST /images/create #1').length).toBeGreaterThan(
    0,
  )
  expect([...killed, ...lives].map(one => one.left.post)).toEqual([[], [], [], [], []])
  // Whoever lost the tag to another has its sidecar on that image until it ends: the next run removes it.
  expect((await lifeOf(checkout, { action })).main.exitCode).toBe(0)
  expect(await untaggedGates()).toEqual([])
  expect((await gates()).filter(tag => !before.includes(tag)).length).toBe(1)
})
