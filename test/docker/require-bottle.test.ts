import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import type { Summary } from '../../src/evidence/summary.ts'
import { startContentsService } from '../support/contents-service.ts'
import { engineProxy } from '../support/engine/proxy.ts'
import { leftovers } from '../support/leftovers.ts'
import { makeRepository } from '../support/repository.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const file = '.github/workflows/ci.yml'
const good = { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false' }
const mixed = `name: ci
on: push
jobs:
  other:
    runs-on: ubuntu-latest
    steps:
      - run: echo of another job
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo before the bottle
      - uses: OWNER/bottle@v1
      - run: echo inside
        shell: bottle {0}
      - name: a step with a name
        if: always()
        run: |
          echo outside
      - uses: actions/cache@v5
      - run: echo \${{ matrix.shell }}
        shell: \${{ matrix.shell }}
`
const whole = mixed
  .replace('  test:\n', "  test:\n    defaults: {run: {shell: 'bottle {0}'}}\n")
  .replace(/ {8}shell: \$.*\n/, '')

/** Main in a checkout whose last commit holds that workflow, and then the job's end. */
async function raised(text: string | undefined, inputs: Record<string, string>, edited?: string) {
  await using proxy = await engineProxy()
  await using home = await startRunner(project)
  const repository = makeRepository(home.workspace)
  const sha = repository.commit({ 'README.md': 'x', ...(text === undefined ? {} : { [file]: text }) })
  if (edited !== undefined) repository.commit({ [file]: edited })
  const env = {
    DOCKER_HOST: proxy.host,
    GITHUB_SHA: sha,
    GITHUB_WORKFLOW_SHA: sha,
    GITHUB_WORKFLOW_REF: `octo/bottle-test/${file}@refs/heads/main`,
    GITHUB_ACTION: '__OWNER_bottle',
  }
  await using runner = await startRunner(project, { workspace: home.workspace, env })
  const step = runner.step({ with: { ...good, ...inputs } })
  const main = await step.main()
  const created = proxy.calls.filter(call => call.method !== 'GET')
  const post = await step.post()
  expect(await leftovers(main.outputs['bottle-id'] || 'none')).toEqual([])
  const summary =
    main.exitCode === 0
      ? (JSON.parse(readFileSync(join(main.outputs['evidence-path'] ?? '', 'summary.json'), 'utf8')) as Summary)
      : undefined
  return { main, post, created, summary }
}

const saidBy = (main: { annotations: readonly { data: string }[] }) => main.annotations.map(one => one.data).join('\n')

test.each([{ 'require-bottle': 'true' }, { spec: 'require-bottle: true\n' }])(
  'with %j a job with steps outside does not start, each is named with its line, and nothing is created',
  async inputs => {
    const { main, post, created } = await raised(mixed, inputs)
    expect(main.exitCode).toBe(1)
    expect(created).toEqual([])
    const said = saidBy(main)
    expect(said).toMatch(/2 later steps do not use it/)
    expect(said).toContain(`${file}:17: the step "a step with a name" would run outside of the bottle`)
    expect(said).toContain(`${file}:20: the step "echo`)
    expect(said).not.toMatch(/before the bottle|another job|ci\.yml:13|actions\/cache/)
    expect(said).toMatch(/Add `shell: bottle \{0\}` to each/)
    const places = main.obeyed
      .filter(one => one.name === 'error')
      .map(one => `${one.properties.file}:${one.properties.line}`)
    expect(places).toEqual(expect.arrayContaining([`${file}:17`, `${file}:20`]))
    expect(post.exitCode).toBe(0)
  },
)

test('without it the bottle is raised, and the summary lists what is outside', async () => {
  const { main, post, summary } = await raised(mixed, {})
  expect(main.exitCode).toBe(0)
  expect(summary?.job?.outside?.map(one => `${one.line} ${one.kind} ${one.step}`)).toEqual([
    '17 run a step with a name',
    '19 uses actions/cache@v5',
    expect.stringMatching(/^20 run echo/),
  ])
  expect(post.summary).toMatch(/Outside of the bottle, by the workflow \(3\)/)
  expect(post.summary).toMatch(/a step with a name/)
})

test('a job whose defaults send its steps inside starts', async () => {
  const { main, summary } = await raised(whole, { 'require-bottle': 'true' })
  expect(main.exitCode).toBe(0)
  expect(summary?.job?.outside?.map(one => one.kind)).toEqual(['uses'])
})

test('the commit’s workflow counts, not the one that is checked out', async () => {
  const { main, created } = await raised(mixed, { 'require-bottle': 'true' }, whole)
  expect(main.exitCode).toBe(1)
  expect(created).toEqual([])
})

test('a workflow that cannot be read: said in the summary, and with require-bottle no start', async () => {
  const { main, created } = await raised(undefined, { 'require-bottle': 'true' })
  expect(main.exitCode).toBe(1)
  expect(created).toEqual([])
  expect(saidBy(main)).toMatch(/cannot be known: \.github\/workflows\/ci\.yml could not be read at the commit/)
  const { post, summary } = await raised(undefined, {})
  expect(summary?.job).toBeDefined()
  expect(summary?.job?.outside).toBeUndefined()
  expect(post.summary).toMatch(/is not known: its workflow could not be read/)
})

test('without the commit in the checkout it is asked for with the job’s token', async () => {
  await using service = await startContentsService('job-token', { [`${'a'.repeat(40)}:${file}`]: mixed })
  await using runner = await startRunner(project, {
    token: 'job-token',
    env: {
      GITHUB_API_URL: service.url,
      GITHUB_SHA: 'a'.repeat(40),
      GITHUB_WORKFLOW_REF: `octo/bottle-test/${file}@refs/heads/main`,
      GITHUB_ACTION: '__OWNER_bottle',
    },
  })
  const main = await runner.step({ with: { ...good, 'require-bottle': 'true' } }).main()
  expect(main.exitCode).toBe(1)
  expect(saidBy(main)).toContain(`${file}:17: `)
})

test.each([
  [{ run: 'true', 'require-bottle': 'true' }, /require-bottle is for a bottle without `run`/],
  [{ run: 'true', spec: 'job-files: true\n' }, /1:12: job-files is for a bottle without `run`/],
  [{ run: 'true', spec: 'job-env: [A]\n' }, /job-env is for a bottle without `run`/],
  [{ spec: 'job-env: [HTTPS_PROXY]\n' }, /job-env\[0\] HTTPS_PROXY is set by Bottle/],
  [{ spec: 'job-env: [A]\nsecrets: [A]\n' }, /job-env\[0\] A is in `secrets` too/],
  [{ spec: 'job-env: [a-b]\n' }, /job-env\[0\].*is not the name of an environment variable/],
  [{ spec: 'job-file: true\n' }, /did you mean "job-files"/],
  [
    { 'require-bottle': 'maybe' },
    /input require-bottle:1:1: require-bottle must be true or false, not "maybe"|require-bottle/,
  ],
])('%j: one clear error', async (inputs, says) => {
  const { main, created } = await raised(mixed, inputs as Record<string, string>)
  expect(main.exitCode).toBe(1)
  expect(saidBy(main)).toMatch(says)
  expect(created).toEqual([])
})
