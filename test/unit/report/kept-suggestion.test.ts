import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createRedactor } from '../../../src/evidence/redact.ts'
import { clearScratch } from '../../../src/scratch.ts'
import type { Suggestible } from '../../../src/spec/changeable.ts'
import { keepSuggestible, keptSuggestible } from '../../../src/suggest.ts'

const text = 'image: x\nrun: echo a-script\nenv: {A: a-value}\n'
const from = (changeable: Suggestible['changeable']): Suggestible => ({ spec: { text, base: [] }, changeable })
const folder = () => mkdtempSync(join(tmpdir(), 'bottle-kept-'))

test('what post needs to suggest something is kept without scripts and values, for this user alone', async () => {
  const scratch = folder()
  await keepSuggestible(scratch, from({ kind: 'workflow', allow: 'a.test' }), await createRedactor([]))
  expect(keptSuggestible(scratch)).toEqual({
    spec: { text: 'image: x\nrun: "***"\nenv: { A: "***" }\n', base: [] },
    changeable: { kind: 'workflow', allow: 'a.test' },
  })
  expect(statSync(join(scratch, readdirSync(scratch)[0] ?? '')).mode & 0o777).toBe(0o600)
  clearScratch(scratch)
  expect([readdirSync(scratch), keptSuggestible(scratch)]).toEqual([[], undefined])
})

test('a file with a secret of the run in it is not kept', async () => {
  const scratch = folder()
  const file = { kind: 'file', repository: '.', path: 'b.yml', spec: { text, base: [] }, allowed: [] } as const
  await keepSuggestible(scratch, from(file), await createRedactor(['a-value']))
  expect(readdirSync(scratch)).toEqual([])
})
