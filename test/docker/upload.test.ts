import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { parse } from 'yaml'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const good = { image: 'bottle-test/tiny:1', gate: 'built-in', run: 'echo done' }

/** A job without artifacts of version 4: what its environment says, and what the message must name. */
const without: { title: string; env: Record<string, string>; says: RegExp }[] = [
  {
    title: 'a GitHub Enterprise Server',
    env: { GITHUB_SERVER_URL: 'https://github.corp.example' },
    says: /github\.corp\.example has no artifact service of version 4/,
  },
  { title: 'no token', env: { ACTIONS_RUNTIME_TOKEN: '' }, says: /gave this step no ACTIONS_RUNTIME_TOKEN/ },
  { title: 'no service', env: { ACTIONS_RESULTS_URL: '' }, says: /gave this step no ACTIONS_RESULTS_URL/ },
]

test.each(without)('with $title the evidence stays, and what is said uploads it', async ({ env, says }) => {
  await using runner = await startRunner(project, { env: { ...env, GITHUB_ACTION: 'agent' } })
  const step = runner.step({ with: good })
  const main = await step.main()
  expect([main.exitCode, main.conclusion]).toEqual([0, 'success'])
  const folder = main.outputs['evidence-path'] ?? ''
  expect(main.outputs['artifact-id']).toBeUndefined()
  const [warned, ...more] = main.annotations
  expect([warned?.name, more]).toEqual(['warning', []])
  expect(warned?.data).toMatch(says)
  expect(warned?.data).toContain(folder)
  const from = main.log.indexOf('- uses: actions/upload-artifact@v3')
  const [given] = parse(main.log.slice(from, from + 5).join('\n'))
  expect(given).toMatchObject({
    uses: 'actions/upload-artifact@v3',
    if: 'always()',
    with: { name: expect.stringMatching(/^bottle-test-1-/), path: `\${{ steps.agent.outputs.evidence-path }}` },
  })
  expect(main.summary).toContain('actions/upload-artifact')
  const post = await step.post()
  expect([post.exitCode, post.conclusion]).toEqual([0, 'success'])
  expect(readdirSync(folder)).toContain('summary.json')
  expect(runner.results.artifacts).toHaveLength(0)
})

test('the same job with all of them uploads it: the control', async () => {
  await using runner = await startRunner(project)
  const main = await runner.step({ with: good }).main()
  expect(main.annotations).toEqual([])
  expect(main.outputs['artifact-id']).toBe('1')
  expect(runner.results.artifacts[0]?.entries().has('summary.json')).toBe(true)
})

test('a step without an id is told to take one', async () => {
  await using runner = await startRunner(project, { env: { ACTIONS_RUNTIME_TOKEN: '', GITHUB_ACTION: '__self' } })
  const main = await runner.step({ with: good }).main()
  const log = main.log.join('\n')
  expect(log).toContain('The step that runs the bottle needs `id: bottle`')
  expect(log).toContain(`path: \${{ steps.bottle.outputs.evidence-path }}`)
})

test('`upload: false` says and uploads nothing, and the evidence is there', async () => {
  await using runner = await startRunner(project, { env: { GITHUB_SERVER_URL: 'https://github.corp.example' } })
  const step = runner.step({ with: { ...good, upload: 'false' } })
  const main = await step.main()
  const post = await step.post()
  expect([main.exitCode, post.exitCode]).toEqual([0, 0])
  expect([...main.annotations, ...post.annotations]).toEqual([])
  expect(`${main.summary}${main.raw}${post.raw}`).not.toContain('upload-artifact')
  expect(existsSync(main.outputs['evidence-path'] ?? '')).toBe(true)
  expect(runner.results.artifacts).toHaveLength(0)
})

test('a service that refuses is told in the same words, and the step is not red for it', async () => {
  await using runner = await startRunner(project)
  runner.results.broken = 403
  const main = await runner.step({ with: good }).main()
  expect([main.exitCode, main.conclusion]).toEqual([0, 'success'])
  expect(main.annotations.map(one => one.data).join()).toMatch(/The evidence was not uploaded: .*It is in .*evidence;/s)
  expect(main.log.join('\n')).toContain('- uses: actions/upload-artifact@v3')
})
