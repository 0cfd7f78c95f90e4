import { randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { evidenceFiles } from '../../../src/evidence/files.ts'
import { createRedactor } from '../../../src/evidence/redact.ts'
import { openEvidence } from '../../../src/evidence/writer.ts'
import { secretForms } from '../../../src/gate/program/encodings.ts'

const folder = () => join(mkdtempSync(join(tmpdir(), 'bottle-evidence-')), 'evidence')
const line = (fields: object) => JSON.stringify({ component: 'pipelock', time: '2026-11-23T22:10:40Z', ...fields })
const blocked = (host: string, more: object = {}) =>
  line({
    event: 'blocked',
    method: 'CONNECT',
    target: `${host}:443`,
    scanner: 'allowlist',
    reason: `domain not in allowlist: ${host}`,
    request_id: 'req-1',
    client_ip: '198.18.0.13',
    ...more,
  })

test('every block is once in blocked.jsonl, in the tally and in the groups', async () => {
  const dir = folder()
  const evidence = openEvidence(dir, await createRedactor([]), ['probe.example'])
  const lines = [
    line({ event: 'startup', mode: 'strict', version: '2.3.0', config_hash: 'x' }),
    blocked('evil.test'),
    blocked('evil.test', { request_id: 'req-2' }),
    blocked('probe.example', { request_id: 'req-3' }),
    blocked('b.test', { request_id: 'req-4', scanner: 'core_dlp', reason: 'core DLP match' }),
    line({ event: 'tunnel_open', target: 'ok.test:443', request_id: 'req-5' }),
    line({
      event: 'sni_mismatch',
      connect_host: 'ok.test',
      sni_host: 'evil.test',
      category: 'mismatch',
      request_id: 'req-5',
    }),
    line({ event: 'tunnel_open', target: 'ok.test:443', request_id: 'req-6' }),
    line({ event: 'sni_mismatch', connect_host: 'ok.test', category: 'timeout', request_id: 'req-6' }),
    line({
      event: 'body_dlp',
      method: 'POST',
      url: 'http://ok.test/x',
      action: 'block',
      patterns: ['AWS'],
      request_id: 'req-7',
      client_ip: 'a',
    }),
    line({
      event: 'blocked',
      method: 'POST',
      url: 'http://ok.test/x',
      scanner: 'body_dlp',
      reason: 'AWS',
      request_id: 'req-7',
      client_ip: 'a',
    }),
    line({ event: 'body_dlp', method: 'POST', url: 'http://ok.test/x', action: 'warn', request_id: 'req-8' }),
    line({
      event: 'blocked',
      method: 'CONNECT',
      target: 'gone.test:443',
      scanner: 'ssrf',
      reason: 'DNS lookup failed: no such host',
      request_id: 'req-9',
    }),
    'no JSON at all',
    '',
    line({ event: 'shutdown', reason: 'signal received' }),
  ]
  for (const one of lines) await evidence.line(one)
  const tally = await evidence.close()
  const kept = readFileSync(join(dir, 'blocked.jsonl'), 'utf8').trim().split('\n')
  expect(tally).toMatchObject({
    allowed: 1,
    blocked: 5,
    dlp: 2,
    warnings: 1,
    gateErrors: 1,
    unreadable: 1,
    startupSeen: true,
    shutdownSeen: true,
  })
  expect(kept).toHaveLength(tally.blocked)
  expect(tally.groups.reduce((sum, group) => sum + group.count, 0) + tally.ungrouped).toBe(tally.blocked)
  expect(Object.values(tally.byKind).reduce((sum, count) => sum + count, 0)).toBe(tally.blocked)
  expect(readFileSync(join(dir, 'events.jsonl'), 'utf8')).not.toContain('probe.example')
  expect(readdirSync(dir).map(name => statSync(join(dir, name)).mode & 0o777)).toEqual([0o600, 0o600])
})

test('a secret is told by what it is and where it stood; what is expected is counted apart, and no secret is', async () => {
  const dir = folder()
  const expected = (host: string) => host.endsWith('.telemetry.test')
  const evidence = openEvidence(dir, await createRedactor([]), [], { expected })
  const secret = (scanner: string, reason: string, more: object = {}) =>
    blocked('a.test', { method: 'GET', target: undefined, url: 'http://a.test/', scanner, reason, ...more })
  const lines = [
    secret('core_dlp', 'core DLP match: AWS Access ID (critical)'),
    secret('dlp', 'known secret leak detected (base64-encoded)'),
    secret('dlp', 'DLP match: GitHub Token (critical)', { method: 'CONNECT', url: undefined, target: 'a.test:443' }),
    line({
      event: 'body_dlp',
      method: 'POST',
      url: 'http://a.test/',
      action: 'block',
      patterns: ['npm Token'],
      request_id: 'r7',
    }),
    line({
      event: 'header_dlp',
      method: 'GET',
      url: 'http://a.test/',
      action: 'block',
      patterns: ['JWT'],
      header: 'X-Key',
      request_id: 'r8',
    }),
    blocked('in.telemetry.test', { request_id: 'r9' }),
    blocked('in.telemetry.test', { request_id: 'r10' }),
    blocked('in.telemetry.test', {
      request_id: 'r11',
      scanner: 'core_dlp',
      reason: 'core DLP match: AWS Access ID (critical)',
    }),
    blocked('x.in.telemetry.test', { request_id: 'r12', scanner: 'subdomain_entropy' }),
  ]
  for (const one of lines) evidence.line(one)
  const tally = evidence.close()
  expect(tally).toMatchObject({
    blocked: 9,
    dlp: 6,
    expected: 2,
    byKind: { secret: 6, 'not-allowed': 2, heuristic: 1 },
  })
  expect(
    Object.fromEntries(tally.groups.map(one => [`${one.method} ${one.host} ${one.kind}`, one.secrets ?? one.expected])),
  ).toEqual({
    'GET a.test secret': [
      'AWS Access ID in the URL',
      'known secret (base64-encoded) in the URL',
      'JWT in the header x-key',
    ],
    'CONNECT a.test secret': ['GitHub Token in the host name'],
    'POST a.test secret': ['npm Token in the body'],
    'CONNECT in.telemetry.test not-allowed': true,
    'CONNECT in.telemetry.test secret': ['AWS Access ID in the host name'],
    'CONNECT x.in.telemetry.test heuristic': undefined,
  })
  const kept = readFileSync(join(dir, 'blocked.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(one => JSON.parse(one))
  expect(kept.filter(one => one.expected)).toHaveLength(2)
  expect(kept.filter(one => one.secret)).toHaveLength(6)
})

test('what pipelock says of tunnels it looks into: one allowed each, every block inside, and whose certificate was refused', async () => {
  const evidence = openEvidence(folder(), await createRedactor([]), [])
  const intercepted = (host: string, id: string) =>
    line({ event: 'anomaly', method: 'CONNECT', target: `${host}:443`, scanner: 'tls_intercept', request_id: id })
  const inside = {
    method: 'POST',
    target: undefined,
    url: 'https://a.test/x',
    request_id: 'req-2',
    scanner: 'body_dlp',
  }
  const handshake = (id: string, reason: string) =>
    blocked('pin.test', { request_id: id, scanner: 'tls_handshake_error', reason })
  const lines = [
    intercepted('a.test', 'req-1'),
    intercepted('a.test', 'req-2'),
    blocked('a.test', inside),
    blocked('a.test', inside),
    intercepted('pin.test', 'req-3'),
    handshake('req-3', 'local error: tls: bad record MAC'),
    line({ event: 'error', target: 'pin.test:443', error: 'client TLS handshake: local error: tls: bad record MAC' }),
    line({ event: 'error', method: 'close', error: 'clientConn: close tcp: use of closed network connection' }),
    intercepted('pin.test', 'req-4'),
    handshake('req-4', 'tls: first record does not look like a TLS handshake'),
    intercepted('own.test', 'req-5'),
    line({
      event: 'error',
      method: 'GET',
      url: 'https://own.test/',
      error: 'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      request_id: 'req-5',
    }),
  ]
  for (const one of lines) await evidence.line(one)
  expect(await evidence.close()).toMatchObject({
    allowed: 1,
    blocked: 3,
    dlp: 2,
    warnings: 0,
    gateErrors: 2,
    byKind: { secret: 2, protocol: 1 },
    distrust: [
      { host: 'own.test', by: 'gate', count: 1 },
      { host: 'pin.test', by: 'client', count: 1 },
    ],
  })
})

test('evidence is written to a folder nobody made before, and links in it are not followed', async () => {
  const dir = folder()
  const evidence = openEvidence(dir, await createRedactor([]), [])
  await evidence.close()
  await expect(async () => openEvidence(dir, await createRedactor([]), [])).rejects.toThrow(/EEXIST/)
  symlinkSync('/etc/passwd', join(dir, 'passwd'))
  expect(evidenceFiles(dir).map(path => path.split('/').at(-1))).toEqual(['blocked.jsonl', 'events.jsonl'])
})

test('more hosts than are kept apart are still counted, exactly', async () => {
  const evidence = openEvidence(folder(), await createRedactor([]), [])
  for (let i = 0; i < 2500; i++) await evidence.line(blocked(`h${i}.test`, { request_id: `req-${i}` }))
  const tally = await evidence.close()
  expect(tally.blocked).toBe(2500)
  expect(tally.groups).toHaveLength(2000)
  expect(tally.ungrouped).toBe(500)
})

test('no known secret survives in any form, anywhere in a line, of 2,000 made at random', async () => {
  for (let round = 0; round < 100; round++) {
    const secrets = Array.from({ length: 20 }, () =>
      randomBytes(randomInt(6, 40)).toString(randomInt(2) ? 'base64' : 'hex'),
    )
    const redactor = await createRedactor(secrets)
    const forms = secrets.flatMap(secret => secretForms(secret).map(form => form.text))
    for (const secret of secrets) {
      const form = secretForms(secret)[randomInt(secretForms(secret).length)]?.text ?? secret
      const text = await redactor.text(`GET http://${form}.evil.test/${form}?q=${form} header ${form} end`)
      expect(forms.filter(one => text.toLowerCase().includes(one.toLowerCase()))).toEqual([])
      expect(text).toContain('evil.test')
    }
  }
})

const random = (length: number, letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789') =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
const mixed = (length: number) => random(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')

test.each([
  ['a GitHub token', () => `gh${'p_'}${mixed(36)}`],
  ['an AWS key id', () => `AK${'IA'}${random(16)}`],
  ['an npm token', () => `np${'m_'}${mixed(36)}`],
  ['a Slack token', () => `xo${'xb-'}${random(12, '0123456789')}-${random(12, '0123456789')}-${mixed(24)}`],
  ['a GitLab token', () => `gl${'pat-'}${mixed(20)}`],
])('%s that nobody told us of does not survive either', async (_, make) => {
  const redactor = await createRedactor([])
  for (let i = 0; i < 50; i++) {
    const token = make()
    for (const text of [
      `blocked: ${token}`,
      `http://a.test/${token}/x`,
      `{"x":"${token}"}`,
      `// secretlint-disable\n${token}`,
    ])
      expect(await redactor.text(text)).not.toContain(token)
  }
})

test('a redacted line is still useful, and redacting twice changes nothing', async () => {
  const redactor = await createRedactor([])
  const once = await redactor.text(
    'GET https://user:pw@api.example.com/v1/items?key=abc#frag from dGhpc2lzYXZlcnlsb25nbGFiZWwx.evil.test',
  )
  expect(once).toMatch(/^GET https:\/\/api\.example\.com\/v1\/items from \[label-[0-9a-f]{6}\]\.evil\.test$/)
  expect(await redactor.text(once)).toBe(once)
  const plainLine = blocked('registry.npmjs.org')
  expect(await redactor.value(JSON.parse(plainLine))).toEqual(JSON.parse(plainLine))
})
