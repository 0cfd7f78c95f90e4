import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { findByVendor } from '../../../src/gate/program/token-formats.ts'
import { type Confirmed, vendorTokens } from '../../../src/gate/program/vendor-tokens.ts'
import { digits, hex, make, mixed, wide } from '../../support/gate/token-parts.ts'

const named = (confirmed: Confirmed) => vendorTokens.filter(one => one.confirmed === confirmed).map(one => one.name)

test('every row is whole: a needle, what confirmed it, and a page', () => {
  for (const { name, needle, confirmed, page } of vendorTokens) {
    expect([name, needle]).toEqual([expect.stringMatching(/\w/), needle.toLowerCase()])
    expect([name, confirmed]).toEqual([name, expect.stringMatching(/^(vendor|rules|nothing|own)$/)])
    expect(new URL(page).hostname).toMatch(/\.\w+$/)
  }
  expect(new Set(vendorTokens.map(one => one.name)).size).toBe(vendorTokens.length)
})

test('docs/dlp.md says how many of them are confirmed, and by what', () => {
  const [vendor, rules, nothing] = [named('vendor'), named('rules'), named('nothing')]
  const text = readFileSync('docs/dlp.md', 'utf8').replace(/\s+/g, ' ')
  expect(text).toContain(
    `${vendor.length + rules.length + nothing.length} formats, looked up on 25 November 2026: ${vendor.length} are stated by ` +
      `the vendor's page that the row names, ${rules.length} by a public rule set, and ${nothing.length} by neither ` +
      `(${nothing.join(', ')})`,
  )
})

// Forms that the public rule sets and the vendors' pages have, and the table test does not send.
test.each([
  make('Fly.io token', 'fm', '1r_', () => mixed(120)),
  make('Fly.io token', 'fo', '1_', () => wide(43)),
  make('Sonar token', 'sq', 'co_', () => mixed(59)),
  make('Figma token', 'fi', 'gp_', () => wide(40)),
  make('Vercel token', 'vc', 'k_', () => mixed(56)),
  make(
    'Vercel Blob token',
    'vercel_',
    'blob_rw_',
    () => mixed(16),
    '_',
    () => mixed(30),
  ),
  make(
    'AWS unique id',
    'AC',
    'CA',
    () => digits(1),
    () => hex(15).toUpperCase(),
  ),
  make(
    'Entra client secret',
    () => mixed(3),
    '5',
    'Q~',
    () => mixed(34),
  ),
])('$name is found', one => {
  const token = one.make()
  expect(findByVendor(`x=${token}`).map(found => found.rule)).toContain(one.name)
  // The control: a name of the same letters without the mark is nothing.
  expect(findByVendor(`x=${token.replace(/[_~]/g, ' ').toLowerCase().slice(3)}`)).toEqual([])
})
