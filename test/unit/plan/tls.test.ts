import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { environment } from '../../../src/plan/environment.ts'
import { renderPolicy } from '../../../src/plan/policy.ts'
import { tlsWarnings } from '../../../src/plan/tls.ts'
import { loadSpec } from '../../../src/spec/load.ts'

const egress = (text: string, shorthand = {}) =>
  loadSpec({ text: `image: a\nrun: b\negress: {tls: {${text}}}\n`, file: 'bottle.yml', shorthand }).egress

test.each([
  ['inspect', true],
  ['true', true],
  ['off', false],
  [' false\n', false],
])('the input tls: %j', (tls, inspect) => {
  expect(egress(inspect ? '' : 'inspect: true', { tls }).tls.inspect).toBe(inspect)
})

test('what means nothing without inspection is said, and is no mistake', () => {
  const spec = egress('passthrough: [a.test], upstream-ca: ca.pem')
  expect(tlsWarnings(spec, ['a.test'])).toEqual([
    'egress.tls.passthrough means nothing while egress.tls.inspect is false',
    'egress.tls.upstream-ca means nothing while egress.tls.inspect is false',
  ])
  expect(tlsWarnings(egress(''), ['github.com'])).toEqual([])
})

test('a host that is passed through must be allowed, by whichever entry is the wider', () => {
  const spec = egress('inspect: true, passthrough: [a.test, "*.b.test", c.wild.test]')
  expect(tlsWarnings(spec, ['x.b.test', '*.wild.test'])).toEqual([
    'a.test is passed through but not allowed, so it cannot be reached; add it to egress.allowlist',
  ])
})

test('hosts that inspection is known to break are named, unless they are passed through', () => {
  const allowed = ['*.github.com', 'api.anthropic.com', 'own.test']
  expect(tlsWarnings(egress('inspect: true'), allowed)).toEqual([
    expect.stringMatching(/^inspection is known to break api\.anthropic\.com, github\.com, api\.github\.com, codeload/),
  ])
  expect(tlsWarnings(egress('inspect: true, passthrough: ["*.github.com", api.anthropic.com]'), allowed)).toEqual([])
})

test('the policy passes a wildcard through with its own domain', () => {
  const facts = { mode: 'enforce', allowlist: [], trusted: [], private: [], secretsFile: undefined, own: [] } as const
  const render = (passthrough?: string[]) =>
    parse(renderPolicy({ ...facts, timeoutMs: 1000, passthrough })).tls_interception
  expect(render()).toEqual({ enabled: false })
  expect(render(['a.test', '*.b.test'])).toMatchObject({
    enabled: true,
    ca_key: '/config/ca-key.pem',
    passthrough_domains: ['a.test', 'b.test', '*.b.test'],
  })
})

test('the spec’s own environment wins over ours, but for the way to the gate', () => {
  const env = environment('198.18.0.2', undefined, {}, { SSL_CERT_FILE: '/own.pem' }, '/bottle')
  expect(env).toMatchObject({ SSL_CERT_FILE: '/own.pem', CURL_CA_BUNDLE: '/bottle/ca-bundle.pem' })
  expect(env.JAVA_TOOL_OPTIONS).toContain('-Djavax.net.ssl.trustStore=/bottle/ca-bundle.jks')
  expect(environment('198.18.0.2', undefined, {}, {})).not.toHaveProperty('SSL_CERT_FILE')
})
