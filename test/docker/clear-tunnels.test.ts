import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { policyOf, type RunningGate, raiseGate } from '../support/gate/raise.ts'
import { fire, fireInTunnel, statusOf } from '../support/gate/send.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet, until } from '../support/hosts/internet.ts'

// Plain HTTP inside CONNECT, as Node's fetch, `curl --proxytunnel` and ws:// send it: the built-in gate reads it as it
// reads any other; pipelock does not. Judged at the listener, on both.
jest.setTimeout(60_000)

const gates = await presentGates()
const known = `Canary+${'value'}/${process.pid}-in-a-tunnel`
const token = ['gh', 'p_', createHash('sha256').update(String(process.pid)).digest('hex').slice(0, 36)].join('')

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'world', names: ['allowed.test'], ports: [8080] },
    { role: 'listener', names: ['evil.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

const head = (line: string, ...fields: string[]) => `${[line, ...fields].join('\r\n')}\r\n\r\n`
const get = (path: string, ...fields: string[]) =>
  head(`GET ${path} HTTP/1.1`, 'Host: allowed.test', 'Connection: close', ...fields)
const post = (path: string, body: string) =>
  `${head(`POST ${path} HTTP/1.1`, 'Host: allowed.test', 'Connection: close', 'Content-Type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`)}${body}`
const upgrade = (path: string, protocol = 'websocket') =>
  head(
    `GET ${path} HTTP/1.1`,
    'Host: allowed.test',
    'Connection: Upgrade',
    `Upgrade: ${protocol}`,
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
  )

/** What must not reach an allowed host in the clear; `path` is where the listener would see it. */
const secrets: [string, string, string][] = [
  ['a token in the query', '/query', get(`/query?t=${token}`)],
  ['a token in a header', '/header', get('/header', `X-Note: ${token}`)],
  ['a token in a form', '/form', post('/form', `a=1&t=${token}`)],
  ['a known secret in base64', '/known', post('/known', `t=${Buffer.from(known).toString('base64')}`)],
  ['a token in the path of a ws:// address', '/socket', upgrade(`/socket/${token}`)],
]

const paths = async () => (await internet.hits('allowed.test')).flatMap(hit => (hit.url ? [hit.url] : []))
const seen = async (path: string) => (await paths()).some(one => one.startsWith(path))

test('the same bytes without a gate arrive', async () => {
  const host = await internet.address('allowed.test')
  for (const [, path, bytes] of secrets) {
    await fire({ host, port: 80 }, [bytes.replace(path, `/direct${path}`)])
    await until(() => seen(`/direct${path}`))
  }
})

describe.each(gates)('the gate $name', which => {
  const reads = which.name === 'built-in'
  let gate: RunningGate
  beforeAll(async () => {
    gate = await raiseGate(which, { network: internet.network, policy: policyOf(), secrets: [known] })
  })
  afterAll(async () => gate?.[Symbol.asyncDispose]())
  const send = (bytes: string | readonly (string | Buffer)[], target = 'allowed.test:80') =>
    fireInTunnel({ host: gate.address, target }, typeof bytes === 'string' ? [bytes] : bytes)
  const mine = (path: string) => `/${which.name}${path}`
  const blocks = async () => (await gate.events()).filter(event => event.type === 'block')

  test.each(secrets)('%s is refused where it is read', async (_, path, bytes) => {
    const before = (await blocks()).length
    const answer = await send(bytes.replace(path, mine(path)))
    if (!reads) return until(() => seen(mine(path)))
    expect(statusOf(answer)).toBe(403)
    await pause(50)
    expect(await seen(mine(path))).toBe(false)
    expect((await blocks()).slice(before)).toMatchObject([{ kind: 'secret', host: 'allowed.test', port: 80 }])
  })

  test('a request without a secret arrives, in drops, at any port, and after another', async () => {
    expect(statusOf(await send(get(mine('/plain'))))).toBe(200)
    expect(statusOf(await send([...get(mine('/drops'))]))).toBe(200)
    expect(statusOf(await send(get(mine('/port')), 'allowed.test:8080'))).toBe(200)
    const two = get(mine('/first')).replace('Connection: close\r\n', '') + get(mine('/second'))
    expect([...(await send(two)).matchAll(/HTTP\/1\.1 200/g)]).toHaveLength(2)
    for (const path of ['/plain', '/drops', '/port', '/first', '/second']) expect(await seen(mine(path))).toBe(true)
    if (reads)
      await until(async () =>
        (await gate.events()).some(
          event => event.type === 'allowed' && event.host === 'allowed.test' && event.port === 8080 && !event.tunnel,
        ),
      )
  })

  test('a WebSocket in the clear is opened and carries both ways', async () => {
    // A text frame `hello`, masked with zeros (RFC 6455 §5.2).
    const frame = Buffer.from([0x81, 0x85, 0, 0, 0, 0, ...Buffer.from('hello')])
    const said = await send([upgrade(mine('/ws')), frame])
    expect(said).toMatch(/^HTTP\/1\.1 101 [\s\S]*sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=[\s\S]*echo hello/i)
    await until(async () => (await gate.lines()).some(line => line.event === 'tunnel_close'))
  })

  test('ssh is carried unread', async () => {
    const before = (await gate.lines()).length
    await send(['SS', 'H-2.0-client\r\n'])
    const fresh = async () => (await gate.lines()).slice(before)
    await until(async () => (await fresh()).some(line => line.event === 'tunnel_open'))
    expect((await fresh()).filter(line => line.event === 'blocked')).toEqual([])
  })

  /** What is no request to the tunnel's host. */
  const others: [string, string | (string | Buffer)[], RegExp][] = [
    ['another Host', get('/fronted').replace('Host: allowed.test', 'Host: evil.test'), /Host of a request/],
    ['a URL of another host', get('http://evil.test/fronted'), /not a path/],
    ['a tunnel in the tunnel', head('CONNECT evil.test:80 HTTP/1.1', 'Host: evil.test'), /TLS, ssh, or plain HTTP/],
    ['HTTP/2 in the clear', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', Buffer.alloc(9)], /TLS, ssh, or plain HTTP/],
    ['an upgrade to HTTP/2', upgrade('/fronted', 'h2c'), /anything but WebSocket/],
    ['bytes of another protocol', [Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])], /TLS, ssh, or plain HTTP/],
    ['text of another protocol', 'get fronted\r\n', /TLS, ssh, or plain HTTP/],
  ]
  test.each(others)(
    '%s in a tunnel is refused where it is read, and never leads to another host',
    async (_, bytes, why) => {
      const before = (await blocks()).length
      await send(bytes)
      expect(await internet.hits('evil.test')).toEqual([])
      if (!reads) return
      expect(await seen('/fronted')).toBe(false)
      await until(async () => (await blocks()).length > before)
      const [block, ...more] = (await blocks()).slice(before)
      expect(block).toMatchObject({
        kind: 'protocol',
        host: 'allowed.test',
        port: 80,
        reason: expect.stringMatching(why),
      })
      expect(more).toEqual([])
    },
  )

  test('what a client goes on to say after a refusal is not refused again', async () => {
    const before = (await blocks()).length
    const pieces = ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', ...Array<Buffer>(5).fill(Buffer.alloc(9))]
    // At this pace some of them wait in the gate while the first is judged.
    for (const gap of Array(20).fill([0, 1]).flat())
      await fireInTunnel({ host: gate.address, target: 'allowed.test:80', gap }, pieces)
    if (!reads) return
    await until(async () => (await blocks()).length >= before + 40)
    await pause(50)
    expect((await blocks()).length - before).toBe(40)
  })
})
