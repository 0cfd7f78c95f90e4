import { expect, test } from '@jest/globals'
import { placeholderFor } from '../../../src/run/placeholder.ts'

test.each([
  [`sk-ant-api03-${'aB3_'.repeat(20)}`, /^sk-ant-api03-([a-z][A-Z]\d_){20}$/],
  [`ghp_${'a1B2c3'.repeat(6)}`, /^ghp_([a-z]\d[A-Z]\d[a-z]\d){6}$/],
  ['correct horse-battery.9', /^[a-z]{7} [a-z]{5}-[a-z]{7}\.\d$/],
])('%s has a placeholder of its shape and nothing else of it', (secret, shape) => {
  const [one, two] = [placeholderFor(secret), placeholderFor(secret)]
  expect(one).toMatch(shape)
  expect(one).not.toBe(secret)
  expect(one).not.toBe(two)
})
