import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const image = 'bottle-test/tiny:1'

test('attempts of one run share nothing: a new one sweeps what a dead one left, and lets a live one be', async () => {
  const attempt = (GITHUB_RUN_ATTEMPT: string) => startRunner(project, { env: { GITHUB_RUN_ATTEMPT } })
  await using first = await attempt('1')
  await using second = await attempt('2')
  const wish = (run: string) => ({ with: { image, gate: 'built-in', run } })
  const untilUp = (runner: typeof first, run: string, kill?: Promise<void>) => {
    const up = Promise.withResolvers<void>()
    const onLine = (line: string) => line === 'up' && up.resolve()
    const main = runner.step(wish(run)).main(kill ? { onLine, kill } : { onLine })
    main.then(({ raw }) => up.reject(new Error(`it never was up: ${raw}`)), up.reject)
    return { up: up.promise, main }
  }
  const kill = Promise.withResolvers<void>()
  const dead = untilUp(first, 'echo up; sleep 60', kill.promise)
  const live = untilUp(first, 'echo up; while ! [ -e go ]; do sleep 0.2; done; echo still here')
  await Promise.all([dead.up, live.up])
  kill.resolve()
  const { outputs: killed } = await dead.main
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
