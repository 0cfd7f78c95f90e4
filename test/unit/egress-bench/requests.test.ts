import { expect, test } from '@jest/globals'
import type { Case } from '../../../bench/egress-bench/cases.ts'
import { classify } from '../../../bench/egress-bench/hosts.ts'
import { openList, strictList } from '../../../bench/egress-bench/lists.ts'
import { planCase } from '../../../bench/egress-bench/requests.ts'

function caseOf(payload: Record<string, unknown>, more: Partial<Case> = {}): Case {
  const fields = { category: 'url', inputType: 'url', transport: 'fetch_proxy', requires: [], tags: [], why: '' }
  return { id: 'x', file: 'x.json', expected: 'block', ...fields, payload, ...more }
}
const plan = (payload: Record<string, unknown>, more: Partial<Case> = {}) => planCase(caseOf(payload, more), 7)

test.each([
  ['127.0.0.1', 'guarded', '127.0.0.1'],
  ['0x7f000001', 'guarded', '127.0.0.1'],
  ['0177.0.0.1', 'guarded', '127.0.0.1'],
  ['2130706433', 'guarded', '127.0.0.1'],
  ['[::ffff:127.0.0.1]', 'guarded', '127.0.0.1'],
  ['[::1]', 'guarded', '::1'],
  ['[fe80::1%25eth0]', 'guarded', 'fe80::1%25eth0'],
  ['0', 'guarded', '0.0.0.0'],
  ['169.254.169.254', 'guarded', '169.254.169.254'],
  ['LOCALHOST.', 'guarded', 'localhost'],
  ['192.0.2.1', 'foreign', '192.0.2.1'],
  ['198.18.0.1', 'foreign', '198.18.0.1'],
  ['[2001:db8::1]', 'foreign', '2001:db8::1'],
  ['Api.Example.test', 'name', 'api.example.test'],
  ['bücher.test', 'name', 'xn--bcher-kva.test'],
  [`${'a'.repeat(64)}.test`, 'impossible', `${'a'.repeat(64)}.test`],
  ['a b.test', 'impossible', 'a b.test'],
])('the host %s is %s', (written, kind, name) => {
  expect(classify(written)).toMatchObject({ kind, name })
})

test('a name keeps its spellings, and only those that are names', () => {
  expect(classify('API.x.test')).toMatchObject({ spellings: ['api.x.test', 'API.x.test'] })
  expect(classify('bücher.test')).toMatchObject({ spellings: ['xn--bcher-kva.test'] })
})

test('a request is sent as written and with its scheme swapped, byte for byte', () => {
  const { requests, never } = plan({
    url: 'https://A.test:443/p%41?q=a b#gone',
    method: 'put',
    headers: { A: ['1', 2] },
  })
  expect(never).toBeUndefined()
  const same = { host: 'A.test', method: 'PUT', target: '/p%41?q=a%20b', body: '' }
  expect(requests).toMatchObject([
    { ...same, tag: '7.0', variant: 'plain', url: 'http://A.test/p%41?q=a%20b', port: 80 },
    { ...same, tag: '7.0s', variant: 'tls', url: 'https://A.test/p%41?q=a%20b', port: 443 },
  ])
  expect(requests[0]?.headers).toEqual([
    ['x-case', '7.0'],
    ['Host', 'A.test'],
    ['A', '1'],
    ['A', '2'],
  ])
})

test.each([
  [{ body: 'text' }, 'text', 'POST'],
  [{ body: { a: [1] } }, '{"a":[1]}', 'POST'],
  [{ body: 'dGV4dA==', body_encoding: 'base64' }, 'text', 'POST'],
  [{ body_base64: 'dGV4dA==', method: 'PATCH' }, 'text', 'PATCH'],
  [{ body: null }, '', 'GET'],
])('the body of %j', (payload, text, method) => {
  const [request] = plan({ url: 'http://a.test', ...payload }).requests
  expect([Buffer.from(request?.body ?? '', 'base64').toString(), request?.method]).toEqual([text, method])
})

test('a header ends no line, and its type comes from the payload unless it is there', () => {
  const headers = [
    { name: 'X', value: 'a\r\nEvil: b' },
    ['content-type', 'text/x'],
    ['bad name', 'x'],
    ['Content-Length', '9'],
  ]
  const [request] = plan({ url: 'http://a.test', content_type: 'text/plain', headers }).requests
  expect(request?.headers.slice(2)).toEqual([
    ['X', 'a Evil: b'],
    ['content-type', 'text/x'],
  ])
})

test.each([
  [
    { urls: ['http://a.test/1', 'a.test/2', '//a.test:8443/3'] },
    ['http://a.test/1', 'http://a.test/2', 'http://a.test:8443/3'],
  ],
  [
    { method: 'GET', steps: [{ url: 'http://a.test/1' }, 'http://a.test/2', {}] },
    ['http://a.test/1', 'http://a.test/2'],
  ],
  [{ url: 'ftp://u:p@a.test/x' }, ['ftp://u:p@a.test/x']],
])('a sequence: %j', (payload, urls) => {
  expect(
    plan(payload)
      .requests.filter(one => one.variant === 'plain')
      .map(one => one.url),
  ).toEqual(urls)
})

test.each([
  [{}, {}, /names no URL/],
  [{ url: 'file:///etc/passwd' }, {}, /leads to no host/],
  [{ url: 'http://192.0.2.1/' }, {}, /stranger: nothing is sent/],
  [{ url: 'http://a.test' }, { transport: 'mcp_stdio' }, /^transport mcp_stdio$/],
  [{ url: 'ws://a.test' }, { transport: 'websocket' }, /^transport websocket$/],
  [{ url: 'http://a.test' }, { inputType: 'a2a_message' }, /^input type a2a_message$/],
  [{ url: 'http://a.test' }, { expected: 'warn' }, /^expected verdict warn$/],
])('%j with %j is not sent', (payload, more, reason) => {
  const { requests, never } = plan(payload, more)
  expect(requests).toEqual([])
  expect(never).toMatch(reason)
})

test('a URL that can be read in two ways leads to no name', () => {
  expect(plan({ url: 'http://a.test\\@b.test/' }).hosts).toMatchObject([{ kind: 'impossible' }])
})

test('the strict list holds the benign hosts; the open one all, under a wildcard where the name is the case', () => {
  const planned = [
    plan({ url: 'http://good.a.test' }, { expected: 'allow' }),
    plan({ url: 'http://evil.b.test' }),
    plan({ url: 'http://x1y2.exfil.c.test' }, { category: 'hostname_exfiltration' }),
    plan({ url: 'http://127.0.0.1' }),
    plan({ url: 'http://under_score.d.test' }),
  ]
  expect(strictList(planned)).toEqual(['good.a.test'])
  expect(openList(planned)).toEqual(['*.c.test', 'evil.b.test', 'good.a.test'])
})
