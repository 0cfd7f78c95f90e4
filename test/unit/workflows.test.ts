import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'

const project = resolve(import.meta.dirname, '../..')
const filesOf = (folder: string) =>
  existsSync(join(project, folder))
    ? readdirSync(join(project, folder)).flatMap(name => (name.endsWith('.yml') ? [join(folder, name)] : []))
    : []
const own = filesOf('.github/workflows')

function mistakes(...files: string[]): string[] {
  const lint = join(project, 'test/support/workflows/lint.ts')
  const words = ['--disable-warning=ExperimentalWarning', lint, ...files]
  return JSON.parse(execFileSync(process.execPath, words, { cwd: project, encoding: 'utf8' })) as string[]
}

test("GitHub's own parser takes every workflow, ours and the examples", () => {
  expect(own.length).toBeGreaterThanOrEqual(3)
  expect(mistakes(...own, ...filesOf('examples'))).toEqual([])
})

test('the parser does find what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-lint-'))
  const file = join(folder, 'bad.yml')
  writeFileSync(
    file,
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo $' + '{{ githb.sha }}\n',
  )
  expect(mistakes(file).join()).toContain("Unrecognized named-value: 'githb'")
  rmSync(folder, { recursive: true })
})

interface Workflow {
  readonly permissions?: unknown
  readonly jobs: Record<string, { permissions?: Record<string, string>; steps?: { uses?: string; run?: string }[] }>
}

test.each(own)('%s: rights by job, other actions by commit, and nothing of the event in a script', file => {
  const text = readFileSync(join(project, file), 'utf8')
  const { permissions, jobs } = parse(text) as Workflow
  expect(permissions).toEqual({})
  for (const [name, job] of Object.entries(jobs)) {
    expect({ name, permissions: job.permissions }).toEqual({ name, permissions: expect.any(Object) })
    for (const { uses = './', run = '' } of job.steps ?? []) {
      expect(uses).toMatch(/^(\.\/|[\w-]+\/[\w/-]+@[0-9a-f]{40}$)/)
      // What somebody outside may have written is handed over in the environment, never pasted into a script.
      expect(run).not.toMatch(/\$\{\{/)
    }
  }
  for (const [line] of text.matchAll(/uses: [^.\s].*/g)) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})
