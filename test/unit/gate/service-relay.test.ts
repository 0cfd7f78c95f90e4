import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { type RunningRelay, startRelay } from '../../../src/gate/program/service-relay.ts'
import { commandLine } from '../../../src/gate/program/verbs.ts'

// The relay and the service are told apart by their loopback address: both are on the same port.
const [here, there] = ['127.0.0.1', '127.0.0.2']
const opened: { close(): unknown }[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(one => one.close()))
})

interface Scene {
  readonly port: number
  readonly relay: RunningRelay
  readonly lines: Record<string, unknown>[]
}

async function scene(serve: (socket: Socket) => void, resolve = async () => [there], most?: number): Promise<Scene> {
  const server: Server = createServer({ allowHalfOpen: true }, serve)
  await once(server.listen(0, there), 'listening')
  const { port } = server.address() as AddressInfo
  const lines: Record<string, unknown>[] = []
  const relay = await startRelay(
    { listen: here, to: 'abc', ports: [port] },
    { write: line => void lines.push(JSON.parse(line) as Record<string, unknown>), resolve, ...(most ? { most } : {}) },
  )
  opened.push({ close: () => relay.stop() }, { close: () => server.close() })
  return { port, relay, lines }
}

async function all(socket: Socket): Promise<string> {
  let text = ''
  for await (const data of socket) text += String(data)
  return text
}

test('bytes go to the service and back, and each side’s goodbye is passed on by itself', async () => {
  const { port, relay, lines } = await scene(async socket => {
    const asked = await all(socket)
    socket.end(`heard ${asked.length}: ${'x'.repeat(1_000_000)}`)
  })
  const client = connect({ host: here, port, allowHalfOpen: true })
  client.end('y'.repeat(300_000))
  expect((await all(client)).length).toBe('heard 300000: '.length + 1_000_000)
  await relay.stop()
  expect(lines.at(0)).toMatchObject({ event: 'relay_startup', listen: here, ports: [String(port)] })
  expect(lines.at(-1)).toMatchObject({
    event: 'relay_end',
    connections: 1,
    failed: 0,
    sent: 300_000,
    received: 1_000_014,
  })
})

test('a service that is cut cuts its client, which is no goodbye', async () => {
  const { port } = await scene(socket => socket.resetAndDestroy())
  const client = connect({ host: here, port })
  await expect(all(client)).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('a service that is not there, by name or by port, is a connection that was cut, and counted', async () => {
  const nobody = await scene(
    () => {},
    async () => {
      throw new Error('ENOTFOUND')
    },
  )
  await expect(all(connect({ host: here, port: nobody.port }))).rejects.toMatchObject({ code: 'ECONNRESET' })
  const closed = await scene(
    () => {},
    async () => ['127.0.0.3'],
  )
  await expect(all(connect({ host: here, port: closed.port }))).rejects.toMatchObject({ code: 'ECONNRESET' })
  await closed.relay.stop()
  expect(closed.lines.at(-1)).toMatchObject({ event: 'relay_end', connections: 1, failed: 1, sent: 0, received: 0 })
})

test('counts are told while connections are open, and only when they change', async () => {
  const { port, lines } = await scene(socket => socket.pipe(socket))
  const client = connect({ host: here, port })
  client.write('hello')
  await once(client, 'data')
  const told = () => lines.filter(one => one.event === 'relay_counts')
  while (told().length === 0) await new Promise(done => setTimeout(done, 50))
  await new Promise(done => setTimeout(done, 1200))
  expect(told().at(-1)).toMatchObject({ connections: 1, sent: 5, received: 5 })
  expect(told().length).toBeLessThanOrEqual(2)
  client.destroy()
})

test('no more connections are open at once than may be; the rest are cut', async () => {
  const { port, relay, lines } = await scene(socket => socket.on('error', () => {}).resume(), undefined, 8)
  const clients = Array.from({ length: 10 }, () => connect({ host: here, port }).on('error', () => {}))
  while (clients.filter(one => one.closed).length < 2) await new Promise(done => setTimeout(done, 20))
  expect(clients.filter(one => one.closed).length).toBe(2)
  for (const one of clients) one.destroy()
  await relay.stop()
  expect(lines.at(-1)).toMatchObject({ connections: 10, failed: 2 })
})

test.each([[[]], [['--listen', here, '--to', 'abc']], [['--listen', here, '--to', 'abc', '--port', '0']]])(
  'a relay that is not told everything does not start: %j',
  async words => {
    const { write } = process.stderr
    let said = ''
    process.stderr.write = text => {
      said += String(text)
      return true
    }
    try {
      await commandLine(['relay', ...words])
    } finally {
      process.stderr.write = write
    }
    expect(process.exitCode).toBe(1)
    process.exitCode = 0
    expect(said).toContain('a relay is told where to --listen')
  },
)
