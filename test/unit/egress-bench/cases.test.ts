import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { readCases } from '../../../bench/egress-bench/cases.ts'

const temp = mkdtempSync(join(tmpdir(), 'bottle-cases-'))
afterAll(() => rmSync(temp, { recursive: true, force: true }))

function folder(name: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(temp, name, path)), { recursive: true })
    writeFileSync(join(temp, name, path), text)
  }
  return join(temp, name)
}

test('cases come in the order of their paths; what a file leaves out is empty, or taken from where it lies', () => {
  const bare = JSON.stringify({ payload: { url: 'http://a.test' }, expected_verdict: 'allow', requires: [1, 'x'] })
  const list = JSON.stringify([
    { id: 'one', payload: {}, expected_verdict: 'block', category: 'c' },
    { id: 'two', payload: {}, expected_verdict: 'warn', capability_tags: ['t'] },
    { id: 'none' },
  ])
  const { cases, others } = readCases(
    folder('whole', {
      'z/list.json': list,
      'request-body/bare.json': `\ufeff${bare}`,
      'schema.json': '{}',
      'x.md': '',
    }),
  )
  expect(cases.map(one => [one.id, one.category, one.expected, one.requires, one.tags])).toEqual([
    ['bare', 'request_body', 'allow', ['x'], []],
    ['one', 'c', 'block', [], []],
    ['two', 'z', 'warn', [], ['t']],
  ])
  expect(others).toEqual(['schema.json'])
})

test.each([
  ['broken', { 'a/b.json': '{"id"' }, /^a\/b\.json is not JSON: /],
  ['nothing', { 'x.md': '' }, /holds no \.json file\.$/],
  ['others', { 'x.json': '[]', 'y.json': '7' }, /holds 2 \.json files, but none with a case\.$/],
] as const)('a folder that is %s: one sentence', (name, files, says) => {
  const place = folder(name, files)
  expect(() => readCases(place)).toThrow(says)
})
