import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { fileAtCommit } from '../../../src/checkout/file-at-commit.ts'
import { gitObjects } from '../../../src/checkout/git-object.ts'
import { makeRepository } from '../../support/repository.ts'

const folder = mkdtempSync(join(tmpdir(), 'bottle-objects-'))
afterAll(() => rmSync(folder, { recursive: true }))

const repository = makeRepository(join(folder, 'plain'))
const commit = repository.commit({
  'a/b/spec.yml': 'the spec\n',
  'link.yml': '->a/b/spec.yml',
  'a/up.yml': '->../link.yml',
  'folder-link': '->a/b',
  'out.yml': '->../../etc/passwd',
  'absolute.yml': '->/etc/passwd',
  'loop.yml': '->loop.yml',
  'dangling.yml': '->nowhere',
})
const read = gitObjects(join(repository.folder, '.git'), process.env.PATH)
const at = (path: string) => fileAtCommit(read, commit, path)

test.each<[string, object]>([
  ['a/b/spec.yml', { kind: 'text', text: 'the spec\n' }],
  ['./a//b/../b/spec.yml', { kind: 'text', text: 'the spec\n' }],
  ['link.yml', { kind: 'text', text: 'the spec\n' }],
  ['a/up.yml', { kind: 'text', text: 'the spec\n' }],
  ['folder-link/spec.yml', { kind: 'text', text: 'the spec\n' }],
  ['out.yml', { kind: 'outside' }],
  ['absolute.yml', { kind: 'outside' }],
  ['loop.yml', { kind: 'outside' }],
  ['dangling.yml', { kind: 'missing' }],
  ['a/b', { kind: 'missing' }],
  ['a/b/spec.yml/x', { kind: 'missing' }],
  ['../x', { kind: 'outside' }],
])('%s', async (path, expected) => {
  expect(await at(path)).toEqual(expected)
})

test('what is checked out, replaced or staged is not looked at', async () => {
  const other = makeRepository(join(folder, 'other'))
  const base = other.commit({ 'spec.yml': 'mode: enforce\n' })
  const head = other.commit({ 'spec.yml': 'mode: learn\n' })
  other.git('replace', base, head)
  expect(other.git('show', `${base}:spec.yml`)).toBe('mode: learn')
  const found = await fileAtCommit(gitObjects(join(other.folder, '.git'), process.env.PATH), base, 'spec.yml')
  expect(found).toEqual({ kind: 'text', text: 'mode: enforce\n' })
})

test('a commit that is not there, a repository that is none', async () => {
  expect(await fileAtCommit(read, 'a'.repeat(40), 'x')).toEqual({ kind: 'no-commit' })
  expect(await fileAtCommit(gitObjects(folder, process.env.PATH), commit, 'x')).toEqual({ kind: 'no-commit' })
})

test('an object store that was tampered with fails instead of answering', async () => {
  const forged = makeRepository(join(folder, 'forged'))
  const base = forged.commit({ 'spec.yml': 'mode: enforce\n' })
  const spec = forged.git('rev-parse', `${base}:spec.yml`)
  writeFileSync(join(forged.folder, 'forged.yml'), 'mode: learned\n')
  const other = forged.git('hash-object', '-w', 'forged.yml')
  // git itself does not check what it reads: an agent with a writable .git can put another object in this one's place.
  const store = (id: string) => join(forged.folder, '.git/objects', id.slice(0, 2), id.slice(2))
  rmSync(store(spec))
  copyFileSync(store(other), store(spec))
  expect(forged.git('cat-file', 'blob', spec)).toBe('mode: learned')
  const reading = fileAtCommit(gitObjects(join(forged.folder, '.git'), process.env.PATH), base, 'spec.yml')
  await expect(reading).rejects.toThrow(/is not what its id says/)
})
