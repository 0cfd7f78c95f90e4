import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { limitCounts } from '../../../src/run/cgroup.ts'

const base = mkdtempSync(join(tmpdir(), 'bottle-cgroup-'))
afterAll(() => rmSync(base, { recursive: true }))
const id = 'c'.repeat(64)

function host(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const full = join(base, name, path)
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, text)
  }
  return join(base, name)
}

test('version 1, as on the tests’ own engine', () => {
  const root = host('v1', {
    'proc/42/cgroup': `4:memory:/docker/${id}\n8:pids:/docker/${id}\n0::/docker/${id}\n`,
    [`sys/fs/cgroup/memory/docker/${id}/memory.oom_control`]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n',
    [`sys/fs/cgroup/pids/docker/${id}/pids.events`]: 'max 7\n',
  })
  expect(limitCounts(42, id, root)).toEqual({ oom: 2, pids: 7 })
})

test('version 2, with the systemd driver, as on hosted runners', () => {
  const scope = `system.slice/docker-${id}.scope`
  const root = host('v2', {
    'proc/42/cgroup': `0::/${scope}\n`,
    [`sys/fs/cgroup/${scope}/memory.events`]: 'low 0\nhigh 0\nmax 12\noom 1\noom_kill 1\noom_group_kill 0\n',
    [`sys/fs/cgroup/${scope}/pids.events`]: 'max 0\n',
  })
  expect(limitCounts(42, id, root)).toEqual({ oom: 1, pids: 0 })
})

test('a process of this number that is somebody else, one that is gone, and counters that are not there', () => {
  const root = host('other', {
    'proc/42/cgroup': '0::/user.slice\n',
    'sys/fs/cgroup/user.slice/pids.events': 'max 9\n',
  })
  expect(limitCounts(42, id, root)).toEqual({})
  expect(limitCounts(43, id, root)).toEqual({})
  const bare = host('bare', { 'proc/42/cgroup': `0::/docker/${id}\n` })
  expect(limitCounts(42, id, bare)).toEqual({})
})
