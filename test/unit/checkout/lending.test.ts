import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { lendWorkspace, returnWorkspace } from '../../../src/checkout/lending.ts'

// Giving a folder away is root's alone.
const asRoot = process.getuid?.() === 0 ? test : test.skip
let root = ''
const runner = { uid: 1001, gid: 127 }
const agent = { uid: 0, gid: 0 }
const owner = (path: string) => {
  const { uid, gid } = statSync(path)
  return { uid, gid }
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bottle-lending-'))
  for (const name of ['scratch', 'work', 'other']) mkdirSync(join(root, name))
})
afterEach(() => rmSync(root, { recursive: true }))

asRoot('a workspace is lent, and given back once', () => {
  const [scratch, path] = [join(root, 'scratch'), join(root, 'work')]
  chownSync(path, runner.uid, runner.gid)
  lendWorkspace(scratch, { path, from: runner, to: agent })
  expect(owner(path)).toEqual(agent)
  returnWorkspace(scratch)
  expect(owner(path)).toEqual(runner)
  chownSync(path, 0, 0)
  returnWorkspace(scratch)
  expect(owner(path)).toEqual(agent)
})

asRoot('what has changed hands since, or is a link by now, is left alone', () => {
  const [scratch, path] = [join(root, 'scratch'), join(root, 'work')]
  lendWorkspace(scratch, { path, from: runner, to: agent })
  rmSync(path, { recursive: true })
  symlinkSync(join(root, 'other'), path)
  returnWorkspace(scratch)
  expect(owner(join(root, 'other'))).toEqual(agent)
  expect(existsSync(join(scratch, 'loan.json'))).toBe(false)
})
