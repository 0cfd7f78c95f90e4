import { expect, test } from '@jest/globals'
import { parseDestination } from '../../../src/spec/destination.ts'

test.each([
  ['api.example.com', 'api.example.com'],
  ['API.Example.COM.', 'api.example.com'],
  ['*.example.com', '*.example.com'],
  ['  spaced.test  ', 'spaced.test'],
  ['db', 'db'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['*.bücher.example', '*.xn--bcher-kva.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['10.0.0.5', '10.0.0.5'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:DB8:0::1]', '2001:db8::1'],
  ['a-b.c-d.test', 'a-b.c-d.test'],
  ['1password.example', '1password.example'],
  ['*.github.example', '*.github.example'],
])('%s is %s', (text, canonical) => {
  expect(parseDestination(text)).toEqual({ ok: canonical })
})

test.each([
  ['', /empty/],
  ['https://api.x.test/v1', /is a URL; write api\.x\.test/],
  ['api.x.test/v1', /has a path; write api\.x\.test/],
  ['api.x.test:443', /has a port; write api\.x\.test/],
  ['user@api.x.test', /has a user name; write api\.x\.test/],
  ['*', /would allow every host/],
  ['*.com', /would allow every domain under com/],
  ['*.co.uk', /would allow every domain under co\.uk/],
  ['*.github.io', /would allow every domain under github\.io/],
  ['*.s3.amazonaws.com', /would allow every domain under s3\.amazonaws\.com/],
  ['*foo.test', /`\*` where it means nothing/],
  ['a.*.test', /`\*` where it means nothing/],
  ['*.*.test', /`\*` where it means nothing/],
  ['10.0.0.0/8', /put 10\.0\.0\.0\/8 under egress\.private/],
  ['my_host.test', /underscore/],
  ['-a.test', /labels are letters/],
  ['a..test', /empty label/],
  [`${'a'.repeat(64)}.test`, /at most 63/],
  [`${'abcdefgh.'.repeat(30)}test`, /at most 253/],
  ['a b.test', /more than one word/],
  ['a.test,b.test', /more than one word/],
  ['localhost', /loopback/],
  ['127.0.0.1', /loopback/],
  ['169.254.169.254', /linkLocal/],
  ['0x7f000001', /127\.0\.0\.1 in another spelling/],
  ['2130706433', /127\.0\.0\.1 in another spelling/],
  ['0177.0.0.1', /127\.0\.0\.1 in another spelling/],
  ['::1', /loopback/],
])('%s is refused', (text, why) => {
  expect(parseDestination(text)).toEqual({ wrong: expect.stringMatching(why) })
})
