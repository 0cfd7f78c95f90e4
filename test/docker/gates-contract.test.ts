import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { checkConfig, policyOf, type RunningGate, raiseGate } from '../support/gate/raise.ts'
import { plain, raw, tunnel } from '../support/gate/requests.ts'
import { fire } from '../support/gate/send.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet, until } from '../support/hosts/internet.ts'

// The rest of the contract: what the verbs say and how they end, what each line of the log holds, what failures look like.
jest.setTimeout(60_000)

const gates = await presentGates()

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'listener', names: ['allowed.test'] },
    { role: 'listener', names: ['evil.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

const common = ['agent', 'client_ip', 'component', 'event', 'level', 'message', 'request_id', 'time']

/** A line's level and the fields it must have, for what is sent to bring it about. */
const lines: { event: string; level: string; fields: string[]; send(at: string): Promise<unknown> }[] = [
  {
    event: 'blocked',
    level: 'warn',
    fields: ['method', 'target', 'scanner', 'reason', 'mitre_technique'],
    send: at => raw(at, 'CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n\r\n'),
  },
  {
    event: 'forward_http',
    level: 'info',
    fields: ['method', 'url', 'status_code', 'size_bytes', 'duration_ms'],
    send: at => plain(at, 'http://allowed.test/line'),
  },
  {
    event: 'tunnel_open',
    level: 'info',
    fields: ['target'],
    send: at => tunnel(at, 'allowed.test:443', 'allowed.test'),
  },
  {
    event: 'tunnel_close',
    level: 'info',
    fields: ['target', 'total_bytes', 'duration_ms'],
    send: at => tunnel(at, 'allowed.test:443', 'allowed.test'),
  },
  {
    event: 'sni_mismatch',
    level: 'warn',
    fields: ['connect_host', 'sni_host', 'category', 'mitre_technique'],
    send: at => tunnel(at, 'allowed.test:443', 'evil.test'),
  },
  {
    event: 'error',
    level: 'error',
    fields: ['method', 'error'],
    send: at => plain(at, 'http://allowed.test:81/'),
  },
]

describe.each(gates)('the gate $name', which => {
  let gate: RunningGate
  beforeAll(async () => {
    gate = await raiseGate(which, {
      network: internet.network,
      policy: policyOf({ allowlist: ['allowed.test', 'missing.test'] }),
    })
  })
  afterAll(async () => gate?.[Symbol.asyncDispose]())

  test.each(lines)('$event is a line of level $level with its fields', async ({ event, level, fields, send }) => {
    const before = (await gate.lines()).length
    await send(gate.address)
    const found = async () => (await gate.lines()).slice(before).find(line => line.event === event)
    await until(async () => (await found()) !== undefined)
    const line = await found()
    expect(line?.level).toBe(level)
    expect(Object.keys(line ?? {})).toEqual(expect.arrayContaining([...common, ...fields]))
    expect(line?.agent).toBe('bottle')
    expect(new Date(String(line?.time)).getTime()).toBeGreaterThan(Date.now() - 60_000)
  })

  test.each([
    ['an allowed host that nobody answers for', 'allowed.test:81', 502],
    ['an allowed name that does not exist', 'missing.test', 403],
  ])('%s is a %#: no tunnel and no answer of its own', async (_, host, status) => {
    expect(await plain(gate.address, `http://${host}/`)).toMatchObject({ status })
    expect(await raw(gate.address, `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toMatchObject({
      status: host.includes(':') || status === 403 ? status : expect.any(Number),
    })
    expect((await gate.events()).at(-1)).toMatchObject({ type: 'gate-error' })
  })

  test('a refusal is plain text that says so, and ends the connection of a tunnel', async () => {
    const refused = await fire({ host: gate.address }, ['CONNECT evil.test:1 HTTP/1.1\r\nHost: evil.test\r\n\r\n'])
    expect(refused).toMatch(/^HTTP\/1\.1 403 /)
    expect(refused).toMatch(/\r\ncontent-type: text\/plain; charset=utf-8\r\n/i)
    expect(refused).toMatch(/\r\nx-content-type-options: nosniff\r\n/i)
    expect(refused).toMatch(/\r\n\r\nCONNECT blocked: domain not in allowlist: evil\.test\n$/)
    expect(await plain(gate.address, 'http://evil.test/')).toMatchObject({
      body: 'blocked: domain not in allowlist: evil.test\n',
    })
  })

  test('says its version in a line, and that it is well, and that another is not', async () => {
    expect(await gate.verb(['--version'])).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/^\S+ version \d+\.\d+\.\d+\S*\s*$/),
    })
    expect(await gate.verb(['healthcheck', '--addr', '127.0.0.1:8888'])).toMatchObject({ exitCode: 0 })
    const other = await gate.verb(['healthcheck', '--addr', '127.0.0.1:8887'])
    expect(other.exitCode).toBe(1)
    expect(other.output).toMatch(/refused/i)
    expect((await gate.verb(['no-such-verb'])).exitCode).toBe(1)
    expect((await gate.verb(['check', '--config', '/no/such/file'])).exitCode).toBe(1)
  })

  test.each([
    [
      'an empty allowlist',
      (policy: string) => policy.replace(/api_allowlist:\n( +- .*\n)+/, 'api_allowlist: []\n'),
      /at least one domain in api_allowlist/,
    ],
    ['a mode there is not', (policy: string) => policy.replace('mode: strict', 'mode: lax'), /mode/],
    [
      'a number that is text',
      (policy: string) => policy.replace('timeout_seconds: 120', 'timeout_seconds: soon'),
      /line \d+|timeout_seconds/,
    ],
    ['text that is no YAML', () => 'a: [', /line 1/],
    ['a range that is none', (policy: string) => policy.replace('0.0.0.0/8', '0.0.0.0/99'), /0\.0\.0\.0\/99|CIDR/i],
  ])('does not start on %s, and says why', async (_, bend, why) => {
    const bent = bend(policyOf())
    expect(bent).not.toBe(policyOf())
    const { exitCode, output } = await checkConfig(which, bent)
    expect(output).toMatch(why)
    expect(exitCode).toBe(1)
  })
})
