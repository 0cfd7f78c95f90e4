import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { clientCases } from '../support/clients/all.ts'
import { documentedRows } from '../support/clients/table.ts'

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/protocols.md'), 'utf8')

test('docs/protocols.md has a row for each case of the suite, with the results that the suite asserts, and no other', () => {
  expect(page.split('\n').filter(line => line.startsWith('|'))).toEqual(documentedRows())
})

test('no two cases share an id, a name or a path', () => {
  const paths = clientCases.map(({ id, path }) => (id.startsWith('git') ? id : path))
  for (const all of [clientCases.map(({ id }) => id), clientCases.map(({ client }) => client), paths])
    expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([])
})
