import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { loadSpec } from '../../src/spec/load.ts'
import { leftovers } from '../support/leftovers.ts'
import { makeRepository } from '../support/repository.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const file = '.github/bottle.yml'
const spec = (list: string) => `# what the agent does
image: bottle-test/agent:1
egress:
  defaults: false
  allowlist: ${list} # the API
`
// The agent also writes into the spec, which is of no use to it.
const script = `
curl -sS -o /dev/null http://new.test/ || true
curl -sS -o /dev/null http://new.test/again || true
curl -sS -o /dev/null http://other.test/ || true
printf 'image: evil\\nrun: evil\\negress: {allowlist: [evil.test]}\\n' > ${file} || true
true
`
const inputs = { gate: 'built-in', run: script, 'spec-file': file }

test('a run leaves a page, and a diff that git applies to the spec as it was before the agent', async () => {
  await using runner = await startRunner(project)
  const repository = makeRepository(runner.workspace)
  repository.commit({ [file]: spec('[allowed.test]') })
  const main = await runner.step({ with: inputs }).main()
  expect(main.outputs).toMatchObject({ 'exit-code': '0', 'suggested-allowlist': 'new.test\nother.test' })
  const folder = main.outputs['evidence-path'] ?? ''
  const entries = runner.results.artifacts[0]?.entries()
  const page = entries?.get('report.html')?.toString() ?? ''
  expect(page).toContain("default-src 'none'")
  const data = JSON.parse(/<script type="application\/json" id="data">(.*)<\/script>/.exec(page)?.[1] ?? '')
  expect(data.verdict).toBe(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')).verdict)
  expect(data.rows.find((row: { host: string }) => row.host === 'new.test')).toMatchObject({
    count: 2,
    what: 'not allowed',
  })
  expect(data.rows.find((row: { host: string }) => row.host === 'new.test').lines).toHaveLength(2)
  expect(data.timeline.blocked.reduce((sum: number, one: number) => sum + one, 0)).toBe(
    Number(main.outputs['blocked-count']),
  )
  const diff = entries?.get('suggested.diff')?.toString() ?? ''
  expect(diff).toMatch(/^# {3}new\.test: refused 2 times \(GET\), first at .* UTC$/m)
  writeFileSync(join(runner.temp, 'suggested.diff'), diff)
  repository.git('checkout', '--', file)
  repository.git('apply', '--check', join(runner.temp, 'suggested.diff'))
  repository.git('apply', join(runner.temp, 'suggested.diff'))
  const text = readFileSync(join(runner.workspace, file), 'utf8')
  expect(text).toBe(spec('[allowed.test, new.test, other.test]'))
  expect(loadSpec({ text: `${text}run: x\n`, file }).egress.allowlist).toEqual([
    'allowed.test',
    'new.test',
    'other.test',
  ])
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

test('on a pull request the diff is for the checked-out spec, and what that allows already is not in it', async () => {
  await using home = await startRunner(project)
  const repository = makeRepository(home.workspace)
  const sha = repository.commit({ [file]: spec('[]') })
  repository.commit({ [file]: spec('[new.test]') })
  await using runner = await startRunner(project, {
    workspace: home.workspace,
    env: { GITHUB_EVENT_NAME: 'pull_request' },
    event: { pull_request: { base: { sha } } },
  })
  const main = await runner.step({ with: { ...inputs, upload: 'false' } }).main()
  // Held to the base commit, where new.test is not allowed.
  expect(main.outputs['suggested-allowlist']).toBe('new.test\nother.test')
  const folder = main.outputs['evidence-path'] ?? ''
  repository.git('checkout', '--', file)
  repository.git('apply', join(folder, 'suggested.diff'))
  expect(readFileSync(join(runner.workspace, file), 'utf8')).toBe(spec('[new.test, other.test]'))
})

test('a spec in the workflow: the lines for the step, and no diff', async () => {
  await using runner = await startRunner(project)
  const { 'spec-file': _, ...rest } = inputs
  const main = await runner
    .step({
      with: { ...rest, image: 'bottle-test/agent:1', allow: 'allowed.test', upload: 'false', workspace: 'none' },
    })
    .main()
  const folder = main.outputs['evidence-path'] ?? ''
  expect(readdirSync(folder)).not.toContain('suggested.diff')
  const text = readFileSync(join(folder, 'suggested.txt'), 'utf8')
  expect(text).toContain('            allowed.test\n+            new.test\n+            other.test\n')
})
