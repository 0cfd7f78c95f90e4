import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import type { Plan } from '../../src/plan/plan.ts'
import { type Internet, openInternet } from '../support/hosts/internet.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'
import type { StepResult } from '../support/runner/step.ts'

// Forty on a machine of their own (`BOTTLE_MANY=40 ./dev test test/docker/many`); beside other suites they would ask
// more of a small machine than its engine answers in five seconds, and end red for that, as they should.
const count = Number(process.env.BOTTLE_MANY ?? 10)
jest.setTimeout(30_000 + count * 15_000)

const project = resolve(import.meta.dirname, '../..')
const good = { image: 'bottle-test/tiny:1', gate: 'built-in' }
const get = (url: string) => `wget -q -O /dev/null http://${url}`
let internet: Internet

beforeAll(async () => {
  internet = await openInternet([{ role: 'listener', names: ['many.test'] }])
})
afterAll(async () => internet[Symbol.asyncDispose]())

test(`${count} bottles that start together keep apart, and the end of some leaves the others alone`, async () => {
  await using stack = new AsyncDisposableStack()
  const bottles = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const runner = stack.use(await startRunner(project))
      return { i, runner, code: i % 3 }
    }),
  )
  const wait = 'n=0; while [ ! -e go ] && [ $n -lt 3000 ]; do n=$((n+1)); sleep 0.1; done; '
  const begin = ({ i, runner, code }: (typeof bottles)[number]) => {
    const run = `echo I am ${i}-of-many; ${i % 2 ? wait : ''}${get(`many.test/${i}`)}; ${get(`${i}.refused.test/`)} || true; exit ${code}`
    return runner.step({ with: { ...good, allow: 'many.test', run } }).main()
  }
  const all = bottles.map(begin)
  const early = await Promise.all(all.filter((_, i) => i % 2 === 0))
  // Those that wait are still whole: what follows goes through their gates after the others' teardowns.
  for (const { runner } of bottles) writeFileSync(join(runner.workspace, 'go'), '')
  const ended = await Promise.all(all)
  for (const [i, main] of ended.entries()) {
    expect({
      i,
      code: main.exitCode,
      said: main.log.filter(line => line.includes('of-many')),
      errors: errorsOf(main),
    }).toEqual({
      i,
      code: i % 3,
      said: [`I am ${i}-of-many`],
      errors: i % 3 ? [expect.stringContaining(`exited with code ${i % 3}.`)] : [],
    })
    expect(main.outputs).toMatchObject({ enforced: 'true', 'blocked-count': '1', 'allowed-count': '1' })
    expect(JSON.parse(main.outputs['blocked-hosts'] ?? '')).toEqual([`${i}.refused.test`])
  }
  const reached = (await internet.hits('many.test')).filter(hit => hit.kind === 'request').map(hit => hit.url)
  expect(reached.sort()).toEqual(bottles.map(({ i }) => `/${i}`).sort())
  const subnets = ended.map(main => planOf(main.outputs['evidence-path']).inside.subnet)
  expect(new Set(subnets).size).toBe(count)
  expect(early).toHaveLength(Math.ceil(count / 2))
  for (const main of ended) expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
  // Each run has an artifact of its own.
  const artifacts = bottles.flatMap(({ runner }) => runner.results.artifacts.map(one => one.name))
  expect(new Set(artifacts).size).toBe(count)
})

const errorsOf = ({ annotations }: StepResult) => annotations.filter(one => one.name === 'error').map(one => one.data)

function planOf(folder = ''): Plan {
  return JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Plan
}
