import { expect, test } from '@jest/globals'
import { allowedHosts, sharedHosts } from '../../../src/spec/allowlist.ts'
import { readDefaults } from '../../../src/spec/defaults.ts'
import { covers, parseDestination } from '../../../src/spec/destination.ts'
import { allowing, withoutPasted } from '../../../src/spec/edit.ts'
import { defaultList, presets } from '../../../src/spec/host-lists.ts'
import { readSpec } from '../../../src/spec/load.ts'

const allowed = (egress: string, defaults?: ReturnType<typeof readDefaults>, shorthand = {}) => {
  const { spec, placeOf } = readSpec({ text: `image: a\nrun: b\negress:\n${egress}`, file: 'b.yml', shorthand })
  return allowedHosts(spec.egress, defaults, index => placeOf(['egress', 'allowlist', index]))
}

test('defaults, presets and the spec become one sorted list that remembers where each entry came from', () => {
  const list = allowed('  presets: [npm]\n  allowlist:\n    - b.test\n    - registry.npmjs.org\n', undefined, {
    allow: 'a.test\nb.test',
    presets: 'pip',
  })
  expect(list.map(one => one.host)).toEqual([...list.map(one => one.host)].sort())
  const from = Object.fromEntries(list.map(one => [one.host, one.from]))
  expect(from).toMatchObject({
    'a.test': ['input allow:1'],
    'b.test': ['b.yml:6:7', 'input allow:2'],
    'registry.npmjs.org': ['preset npm', 'b.yml:7:7'],
    'pypi.org': ['preset pip'],
    'api.anthropic.com': ['the default list'],
  })
})

test('the default list is replaced by the input, else by the variable, and left out by `defaults: false`', () => {
  const only = (list: { host: string; from: readonly string[] }[]) => list.map(one => `${one.host} ${one.from}`)
  expect(only(allowed('  mode: enforce\n', readDefaults('a.test, *.b.test # mine\n', 'c.test')))).toEqual([
    '*.b.test input default-allowlist',
    'a.test input default-allowlist',
  ])
  expect(only(allowed('  mode: enforce\n', readDefaults(undefined, 'c.test')))).toEqual([
    'c.test BOTTLE_DEFAULT_ALLOWLIST',
  ])
  expect(allowed('  mode: enforce\n', readDefaults(undefined, ''))).toEqual([])
  expect(allowed('  defaults: false\n')).toEqual([])
  expect(readDefaults(undefined, undefined)).toBeUndefined()
})

test('every mistake in the replacement is said, with its line', () => {
  expect(() => readDefaults('ok.test\nhttps://a.test/x\n*.com', undefined)).toThrow(
    /input default-allowlist:2:1: "https:\/\/a.test\/x" is a URL; write a.test[\s\S]*:3:1: "\*.com" would allow/,
  )
})

test.each(Object.entries({ ...presets, '(default)': defaultList }))(
  'the list %s is dated, sourced and valid',
  (_, list) => {
    expect(list.written).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(new URL(list.page).protocol).toBe('https:')
    expect(list.found).toMatch(/^(page|elsewhere|nowhere)$/)
    for (const { host, why } of list.hosts) {
      expect(parseDestination(host)).toEqual({ ok: host })
      expect(why.length).toBeGreaterThan(2)
    }
    expect(new Set(list.hosts.map(one => one.host)).size).toBe(list.hosts.length)
  },
)

test('nothing on the default list is shared, and a preset that is says so', () => {
  expect(defaultList.hosts.filter(one => one.shared)).toEqual([])
  expect(sharedHosts(['npm', 'pip'])).toEqual(['registry.npmjs.org (preset npm) is shared: anyone can publish'])
})

test('the spec is edited, not written anew: comments and order stay, nothing is added twice', () => {
  const text =
    '# mine\nimage: a # pinned\nenv: { A: b } # set\nrun: |\n  one\n  two\negress:\n  allowlist:\n    - z.test # why\n  mode: learn\n'
  expect(withoutPasted(allowing(readSpec({ text, file: 'b.yml' }).editable, ['a.test', 'z.test']))).toBe(
    text
      .replace('# why\n', '# why\n    - a.test\n')
      // The text becomes evidence: what may hold anything is not in it.
      .replace('A: b', 'A: "***"')
      .replace('|\n  one\n  two', '"***"'),
  )
  const manifest = 'bottles:\n  one: { image: a, run: b } # first\n  two:\n    image: a\n    run: b\n'
  expect(allowing(readSpec({ text: manifest, file: 'm.yml', bottle: 'two' }).editable, ['a.test'])).toBe(
    `${manifest}    egress:\n      allowlist:\n        - a.test\n`,
  )
  const shorthand = { image: 'a', run: 'b' }
  expect(allowing(readSpec({ text: '', file: 'input spec', shorthand }).editable, ['a.test'])).toBe(
    'egress:\n  allowlist:\n    - a.test\n',
  )
})

test.each([
  ['*.a.test', 'a.test', true],
  ['*.a.test', 'x.y.a.test', true],
  ['*.a.test', 'ba.test', false],
  ['a.test', 'x.a.test', false],
])('%s covers %s: %s', (entry, host, covered) => expect(covers(entry, host)).toBe(covered))
