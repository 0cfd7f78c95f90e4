import { randomBytes, randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { connect } from 'node:tls'
import { expect, test } from '@jest/globals'
import { addressGuard } from '../../../src/gate/program/addresses.ts'
import { readClientHello } from '../../../src/gate/program/client-hello.ts'
import { readConfig } from '../../../src/gate/program/config.ts'
import { matches, parseDestination } from '../../../src/gate/program/destination.ts'
import { suspiciousName } from '../../../src/gate/program/entropy.ts'
import { createJudge } from '../../../src/gate/program/judge.ts'
import { renderPolicy } from '../../../src/plan/policy.ts'

test.each([
  ['api.test:443', 'api.test', 443],
  ['API.test.:8080', 'api.test', 8080],
  ['api.test', 'api.test', 80],
  ['0x7f000001:1', '127.0.0.1', 1],
  ['017700000001', '127.0.0.1', 80],
  ['2130706433', '127.0.0.1', 80],
  ['127.1', '127.0.0.1', 80],
  ['[::ffff:127.0.0.1]:443', '127.0.0.1', 443],
  ['[::1]:443', '::1', 443],
])('%s leads to %s', (text, host, port) => {
  expect(parseDestination(text, 80)).toMatchObject({ host, port })
})

test.each([
  '',
  'a b',
  'user@host',
  'host/path',
  'host?x',
  'host#x',
  'ho\\st',
  'host:0',
  'host:99999',
  'host:x',
  '[::1',
  'hö.test',
  '%00',
  'a\r\nb',
  '.',
])('%j is no destination', text => {
  expect(parseDestination(text, 80)).toBeUndefined()
})

test('a wildcard is the name itself and everything below it, and nothing that only looks like it', () => {
  expect(['wild.test', 'a.wild.test', 'a.b.wild.test'].map(host => matches('*.wild.test', host))).toEqual([
    true,
    true,
    true,
  ])
  expect(['notwild.test', 'wild.test.evil', 'wild.tes'].map(host => matches('*.wild.test', host))).toEqual([
    false,
    false,
    false,
  ])
})

test('what may be dialled: never itself or the link, private only when opened or trusted', () => {
  const guard = addressGuard(['10.0.0.0/8', '198.18.7.0/28', '127.0.0.0/8', 'fc00::/7'], ['10.1.0.0/16'])
  expect(guard.refuse('198.19.0.1', false)).toBeUndefined()
  expect(guard.refuse('10.1.2.3', false)).toBeUndefined()
  expect(guard.refuse('10.2.2.3', false)).toMatch(/internal/)
  expect(guard.refuse('10.2.2.3', true)).toBeUndefined()
  expect(guard.refuse('198.18.7.1', true)).toMatch(/internal/)
  for (const address of [
    '127.0.0.1',
    '169.254.169.254',
    '::1',
    'fe80::1',
    '0.0.0.0',
    '::ffff:169.254.169.254',
    '224.0.0.1',
  ]) {
    expect(guard.refuse(address, true)).toBeDefined()
  }
})

test('a denied name is never resolved, an allowed one once, and what is dialled is what was judged', async () => {
  const asked: string[] = []
  const answers = [['198.19.0.1'], ['10.0.0.1']]
  const config = readConfig(
    renderPolicy({
      mode: 'enforce',
      allowlist: ['ok.test'],
      trusted: [],
      private: [],
      secretsFile: undefined,
      own: [],
      timeoutMs: 1000,
    }),
  )
  const judge = createJudge(config, async host => {
    asked.push(host)
    return answers.shift() ?? []
  })
  expect(judge.byName({ host: 'evil.test', literal: false, port: 443 })).toMatchObject({ scanner: 'allowlist' })
  const ok = { host: 'ok.test', literal: false, port: 443 }
  expect(judge.byName(ok)).toBeUndefined()
  expect(await judge.byAddress(ok)).toEqual({ address: '198.19.0.1' })
  // Rebinding: the second answer is private, and is judged again.
  expect(await judge.byAddress(ok)).toMatchObject({ scanner: 'ssrf' })
  expect(await judge.byAddress(ok)).toMatchObject({ scanner: 'ssrf', reason: expect.stringContaining('no such host') })
  expect(asked).toEqual(['ok.test', 'ok.test', 'ok.test'])
})

test('a host that is held to ports is refused at every other, however it is written; learn mode refuses none', () => {
  const facts = { trusted: [], private: [], secretsFile: undefined, own: [], timeoutMs: 1000 }
  const allowlist = ['git.test', 'web.test', '192.0.2.7']
  const judgeIn = (mode: 'enforce' | 'learn') =>
    createJudge(readConfig(renderPolicy({ ...facts, mode, allowlist })), async () => [], {
      only: ['git.test:22', 'git.test:2222', '192.0.2.7:22'],
    })
  const verdict = (mode: 'enforce' | 'learn', target: string) => {
    const destination = parseDestination(target, 443)
    return destination && judgeIn(mode).byName(destination)?.reason
  }
  for (const target of ['git.test:22', 'GIT.test.:2222', 'web.test:443', 'web.test:8443', '0xc0000207:22'])
    expect(verdict('enforce', target)).toBeUndefined()
  expect(verdict('enforce', 'git.test')).toBe('port 443 not in allowlist: git.test')
  expect(verdict('enforce', 'GIT.TEST.:80')).toBe('port 80 not in allowlist: git.test')
  expect(verdict('enforce', '0xc0000207:443')).toBe('port 443 not in allowlist: 192.0.2.7')
  expect(verdict('learn', 'git.test:80')).toBeUndefined()
  expect(() =>
    createJudge(readConfig(renderPolicy({ ...facts, mode: 'enforce', allowlist })), async () => [], { only: ['a/b'] }),
  ).toThrow('--only "a/b" is not HOST:PORT')
})

test('labels that carry data are told from names that people gave', () => {
  expect(suspiciousName('x7k2q9vm4zt1w8hp5jd3nc6rb0yfgl.wild.test', 'wild.test', 4.5)).toBeDefined()
  for (const host of [
    'registry.npmjs.org',
    'objects.githubusercontent.com',
    'productionresultssa17.blob.core.windows.net',
    'files.pythonhosted.org',
  ]) {
    expect(suspiciousName(host, host.split('.').slice(-2).join('.'), 4.5)).toBeUndefined()
  }
})

test('the policy that the plan emits is one the built-in gate runs, and an unknown key is none', () => {
  const policy = renderPolicy({
    mode: 'enforce',
    allowlist: [],
    trusted: ['a.test'],
    private: ['10.0.0.5/32'],
    secretsFile: '/x',
    own: ['198.18.0.0/28'],
    timeoutMs: 1000,
  })
  expect(readConfig(policy)).toMatchObject({ mode: 'strict', trusted_domains: ['a.test'], dlp: { secrets_file: '/x' } })
  expect(() => readConfig(`${policy}nope: 1\n`)).toThrow(/line \d+: field nope not found/)
  expect(() => readConfig(policy.replace('mode: strict', 'mode: audit'))).toThrow(/mode strict or balanced/)
  expect(() => readConfig('a: [')).toThrow(/line 1/)
})

async function realHello(servername: string | undefined): Promise<Buffer> {
  return new Promise(done => {
    const server = createServer(socket => {
      socket.once('data', data => {
        done(data)
        socket.destroy()
        server.close()
      })
    })
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      connect({ host: '127.0.0.1', port, ...(servername ? { servername } : {}) }).on('error', () => {})
    })
  })
}

test('the server name is read out of a real ClientHello, cut anywhere, and out of nothing else', async () => {
  const hello = await realHello('name.test')
  expect(readClientHello(hello)).toEqual({ kind: 'hello', serverName: 'name.test' })
  for (let cut = 0; cut < hello.length; cut++) expect(readClientHello(hello.subarray(0, cut)).kind).toBe('more')
  expect(readClientHello(await realHello(undefined))).toEqual({ kind: 'hello', serverName: undefined })
  expect(readClientHello(Buffer.from('SSH-2.0-x')).kind).toBe('other')
})

test('hostile first bytes never throw and never read past their end', async () => {
  const hello = await realHello('name.test')
  for (let i = 0; i < 20_000; i++) {
    const data = i % 2 ? Buffer.from(hello) : randomBytes(randomInt(1, 400))
    if (i % 2) for (let flips = randomInt(1, 6); flips > 0; flips--) data[randomInt(data.length)] = randomInt(256)
    else data[0] = 22
    expect(['hello', 'more', 'broken', 'other']).toContain(readClientHello(data).kind)
  }
})
