import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { connect as secure } from 'node:tls'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { commonFields, logLines } from '../support/gate/log-lines.ts'
import { checkConfig, policyOf, type RunningGate, raiseGate } from '../support/gate/raise.ts'
import { form, plain, raw, tunnel } from '../support/gate/requests.ts'
import { fire } from '../support/gate/send.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet, until } from '../support/hosts/internet.ts'

// The rest of the contract: what the verbs say and how they end, what each line of the log holds, what failures look like.
jest.setTimeout(60_000)

const gates = await presentGates()

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'listener', names: ['allowed.test', 'open.test'] },
    { role: 'listener', names: ['evil.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

const token = ['gh', 'p_', createHash('sha256').update(String(process.pid)).digest('hex').slice(0, 36)].join('')

/** A line: its level, the fields it must have, some with their values, and what is sent to bring it about. */
interface Line {
  readonly event: string
  readonly title?: string
  readonly level: string
  readonly fields: string[]
  readonly values?: object
  /** What differs in the gate's policy; what is sent is then no block, and reaches the host. */
  readonly bend?: (policy: string) => string
  send(at: string): Promise<unknown>
}

const lines: Line[] = [
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
  {
    event: 'body_dlp',
    title: 'that blocks',
    level: 'warn',
    fields: ['method', 'url', 'match_count', 'patterns', 'mitre_technique'],
    values: { action: 'block', match_count: 1, patterns: [expect.any(String)], mitre_technique: 'T1048' },
    send: at => plain(at, 'http://allowed.test/line', form(`t=${token}`)),
  },
  {
    event: 'body_dlp',
    title: 'that warns',
    level: 'warn',
    fields: ['method', 'url', 'match_count', 'patterns', 'mitre_technique'],
    values: { action: 'warn', match_count: 1, patterns: [expect.any(String)] },
    bend: policy => policy.replace('action: block', 'action: warn'),
    send: at => plain(at, 'http://allowed.test/warned', form(`t=${token}`)),
  },
  {
    event: 'header_dlp',
    title: 'of plain HTTP',
    level: 'warn',
    fields: ['method', 'url', 'patterns', 'mitre_technique'],
    values: { action: 'block', header: expect.stringMatching(/^x-note$/i), mitre_technique: 'T1048' },
    send: at => plain(at, 'http://allowed.test/line', { headers: { 'x-note': token } }),
  },
  {
    event: 'header_dlp',
    title: 'of CONNECT',
    level: 'warn',
    fields: ['method', 'target', 'patterns', 'mitre_technique'],
    values: { action: 'block', header: expect.stringMatching(/^x-note$/i) },
    send: at => raw(at, `CONNECT allowed.test:443 HTTP/1.1\r\nHost: allowed.test:443\r\nX-Note: ${token}\r\n\r\n`),
  },
  {
    event: 'anomaly',
    level: 'warn',
    fields: ['method', 'url', 'scanner', 'reason', 'score'],
    values: { scanner: 'allowlist', reason: expect.stringContaining('open.test') },
    bend: policy => policy.replace('enforce: true', 'enforce: false'),
    send: at => plain(at, 'http://open.test/warned'),
  },
]

test.each(lines.map(one => ({ title: '', ...one })))(
  'docs/evidence.md says of $event $title what is asserted here',
  ({ event, level, fields }) => {
    const told = logLines.find(one => one.event === event)
    expect(told?.level).toBe(level)
    expect(told?.fields).toEqual(expect.arrayContaining(fields))
    expect(fields).toEqual(expect.arrayContaining(told?.fields.filter(one => !told.sometimes.includes(one)) ?? []))
  },
)

describe.each(gates)('the gate $name', which => {
  let gate: RunningGate
  beforeAll(async () => {
    gate = await raiseGate(which, {
      network: internet.network,
      policy: policyOf({ allowlist: ['allowed.test', 'missing.test'] }),
    })
  })
  afterAll(async () => gate?.[Symbol.asyncDispose]())

  test.each(lines.map(one => ({ title: '', ...one })))(
    '$event $title is a line of level $level with its fields',
    async one => {
      const { event, level, fields, values = {}, bend, send } = one
      const policy = policyOf({ allowlist: ['allowed.test'] })
      await using bent = bend && (await raiseGate(which, { network: internet.network, policy: bend(policy) }))
      const judge = bent ?? gate
      const count = async (which: string) => (await judge.lines()).filter(line => line.event === which).length
      // The tunnel before this one may still be closing: its line is not this one's.
      if (event === 'tunnel_close')
        await until(async () => (await count('tunnel_close')) === (await count('tunnel_open')))
      const before = (await judge.lines()).length
      await send(judge.address)
      const fresh = async () => (await judge.lines()).slice(before)
      const found = async () => (await fresh()).find(line => line.event === event)
      await until(async () => (await found()) !== undefined)
      const line = await found()
      expect(line).toMatchObject({ level, ...values })
      expect(Object.keys(line ?? {})).toEqual(expect.arrayContaining([...commonFields, ...fields]))
      // One block is one line, and no line holds what was found.
      expect((await fresh()).filter(({ event: one }) => one === 'blocked' || one === event)).toHaveLength(1)
      expect(JSON.stringify(await fresh())).not.toContain(token)
      if (bend) await until(async () => (await internet.hits('allowed.test')).some(hit => hit.url === '/warned'))
      expect(line?.agent).toBe('bottle')
      expect(new Date(String(line?.time)).getTime()).toBeGreaterThan(Date.now() - 60_000)
    },
  )

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

  test.each([
    ['is silent for longer than the idle timeout', 'idle_timeout_seconds', undefined],
    ['is older than the maximum, however busy', 'max_tunnel_seconds', 200],
  ])('a tunnel that %s is closed', async (_, key, every) => {
    const policy = policyOf({ allowlist: ['allowed.test'] }).replace(new RegExp(`${key}: \\d+`), `${key}: 2`)
    await using timed = await raiseGate(which, { network: internet.network, policy })
    // The control: through the gate whose timers are long, the same tunnel stays open.
    const [held, free] = await Promise.all([hold(timed.address, every), hold(gate.address, every)])
    const closed = async () => (await timed.lines()).find(line => line.event === 'tunnel_close')
    await until(async () => held.closed() && (await closed()) !== undefined)
    expect(free.closed()).toBe(false)
    free.end()
    expect(Number((await closed())?.duration_ms)).toBeGreaterThan(1500)
    expect(Number((await closed())?.duration_ms)).toBeLessThan(10_000)
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

/** A tunnel with TLS in it that its client does not end; it asks for something every so many milliseconds, or never. */
async function hold(at: string, every: number | undefined) {
  const wire = connect(8888, at)
  wire.on('error', () => {})
  wire.write('CONNECT allowed.test:443 HTTP/1.1\r\nHost: allowed.test:443\r\n\r\n')
  await new Promise(done => wire.once('data', done))
  const inner = secure({ socket: wire, servername: 'allowed.test', rejectUnauthorized: false })
  await new Promise(done => inner.once('secureConnect', done))
  inner.on('error', () => {}).resume()
  const ask = () => void inner.write('GET /busy HTTP/1.1\r\nHost: allowed.test\r\n\r\n')
  const timer = every === undefined ? undefined : setInterval(ask, every)
  wire.once('close', () => clearInterval(timer))
  return { closed: () => wire.destroyed, end: () => void wire.destroy() }
}
