import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as secure } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { findEngine } from '../../src/docker/address.ts'
import { openEngine } from '../../src/docker/engine.ts'
import { demultiplex } from '../../src/docker/output.ts'
import { tarOf } from '../../src/docker/tar.ts'
import { builtIn } from '../../src/gate/built-in.ts'
import { parseGateLine } from '../../src/gate/events.ts'
import { pipelock } from '../../src/gate/pipelock.ts'
import { configFile, configFolder, gateUser, secretsFile } from '../../src/plan/containers.ts'
import { gateHostConfig } from '../../src/plan/lockdown.ts'
import { renderPolicy } from '../../src/plan/policy.ts'
import { execute } from '../../src/run/exec.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet, until } from '../support/hosts/internet.ts'

// One contract, two gates: the same requests to each, judged at the listener, by the status, and by the log.
jest.setTimeout(60_000)

const engine = openEngine(findEngine(process.env))
const docker = new Docker()
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

interface RunningGate extends AsyncDisposable {
  readonly address: string
  readonly id: string
  events(): Promise<ReturnType<typeof parseGateLine>[]>
  lines(): Promise<Record<string, unknown>[]>
  verb(words: string[]): ReturnType<typeof execute>
}

async function raiseGate(name: string, image: string | undefined, policy: string): Promise<RunningGate> {
  const gate = name === 'pipelock' ? pipelock(image) : builtIn(resolve(import.meta.dirname, '../../dist/gate'))
  await gate.prepare(engine, () => {})
  const { program } = gate.facts
  const id = await engine.createContainer(`bottle-test-gate-${process.pid}-${Math.random().toString(16).slice(2, 8)}`, {
    Image: gate.facts.image,
    User: `${gateUser}:${gateUser}`,
    Entrypoint: program.slice(0, 1),
    Cmd: [...program.slice(1), 'run', '--config', configFile],
    HostConfig: {
      ...gateHostConfig(),
      NetworkMode: internet.network,
      Mounts: [{ Type: 'volume', Target: configFolder, VolumeOptions: { NoCopy: true } }],
    },
  })
  const file = (path: string, text: string) => ({ name: path.slice(configFolder.length + 1), text, uid: gateUser })
  await engine.putArchive(id, configFolder, await tarOf([file(configFile, policy), file(secretsFile, `${secret}\n`)]))
  await engine.start(id)
  const text = async () => {
    let out = ''
    const log = [await engine.logs(id)] as unknown as AsyncIterable<Buffer>
    for await (const { stream, data } of demultiplex(log)) if (stream === 'stdout') out += data.toString('utf8')
    return out.trim().split('\n').filter(Boolean)
  }
  const verb = (words: string[]) => execute(engine, id, [...program, ...words], [], new AbortController().signal)
  await until(async () => (await verb(['healthcheck'])).exitCode === 0)
  const { NetworkSettings } = await docker.getContainer(id).inspect()
  return {
    id,
    address: Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '',
    verb,
    lines: async () => (await text()).map(line => JSON.parse(line)),
    events: async () => (await text()).map(parseGateLine),
    [Symbol.asyncDispose]: () => engine.remove('container', id),
  }
}

const policyOf = (given: Partial<Parameters<typeof renderPolicy>[0]> = {}) =>
  renderPolicy({
    mode: 'enforce',
    allowlist: ['*.wild.test', 'allowed.test'],
    trusted: [],
    private: [],
    secretsFile,
    own: [],
    timeoutMs: 60_000,
    ...given,
  })

interface Answer {
  readonly status: number
  readonly body: string
}

/** Sends bytes as they are and reads the answer to its end. */
function raw(address: string, bytes: string | Buffer): Promise<Answer> {
  return new Promise(done => {
    const socket = connect(8888, address, () => socket.write(bytes))
    let text = ''
    socket.setTimeout(8000, () => socket.destroy())
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
      // pipelock keeps a refused CONNECT open for a while: the answer is whole, so nobody waits for its end.
      if (/^HTTP\/1\.[01] 4\d\d .*\r\n\r\n./s.test(text)) socket.end()
      if (/^HTTP\/1\.[01] 200 .*\r\n\r\n$/s.test(text) && bytes.toString().startsWith('CONNECT')) socket.end()
    })
    socket.on('error', () => {})
    socket.on('close', () =>
      done({
        status: Number(/^HTTP\/1\.[01] (\d+)/.exec(text)?.[1] ?? 0),
        body: text.slice(text.indexOf('\r\n\r\n') + 4),
      }),
    )
  })
}

function plain(
  address: string,
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((done, failed) => {
    const { host } = new URL(url)
    const outgoing = request(
      {
        host: address,
        port: 8888,
        method: options.method ?? 'GET',
        path: url,
        headers: { host, ...options.headers },
        agent: false,
      },
      answer => {
        let body = ''
        answer.on('data', chunk => {
          body += String(chunk)
        })
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body }))
      },
    )
    outgoing.on('error', failed)
    outgoing.end(options.body)
  })
}

/** Opens a tunnel and speaks TLS in it with a server name of its own; what came back, or nothing. */
function tunnel(address: string, target: string, serverName: string | undefined): Promise<string> {
  return new Promise(done => {
    const socket: Socket = connect(8888, address, () =>
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`),
    )
    socket.on('error', () => done(''))
    socket.once('data', head => {
      if (!/^HTTP\/1\.1 200/.test(head.toString('latin1'))) return done('')
      const inner = secure(
        { socket, ...(serverName ? { servername: serverName } : {}), rejectUnauthorized: false },
        () => inner.write('GET /tls HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
      )
      let text = ''
      inner.on('data', chunk => {
        text += String(chunk)
      })
      inner.on('error', () => done(text))
      inner.on('close', () => done(text))
    })
  })
}

const form = (body: string | Buffer, more = {}) => ({
  method: 'POST',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    ...more,
  },
  body,
})
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

describe.each(gates)('the gate $name', ({ name, inputs }) => {
  const image = inputs['pipelock-image']
  let gate: RunningGate
  beforeAll(async () => {
    gate = await raiseGate(name, image, policyOf())
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
    expect(await tunnel(gate.address, 'allowed.test:443', 'allowed.test')).toContain('200 OK')
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
    await using strict = await raiseGate(name, image, guarded)
    const before = (await internet.hits('allowed.test')).length
    expect(await plain(strict.address, 'http://allowed.test/guarded')).toMatchObject({ status: 403 })
    expect((await internet.hits('allowed.test')).slice(before)).toEqual([])
    expect((await strict.events()).some(event => event?.type === 'block' && event.kind === 'private-address')).toBe(
      true,
    )
  })

  test('refuses to start on a key it does not know, and says which', async () => {
    const { output, exitCode } = await checkConfig(name, image, `${policyOf()}no_such_key: 1\n`)
    expect(exitCode).toBe(1)
    expect(output).toMatch(/line \d+: field no_such_key not found/)
  })

  test('stops with a last line when it is asked to', async () => {
    await using other = await raiseGate(name, image, policyOf())
    await engine.kill(other.id, 'SIGTERM')
    await until(async () => !(await engine.state(other.id)).running)
    expect((await engine.state(other.id)).exitCode).toBe(0)
    expect((await other.events()).at(-1)).toMatchObject({ type: 'shutdown' })
  })
})

test.each(gates.filter(gate => gate.name === 'built-in'))(
  'the built-in gate says by name what it does not do',
  async ({ name }) => {
    const { output, exitCode } = await checkConfig(
      name,
      undefined,
      policyOf().replace('tls_interception:\n  enabled: false', 'tls_interception:\n  enabled: true'),
    )
    expect(exitCode).toBe(1)
    expect(output).toMatch(/does not do TLS inspection; use the gate pipelock/)
  },
)

async function checkConfig(name: string, image: string | undefined, policy: string) {
  const gate = name === 'pipelock' ? pipelock(image) : builtIn(resolve(import.meta.dirname, '../../dist/gate'))
  await gate.prepare(engine, () => {})
  const id = await engine.createContainer(
    `bottle-test-check-${process.pid}-${Math.random().toString(16).slice(2, 8)}`,
    {
      Image: gate.facts.image,
      User: `${gateUser}:${gateUser}`,
      Entrypoint: gate.facts.program.slice(0, 1),
      Cmd: [...gate.facts.program.slice(1), 'check', '--config', configFile],
      HostConfig: {
        ...gateHostConfig(),
        NetworkMode: 'none',
        Mounts: [{ Type: 'volume', Target: configFolder, VolumeOptions: { NoCopy: true } }],
      },
    },
  )
  await engine.putArchive(
    id,
    configFolder,
    await tarOf([
      { name: 'gate.yaml', text: policy, uid: gateUser },
      { name: 'known-secrets', text: `${secret}\n`, uid: gateUser },
    ]),
  )
  await engine.start(id)
  const exitCode = await engine.wait(id, new AbortController().signal)
  let output = ''
  for await (const { data } of demultiplex([await engine.logs(id)] as unknown as AsyncIterable<Buffer>))
    output += data.toString('utf8')
  await engine.remove('container', id)
  return { exitCode, output }
}

test('the tests themselves can fail: without a gate the same request arrives', async () => {
  const address = await internet.address('evil.test')
  const before = (await internet.hits('evil.test')).length
  const answer = await new Promise<number>(done =>
    request({ host: address, port: 80, path: '/control', agent: false }, response =>
      done(response.statusCode ?? 0),
    ).end(),
  )
  expect(answer).toBe(200)
  expect((await internet.hits('evil.test')).length).toBeGreaterThan(before)
  expect(readFileSync(internet.authority, 'utf8')).toContain('BEGIN CERTIFICATE')
})
