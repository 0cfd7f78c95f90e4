import { execFile } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, jest, test } from '@jest/globals'
import { presentGates } from '../support/gates.ts'
import { agentImage } from '../support/hosts/internet.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)
const bottle = (...words: string[]) =>
  run(process.execPath, [join(project, 'dist/cli/index.js'), ...words]).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
  )

describe.each(await presentGates())('receipts with the gate $name', ({ inputs }) => {
  test('an artifact is checked against the key of its step; one changed byte is named', async () => {
    await using runner = await startRunner(project)
    const step = runner.step({
      with: { ...inputs, image: agentImage, receipts: 'true', run: 'curl -sS http://evil.test/ || true' },
    })
    const main = await step.main()
    await step.post()
    const key = main.outputs['receipt-key'] ?? ''
    expect(main.log.join('\n')).toContain(`Receipt key: ${key}`)

    const artifact = join(runner.temp, 'downloaded')
    cpSync(main.outputs['evidence-path'] ?? '', artifact, { recursive: true })
    const zip = join(runner.temp, 'artifact.zip')
    writeFileSync(zip, runner.results.artifacts[0]?.zip ?? '')
    expect(await bottle('verify', zip, '--key', key)).toMatchObject({ code: 0 })
    const uploaded = [...(runner.results.artifacts[0]?.entries().keys() ?? [])]
    expect(uploaded).toContain('receipt.json')
    expect(await bottle('verify', artifact, '--key', key)).toMatchObject({
      code: 0,
      said: expect.stringContaining('1 blocked'),
    })
    const { stdout: id } = await run('docker', ['image', 'inspect', '--format', '{{.Id}}', agentImage])
    const summary = JSON.parse(readFileSync(join(artifact, 'summary.json'), 'utf8'))
    expect(summary.imageIds.agent).toBe(id.trim())

    const blocked = readFileSync(join(artifact, 'blocked.jsonl'), 'utf8')
    writeFileSync(join(artifact, 'blocked.jsonl'), blocked.replace('evil.test', 'good.test'))
    expect(await bottle('verify', artifact, '--key', key)).toMatchObject({
      code: 1,
      said: expect.stringContaining('blocked.jsonl is not the file that was signed'),
    })
  })

  test('when main is killed post signs, and says the key', async () => {
    await using runner = await startRunner(project)
    const step = runner.step({ with: { ...inputs, image: agentImage, receipts: 'true', run: 'echo here; sleep 60' } })
    const kill = Promise.withResolvers<void>()
    const main = await step.main({ kill: kill.promise, onLine: line => line === 'here' && kill.resolve() })
    const post = await step.post()
    const key = /Receipt key: (\S+)/.exec(post.raw)?.[1] ?? ''
    const evidence = join(runner.temp, `bottle-${main.outputs['bottle-id']}`, 'evidence')
    expect(await bottle('verify', evidence, '--key', key)).toMatchObject({ code: 0 })
  })
})

test('without receipts there is none, and verify says how to get one', async () => {
  await using runner = await startRunner(project)
  const main = await runner.step({ with: { gate: 'built-in', image: agentImage, run: 'true' } }).main()
  expect(main.outputs['receipt-key']).toBe('')
  expect(await bottle('verify', main.outputs['evidence-path'] ?? '', '--key', 'AAAA')).toMatchObject({ code: 1 })
})

test.each([
  [['verify'], /One folder or .zip is to be named/],
  [['verify', 'a', 'b', '--key', 'x'], /One folder or .zip is to be named/],
  [['verify', '.'], /No key is given/],
  [['verify', '.', '--kee', 'x'], /Unknown option '--kee'/],
])('bottle %j is a mistake with a way out', async (words, said) => {
  const { code, said: told } = await bottle(...(words as string[]))
  expect([code, told]).toEqual([1, expect.stringMatching(said as RegExp)])
  expect(told).not.toMatch(/\n\s+at /)
})
