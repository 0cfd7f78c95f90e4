import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { configFile } from '../../src/plan/containers.ts'
import { checkConfig, engine, policyOf, type RunningGate, raiseGate } from '../support/gate/raise.ts'
import { type Answer, form, plain, raw, tunnel } from '../support/gate/requests.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet, until } from '../support/hosts/internet.ts'

// One contract, two gates: the same requests to each, judged at the listener, by the status, and by the log.
jest.setTimeout(60_000)

const gates = await presentGates()
const secret = `Canary+${'value'}/${process.pid}-of-this-run`
const token = [
  'gh',
  'p_',
  createHash('sha256')
    .update(String(process.pid))
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, 'x')
    .slice(0, 36),
].join('')

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'listener', names: ['allowed.test', 'sub.wild.test', 'wild.test'] },
    { role: 'listener', names: ['evil.test', 'notwild.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Requests that must not reach anybody: how they are sent, and the status and kind of block that answer them. */
const refused: { title: string; send(gate: string): Promise<Answer>; status: number; kind: string | undefined }[] = [
  { title: 'a host that is not allowed', send: at => plain(at, 'http://evil.test/'), status: 403, kind: 'not-allowed' },
  {
    title: 'a tunnel to a host that is not allowed',
    send: at => raw(at, 'CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n\r\n'),
    status: 403,
    kind: 'not-allowed',
  },
  {
    title: 'a name that only ends like a wildcard',
    send: at => plain(at, 'http://notwild.test/'),
    status: 403,
    kind: 'not-allowed',
  },
  {
    title: 'an allowed Host header on a refused URL',
    send: at => raw(at, 'GET http://evil.test/ HTTP/1.1\r\nHost: allowed.test\r\nConnection: close\r\n\r\n'),
    status: 403,
    kind: 'not-allowed',
  },
  {
    title: 'loopback by address',
    send: at => raw(at, 'CONNECT 127.0.0.1:8888 HTTP/1.1\r\nHost: x\r\n\r\n'),
    status: 403,
    kind: 'not-allowed',
  },
  {
    title: 'loopback as a hex number',
    send: at => raw(at, 'CONNECT 0x7f000001:8888 HTTP/1.1\r\nHost: x\r\n\r\n'),
    status: 403,
    kind: 'not-allowed',
  },
  {
    title: 'the metadata address',
    send: at => raw(at, 'CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: x\r\n\r\n'),
    status: 403,
    kind: 'not-allowed',
  },
  {
    title: 'a token in the query',
    send: at => plain(at, `http://allowed.test/?t=${token}`),
    status: 403,
    kind: 'secret',
  },
  {
    title: 'a token in the path',
    send: at => plain(at, `http://allowed.test/${token}/x`),
    status: 403,
    kind: 'secret',
  },
  {
    title: 'a token in a header',
    send: at => plain(at, 'http://allowed.test/', { headers: { 'x-note': token } }),
    status: 403,
    kind: 'secret',
  },
  {
    title: 'a token in a form',
    send: at => plain(at, 'http://allowed.test/', form(`a=1&t=${token}`)),
    status: 403,
    kind: 'secret',
  },
  {
    title: 'a token in a form that claims to hold none',
    send: at => plain(at, 'http://allowed.test/', form(`// secretlint-disable\n${token}\n`)),
    status: 403,
    kind: 'secret',
  },
  {
    title: 'a known secret in a form',
    send: at => plain(at, 'http://allowed.test/', form(`a=1&t=${encodeURIComponent(secret)}`)),
    status: 403,
    kind: 'secret',
  },
  {
    title: 'a known secret in base64',
    send: at => plain(at, 'http://allowed.test/', form(`t=${base64(secret)}`)),
    status: 403,
    kind: 'secret',
  },
  {
    title: 'a known secret in hex',
    send: at => plain(at, `http://allowed.test/${Buffer.from(secret).toString('hex')}`),
    status: 403,
    kind: 'secret',
  },
  {
    title: 'a known secret in JSON',
    send: at =>
      plain(at, 'http://allowed.test/', form(JSON.stringify({ a: [secret] }), { 'content-type': 'application/json' })),
    status: 403,
    kind: 'secret',
  },
  {
    title: 'a known secret under gzip',
    send: at => {
      const body = gzipSync(secret)
      return plain(at, 'http://allowed.test/', form(body, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }))
    },
    status: 403,
    kind: 'secret',
  },
]

describe.each(gates)('the gate $name', which => {
  const raised = (policy: string) => raiseGate(which, { network: internet.network, policy, secrets: [secret] })
  let gate: RunningGate
  beforeAll(async () => {
    gate = await raised(policyOf())
  })
  afterAll(async () => gate?.[Symbol.asyncDispose]())

  test('says what it runs: mode, version, and the hash of its configuration', async () => {
    const [first] = await gate.lines()
    expect(first).toMatchObject({ event: 'startup', mode: 'strict', listen: '0.0.0.0:8888' })
    expect(first?.config_hash).toBe(createHash('sha256').update(policyOf()).digest('hex'))
    expect((await gate.verb(['--version'])).output).toContain(String(first?.version))
    expect(await gate.verb(['check', '--config', configFile])).toMatchObject({ exitCode: 0 })
  })

  test.each(['http://allowed.test/ok', 'http://wild.test/ok', 'http://sub.wild.test/ok', 'http://ALLOWED.test./ok'])(
    'lets %s through',
    async url => {
      const before = (await internet.hits('allowed.test')).length
      expect(await plain(gate.address, url)).toMatchObject({ status: 200 })
      await until(async () => (await internet.hits('allowed.test')).slice(before).some(hit => hit.url === '/ok'))
    },
  )

  test.each(refused)(
    'refuses $title: no byte at any listener, one block in the log',
    async ({ send, status, kind }) => {
      const seen = async () => [
        (await internet.hits('evil.test')).length,
        (await internet.hits('allowed.test')).filter(hit => hit.kind === 'request').length,
      ]
      const [before, blocks] = [await seen(), (await gate.events()).filter(event => event?.type === 'block').length]
      const answer = await send(gate.address)
      expect(answer.status).toBe(status)
      await pause(50)
      expect(await seen()).toEqual(before)
      const fresh = (await gate.events()).filter(event => event?.type === 'block').slice(blocks)
      expect(fresh.map(event => event?.type === 'block' && event.kind)).toEqual([kind])
    },
  )

  test('a tunnel carries TLS for its own host, and not for another', async () => {
    const earlier = (await internet.hits('allowed.test')).length
    expect(await tunnel(gate.address, 'allowed.test:443', 'allowed.test')).toContain('200 OK')
    await until(async () => (await internet.hits('allowed.test')).slice(earlier).some(hit => hit.url === '/tls'))
    const before = (await internet.hits('allowed.test')).filter(hit => hit.kind === 'request').length
    expect(await tunnel(gate.address, 'allowed.test:443', 'evil.test')).toBe('')
    expect((await internet.hits('allowed.test')).filter(hit => hit.kind === 'request')).toHaveLength(before)
    await until(async () => (await gate.events()).some(event => event?.type === 'block' && event.scanner === 'sni'))
  })

  test('answers for its health, and for nothing else of itself', async () => {
    expect(await raw(gate.address, 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatchObject({
      status: 200,
      body: expect.stringContaining('"mode":"strict"'),
    })
    for (const path of ['/metrics', '/stats', '/config']) {
      expect(await raw(gate.address, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatchObject({
        status: 404,
      })
    }
  })

  test('an address of a private range is refused after resolution, unless it was opened', async () => {
    const guarded = policyOf({ own: [`${await internet.address('allowed.test')}/32`] })
    await using strict = await raised(guarded)
    const before = (await internet.hits('allowed.test')).length
    expect(await plain(strict.address, 'http://allowed.test/guarded')).toMatchObject({ status: 403 })
    expect((await internet.hits('allowed.test')).slice(before)).toEqual([])
    await until(async () =>
      (await strict.events()).some(event => event?.type === 'block' && event.kind === 'private-address'),
    )
  })

  test('refuses to start on a key it does not know, and says which', async () => {
    const { output, exitCode } = await checkConfig(which, `${policyOf()}no_such_key: 1\n`)
    expect(exitCode).toBe(1)
    expect(output).toMatch(/line \d+: field no_such_key not found/)
  })

  test('stops with a last line when it is asked to', async () => {
    await using other = await raised(policyOf())
    await engine.kill(other.id, 'SIGTERM')
    await until(async () => !(await engine.state(other.id)).running)
    expect((await engine.state(other.id)).exitCode).toBe(0)
    expect((await other.events()).at(-1)).toMatchObject({ type: 'shutdown' })
  })
})

test.each(gates.filter(gate => gate.name === 'built-in'))(
  'the built-in gate says by name what it does not do',
  async which => {
    const { output, exitCode } = await checkConfig(
      which,
      policyOf().replace('tls_interception:\n  enabled: false', 'tls_interception:\n  enabled: true'),
    )
    expect(exitCode).toBe(1)
    expect(output).toMatch(/does not do TLS inspection; use the gate pipelock/)
  },
)

test('the tests themselves can fail: without a gate the same request arrives', async () => {
  const address = await internet.address('evil.test')
  const before = (await internet.hits('evil.test')).length
  const answer = await new Promise<number>(done =>
    request({ host: address, port: 80, path: '/control', agent: false }, response =>
      done(response.statusCode ?? 0),
    ).end(),
  )
  expect(answer).toBe(200)
  await until(async () => (await internet.hits('evil.test')).length > before)
  expect(readFileSync(internet.authority, 'utf8')).toContain('BEGIN CERTIFICATE')
})
