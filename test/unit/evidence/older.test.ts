import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readRun } from '../../../src/evidence/read.ts'
import { openSource } from '../../../src/evidence/source.ts'
import { pageData } from '../../../src/report/html/page-facts.ts'
import { renderTerminal } from '../../../src/report/terminal.ts'
import { group, summary } from '../../support/summaries.ts'

test('evidence from before direct attempts were looked for says that they were not observed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-older-'))
  const { direct: _, failOn: __, counts, ...rest } = summary([group('a.test')])
  const { expected: ___, ...older } = counts
  writeFileSync(join(folder, 'summary.json'), JSON.stringify({ ...rest, counts: older }))
  await using source = await openSource(folder)
  const { summary: read } = await readRun(source)
  expect(read).toMatchObject({ direct: { observed: false }, failOn: 'never', counts: { expected: 0, blocked: 1 } })
  expect(renderTerminal(read, { color: false })).toContain('Direct attempts: Not observed: the evidence is of a Bottle')
  const page = pageData(read, {})
  expect(page.figures.at(-1)).toEqual({ name: 'Direct attempts', value: undefined, state: 'direct' })
  expect(page.direct.sentence).toContain('Not observed')
})
