import { expect, test } from '@jest/globals'
import { type Part, parts } from '../../support/escapes/families/all.ts'
import { protections } from '../../support/escapes/protections.ts'

const all = Object.values(parts).flat()

test('there are attempts enough, each with a name of its own', () => {
  const names = all.map(one => `${one.family}: ${one.name}`)
  expect(names.length).toBeGreaterThanOrEqual(150)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

test('every protection is met or given by some attempt', () => {
  const used = new Set(all.flatMap(one => [one.meets, ...(one.given ?? [])]))
  expect(Object.keys(protections).filter(name => !used.has(name as never))).toEqual([])
})

test('an attempt whose mark would arrive anyway is no attempt: what it meets is not given', () => {
  expect(all.filter(one => one.given?.includes(one.meets)).map(one => one.name)).toEqual([])
})

test.each(Object.keys(parts) as Part[])('the part %s stands on its own', part => {
  expect(parts[part].length).toBeGreaterThan(50)
})
