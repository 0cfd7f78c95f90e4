import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import type { Summary } from '../../src/evidence/summary.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const good = { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false', shell: 'sh {0}' }

async function run(limits: string, script: string, workspace?: string) {
  await using runner = await startRunner(project, workspace ? { workspace } : {})
  const main = await runner.step({ with: { ...good, spec: `limits: {${limits}}\n`, run: script } }).main()
  const summary = JSON.parse(readFileSync(join(main.outputs['evidence-path'] ?? '', 'summary.json'), 'utf8')) as Summary
  return { main, summary, exceeded: main.outputs['limits-exceeded'], left: await leftovers(main.outputs['bottle-id']) }
}

test('an agent that is killed for memory', async () => {
  const { main, summary, exceeded, left } = await run('memory: 24m', 'echo begun; exec tail /dev/zero')
  expect(main.log).toContain('begun')
  expect({ exceeded, code: main.outputs['exit-code'] }).toEqual({ exceeded: 'oom', code: '137' })
  expect(summary.outcome.limits.exceeded).toEqual(['oom'])
  expect(main.summary).toContain('ran out of memory')
  expect(main.annotations.map(one => one.data).join()).toContain('ran out of memory')
  expect(left).toEqual([])
})

test('a child that is killed for memory while its agent goes on', async () => {
  const { main, exceeded } = await run('memory: 24m', 'tail /dev/zero; sleep 0.3; echo went on; exit 0')
  expect(main.log).toContain('went on')
  expect({ exceeded, code: main.exitCode }).toEqual({ exceeded: 'oom', code: 0 })
})

test('an agent that runs out of processes', async () => {
  const script = '(for i in $(seq 64); do sleep 5 & done; echo no end) 2>/dev/null; sleep 1; echo went on'
  const { main, exceeded } = await run('pids: 16', script)
  expect(main.log).toContain('went on')
  expect(main.log).not.toContain('no end')
  expect(exceeded).toBe('pids')
})

test('an agent that runs out of time, and of processes before', async () => {
  const { main, exceeded, summary } = await run(
    'pids: 16, timeout: 3s',
    '(for i in $(seq 64); do sleep 60 & done) 2>/dev/null; sleep 60',
  )
  expect({ exceeded, code: main.exitCode }).toEqual({ exceeded: 'timeout,pids', code: 124 })
  expect(summary.verdict).toMatch(/stopped after its 3 s\. It ran out of processes \(limits\.pids\)\./)
})

test('an agent that keeps within its limits: the control', async () => {
  const { main, exceeded, summary } = await run('memory: 64m, pids: 64', 'for i in 1 2 3 4; do sleep 0.5 & done; wait')
  expect({ exceeded, code: main.exitCode }).toEqual({ exceeded: '', code: 0 })
  expect(summary.outcome.limits).toEqual({ exceeded: [], unobserved: [] })
})

// Only root may mount a small file system to fill; elsewhere the test is left out by name.
const withRoot = process.getuid?.() === 0 ? test : test.skip

withRoot('an agent that fills the disk of its workspace', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-small-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder])
  try {
    const before = await run('pids: 64', 'head -c 1000000 /dev/zero > some', folder)
    expect(before.exceeded).toBe('')
    const { main, exceeded } = await run(
      'pids: 64',
      'head -c 20000000 /dev/zero > all 2>/dev/null; echo went on',
      folder,
    )
    expect(main.log).toContain('went on')
    expect(exceeded).toBe('disk')
    expect(main.summary).toContain('disk of the workspace is full')
  } finally {
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true })
  }
})
