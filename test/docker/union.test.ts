import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { presentGates } from '../support/gates.ts'
import { agentImage, type Internet, openInternet } from '../support/hosts/internet.ts'
import { type MiniRunner, startRunner } from '../support/runner/runner.ts'
import { group, summary } from '../support/summaries.ts'
import { zipOf } from '../support/zip.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const gates = await presentGates()

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([{ role: 'listener', names: ['allowed.test', 'second.test'] }])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

const spec = `image: ${agentImage}
egress:
  defaults: false
  allowlist:
    - allowed.test
    - second.test
    - never.test
`

/** A job that runs the action `union`, beside the results service of another. */
async function unionBeside(runner: MiniRunner, wish: Record<string, string> = {}) {
  const other = await startRunner(join(project, 'union'), { env: { ACTIONS_RESULTS_URL: runner.results.url } })
  return { other, main: await other.step({ with: wish }).main() }
}

describe.each(gates)('two legs of a matrix with the gate $name', ({ inputs }) => {
  test('become one suggestion, from their artifacts and without a token of the workflow', async () => {
    await using runner = await startRunner(project)
    for (const host of ['allowed.test', 'second.test']) {
      const run = `curl -fsS http://${host}/; curl -sS http://wanted.example/; true`
      const main = await runner.step({ with: { ...inputs, spec, run } }).main()
      expect([main.exitCode, main.outputs['blocked-count']]).toEqual([0, '1'])
    }
    const { other, main } = await unionBeside(runner)
    await using _ = other
    expect(main.annotations).toEqual([])
    expect([main.exitCode, main.conclusion]).toEqual([0, 'success'])
    expect(main.outputs).toMatchObject({ runs: '2', 'suggested-allowlist': 'wanted.example' })
    expect(JSON.parse(main.outputs['unused-allowed'] ?? '')).toEqual([
      { entry: 'never.test', from: ['input spec:7:7'], runs: 2, own: true },
    ])
    expect(main.summary).toContain('<td>wanted.example</td><td>2 of 2</td>')
    expect(main.summary).toContain('<td>allowed.test</td><td>1 of 2</td>')
  })
})

const zipped = (data: string) => zipOf([{ name: 'summary.json', data }])
const good = zipped(JSON.stringify(summary([group('wanted.example')])))

test('of artifacts that are no evidence, hostile or damaged it says why they are left out, and joins the rest', async () => {
  await using runner = await startRunner(project)
  runner.results.add('bottle-good', good)
  runner.results.add('other', good)
  runner.results.add('bottle-screenshots', zipOf([{ name: 'a.png', data: 'x' }]))
  runner.results.add('bottle-\n::error::x', zipOf([{ name: '../summary.json', data: 'x' }]))
  runner.results.add('bottle-changed', good, { digest: `sha256:${'0'.repeat(64)}` })
  runner.results.add('bottle-large', good, { size: 2 ** 40 })
  const { other, main } = await unionBeside(runner)
  await using _ = other
  expect(main.outputs).toMatchObject({ runs: '1', 'suggested-allowlist': 'wanted.example' })
  expect(main.exitCode).toBe(0)
  expect(main.annotations.map(one => `${one.name} ${one.data}`)).toEqual([
    expect.stringMatching(/^warning The artifact "bottle-screenshots" was left out: .* holds no summary\.json/),
    expect.stringMatching(/^warning The artifact "bottle-\\n::error::x" was left out: .*invalid relative path/),
    expect.stringMatching(/^warning The artifact "bottle-changed" was left out: .*not what was uploaded/),
    expect.stringMatching(/^warning The artifact "bottle-large" was left out: It has 1048576 MiB/),
  ])
})

test.each<[string, { env?: Record<string, string>; wish?: Record<string, string>; fill?: boolean }, RegExp]>([
  [
    'without an artifact of the name',
    { fill: true, wish: { artifacts: 'x-*' } },
    /None of the 1 artifacts .* is asked for/,
  ],
  ['without any', {}, /None of the 0 artifacts/],
  [
    'on a GitHub Enterprise Server',
    { fill: true, env: { GITHUB_SERVER_URL: 'https://github.corp.example' } },
    /no artifact service of version 4/,
  ],
])('%s it is red, with one sentence', async (_, { env = {}, wish = {}, fill }, says) => {
  await using runner = await startRunner(join(project, 'union'), { env })
  if (fill) runner.results.add('bottle-good', good)
  const main = await runner.step({ with: wish }).main()
  expect(main.exitCode).toBe(1)
  expect(main.annotations.map(one => one.data)).toEqual([expect.stringMatching(says)])
  expect(main.raw).not.toMatch(/\n\s+at /)
})

test('names are patterns of * and ?, and nothing else means anything', async () => {
  await using runner = await startRunner(join(project, 'union'))
  for (const name of ['a.1', 'ax1', 'b-long-name', 'c+'])
    runner.results.add(name, zipped(JSON.stringify(summary([], { bottle: name }))))
  const joined = async (artifacts: string) => (await runner.step({ with: { artifacts } }).main()).outputs.runs
  expect(await joined('a.1')).toBe('1')
  expect(await joined('a?1')).toBe('2')
  expect(await joined('b-*, c+')).toBe('2')
})
