import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { pidOf } from '../../src/docker/owner.ts'
import { agentImage, until } from '../support/hosts/internet.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'
import { launchInWorker } from '../support/runner/step.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const image = 'bottle-test/tiny:1'

async function ownerOf(runId = ''): Promise<string> {
  const { Config } = await new Docker().getContainer(`bottle-${runId}-bottle`).inspect()
  return Config.Labels['io.bottle.owner'] ?? ''
}

test('attempts of one run share nothing: a new one sweeps what a dead one left, and lets a live one be', async () => {
  const attempt = (GITHUB_RUN_ATTEMPT: string) => startRunner(project, { env: { GITHUB_RUN_ATTEMPT } })
  await using first = await attempt('1')
  await using second = await attempt('2')
  // A job that has ended without its post, as when its machine was switched off.
  await using ended = await startRunner(project, { launch: launchInWorker })
  const wish = (run: string) => ({ with: { image, gate: 'built-in', run } })
  const untilUp = (runner: typeof first, run: string) => {
    const up = Promise.withResolvers<void>()
    const main = runner.step(wish(run)).main({ onLine: line => line === 'up' && up.resolve() })
    main.then(({ raw }) => up.reject(new Error(`it never was up: ${raw}`)), up.reject)
    return { up: up.promise, main }
  }
  const dead = untilUp(ended, 'echo up; sleep 60')
  const live = untilUp(first, 'echo up; while ! [ -e go ]; do sleep 0.2; done; echo still here')
  await Promise.all([dead.up, live.up])
  const [, deadId] = /bottle-([0-9a-f]{12})/.exec(readdirSync(ended.temp).join()) ?? []
  process.kill(pidOf(await ownerOf(deadId)), 'SIGKILL')
  const { outputs: killed } = await dead.main
  expect(killed['bottle-id']).toBe(deadId)
  expect((await leftovers(killed['bottle-id'])).length).toBeGreaterThanOrEqual(5)

  const rerun = await second.step(wish('echo again')).main()
  const again = await second.step(wish('echo again')).main()
  expect(rerun.outputs['exit-code']).toBe('0')
  expect(await leftovers(killed['bottle-id'])).toEqual([])

  writeFileSync(join(first.workspace, 'go'), '')
  const survivor = await live.main
  expect(survivor.log).toContain('still here')
  expect(survivor.outputs).toMatchObject({ 'exit-code': '0', enforced: 'true' })
  const ids = [survivor, rerun, again].map(one => one.outputs['bottle-id'])
  expect(new Set([...ids, killed['bottle-id']]).size).toBe(4)
  const names = [first, second].flatMap(one => one.results.artifacts.map(({ name }) => name))
  expect(names).toEqual([`bottle-test-1-${ids[0]}`, `bottle-test-2-${ids[1]}`, `bottle-test-2-${ids[2]}`])
})

test('what a killed main left is left to its post as long as the job lasts, whoever sweeps', async () => {
  await using runner = await startRunner(project)
  await using neighbour = await startRunner(project)
  const run = 'echo up; until [ -e go ]; do sleep 0.1; done; curl -sS http://late.test/; touch asked; sleep 60'
  const step = runner.step({ with: { image: agentImage, gate: 'built-in', receipts: 'true', run } })
  const kill = Promise.withResolvers<void>()
  const main = await step.main({ kill: kill.promise, onLine: line => line === 'up' && kill.resolve() })
  expect(main.signal).toBe('SIGKILL')
  const there = await leftovers(main.outputs['bottle-id'])
  const other = await neighbour.step({ with: { image, gate: 'built-in', run: 'true' } }).main()
  expect(other.exitCode).toBe(0)
  expect(await leftovers(main.outputs['bottle-id'])).toEqual(there)

  writeFileSync(join(runner.workspace, 'go'), '')
  await until(async () => existsSync(join(runner.workspace, 'asked')))
  const post = await step.post()
  expect(post.raw).toContain('Receipt key: ')
  const evidence = join(runner.temp, `bottle-${main.outputs['bottle-id']}`, 'evidence')
  expect(readFileSync(join(evidence, 'blocked.jsonl'), 'utf8')).toContain('late.test')
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})
