import { expect, test } from '@jest/globals'
import { explainHost } from '../../../src/plan/explain.ts'
import { allowedHosts } from '../../../src/spec/allowlist.ts'
import { readSpec } from '../../../src/spec/load.ts'

const text = `image: x
run: y
egress:
  presets: [npm]
  allowlist:
    - api.example.com
    - "*.example.org"
    - 10.0.0.5
    - 10.0.0.6
    - db.example.net
    - 203.0.113.7
  trusted: [db.example.net]
  private: [10.0.0.5/32]
ssh:
  - {host: forge, hostname: git.example.com, known-host: any}
`
function explained(host: string, more = '') {
  const { spec, placeOf } = readSpec({ text: text + more, file: 'bottle.yml' })
  const allowed = allowedHosts(spec.egress, undefined, index => placeOf(['egress', 'allowlist', index]), spec.ssh)
  const { passes, because } = explainHost({ spec, allowed, placeOf }, host)
  return [passes, because.join('; ')] as const
}

test.each([
  ['api.example.com', true, /^the entry api\.example\.com, from bottle\.yml:6:7; its addresses have to be public/],
  ['https://user@API.Example.com:8443/path?q', true, /^the entry api\.example\.com/],
  ['example.org', true, /^the wildcard \*\.example\.org, from bottle\.yml:7:7/],
  ['a.b.example.org', true, /^the wildcard/],
  ['registry.npmjs.org', true, /from preset npm/],
  ['api.anthropic.com', true, /from the default list/],
  ['db.example.net', true, /may be private \(egress\.trusted, bottle\.yml:12:13\)/],
  ['10.0.0.5', true, /^the entry 10\.0\.0\.5/],
  [
    '10.0.0.6',
    false,
    /in the private range 10\.0\.0\.0\/8, which egress\.private does not open; it opens 10\.0\.0\.5\/32 \(bottle\.yml:13:13\)/,
  ],
  ['0x0a000006', false, /reads 0x0a000006 as the address 10\.0\.0\.6; 10\.0\.0\.6 is in the private range/],
  ['169.254.169.254', false, /link.?local address, which is never reachable/i],
  ['localhost', false, /loopback, which is never reachable/],
  ['168.63.129.16', false, /168\.63\.129\.16\/32/],
  ['203.0.113.7', true, /^the entry 203\.0\.113\.7, from bottle\.yml:11:7; a request that carries/],
  ['203.0.113.8', false, /no entry/],
  ['git.example.com', true, /from ssh forge, on port 22 alone/],
  ['git.example.com:22', true, /from ssh forge/],
  ['git.example.com:443', false, /git\.example\.com is allowed on port 22 alone/],
  ['www.api.example.com', false, /no entry of the allowlist covers it; api\.example\.com is another host/],
  ['example.com', false, /no entry of the allowlist covers it; api\.example\.com, git\.example\.com are other hosts/],
  ['evilexample.org', false, /^no entry of the allowlist covers it$/],
])('%s passes: %s', (host, passes, why) => {
  const [does, because] = explained(host)
  expect([does, because]).toEqual([passes, expect.stringMatching(why)])
})

test('learn mode refuses no name, but private addresses still', () => {
  const learn = text.replace('egress:\n', 'egress:\n  mode: learn\n')
  const { spec, placeOf } = readSpec({ text: learn, file: 'bottle.yml' })
  const written = { spec, allowed: [], placeOf }
  expect(explainHost(written, 'new.example.net')).toMatchObject({
    passes: true,
    because: expect.arrayContaining(['learn mode refuses no host']),
  })
  expect(explainHost(written, '192.168.1.1').passes).toBe(false)
})

test.each(['*.example.com', '', 'a b', 'under_score.example.com', '..'])('%j is no host: one sentence', host => {
  expect(() => explained(host)).toThrow(/^"/)
})
