import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { policyOf, type RunningGate, raiseGate } from '../support/gate/raise.ts'
import { plain } from '../support/gate/requests.ts'
import { fire, statusOf } from '../support/gate/send.ts'
import { type Vitals, vitals, watchMemory } from '../support/gate/vitals.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet, until } from '../support/hosts/internet.ts'
import { pool } from '../support/pool.ts'

// More of everything than anybody needs, at each gate: it goes on answering, lets go of what it held, and stays small.
jest.setTimeout(120_000)

const gates = await presentGates()
const mebibyte = 1024 * 1024
/** What pipelock 2.3.0 does with the heaviest floods is docs/gates.md's to tell: it may be killed, and lets nothing by. */
const enduring = (name: string) => name === 'built-in'

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'listener', names: ['allowed.test'] },
    { role: 'listener', names: ['evil.test'] },
    { role: 'hostile', names: ['hostile.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

describe.each(gates)('the gate $name', which => {
  // A gate for each flood, so that each is judged by what it alone does.
  let gate: RunningGate
  let before: Vitals
  beforeEach(async () => {
    const policy = policyOf({ allowlist: ['allowed.test', 'hostile.test'] })
    gate = await raiseGate(which, { network: internet.network, policy })
    await plain(gate.address, 'http://allowed.test/warm')
    before = await vitals(gate.id)
  })
  afterEach(async () => gate?.[Symbol.asyncDispose]())

  /** Holds connections open that send what `drip` says and never end; closed by the caller's `using`. */
  const hold = async (count: number, first: string, drip?: string) => {
    const sockets = await pool(Array.from({ length: count }), 100, () => held(gate.address, first))
    const timer = drip === undefined ? undefined : setInterval(() => sockets.forEach(one => void one.write(drip)), 1000)
    return {
      open: () => sockets.filter(one => !one.destroyed && !one.readableEnded).length,
      [Symbol.dispose]() {
        clearInterval(timer)
        for (const one of sockets) one.destroy()
      },
    }
  }

  const stands = async () => {
    expect(await internet.hits('evil.test')).toEqual([])
    expect((await gate.verb(['healthcheck'])).exitCode).toBe(0)
    expect(await plain(gate.address, 'http://allowed.test/still')).toMatchObject({ status: 200 })
    // What a client has let go of, or was never going to use, the gate lets go of too.
    await until(async () => (await vitals(gate.id)).descriptors <= before.descriptors + 20)
    expect(await vitals(gate.id)).toMatchObject({ running: true, started: before.started, outOfMemory: false })
    expect((await vitals(gate.id)).memory).toBeLessThan(150 * mebibyte)
  }

  /** After the heaviest: the built-in gate stands; pipelock does, or is gone, and with it every way out. */
  const standsOrIsGone = async () => {
    if (enduring(which.name)) return stands()
    expect(await internet.hits('evil.test')).toEqual([])
    const { running } = await vitals(gate.id)
    process.stderr.write(`${which.name}: ${running ? 'stands' : 'killed'}\n`)
    if (!running) expect(await fire({ host: gate.address, silence: 1000 }, ['GET /health HTTP/1.1\r\n\r\n'])).toBe('')
  }

  test('slow headers: an honest client is answered meanwhile, and the slow ones are cut', async () => {
    using slow = await hold(200, 'GET http://allowed.test/slow HTTP/1.1\r\n', 'X: y\r\n')
    expect(await plain(gate.address, 'http://allowed.test/honest')).toMatchObject({ status: 200 })
    expect(slow.open()).toBeGreaterThan(0)
    await until(async () => slow.open() === 0)
    await stands()
    expect((await internet.hits('allowed.test')).some(hit => hit.url === '/slow')).toBe(false)
  })

  test('connections that say nothing are cut, or cost nothing', async () => {
    using silent = await hold(200, '')
    expect(await plain(gate.address, 'http://allowed.test/honest')).toMatchObject({ status: 200 })
    await until(async () => silent.open() === 0)
    await stands()
  })

  test('tunnels that never say a byte are closed, and carry none', async () => {
    using silent = await hold(100, 'CONNECT allowed.test:443 HTTP/1.1\r\nHost: allowed.test\r\n\r\n')
    await until(async () => silent.open() === 0)
    await stands()
  })

  test('clients that are refused and never hang up hold no descriptor', async () => {
    const watch = watchMemory(gate.id)
    using rude = await hold(300, 'CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test\r\n\r\n')
    using ruder = await hold(
      200,
      'POST http://evil.test/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc',
      'd',
    )
    if (enduring(which.name)) {
      await until(async () => (await vitals(gate.id)).descriptors <= before.descriptors + 20)
      expect(rude.open() + ruder.open()).toBe(0)
    }
    expect(await plain(gate.address, 'http://allowed.test/honest')).toMatchObject({ status: 200 })
    expect(await watch.stop()).toBeLessThan(150 * mebibyte)
    rude[Symbol.dispose]()
    ruder[Symbol.dispose]()
    await stands()
  })

  test('a request line of a megabyte, ten thousand headers, and headers without end are refused', async () => {
    const watch = watchMemory(gate.id)
    const start = 'GET http://allowed.test/flood HTTP/1.1\r\nHost: allowed.test\r\n'
    const floods = [
      `GET http://allowed.test/flood${'a'.repeat(mebibyte)} HTTP/1.1\r\nHost: allowed.test\r\n\r\n`,
      `${start}${Array.from({ length: 10_000 }, (_, i) => `X-${i}: y\r\n`).join('')}\r\n`,
      `${start}${`X: ${'z'.repeat(1000)}\r\n`.repeat(2000)}`,
      `${start}X-${'n'.repeat(mebibyte)}: y\r\n\r\n`,
    ]
    const many = floods.flatMap(flood => Array.from({ length: 16 }, () => flood))
    const answers = await pool(many, 16, flood => fire({ host: gate.address, silence: 2000 }, [flood]))
    expect(answers.filter(answer => statusOf(answer) === 200)).toEqual([])
    expect((await internet.hits('allowed.test')).filter(hit => hit.url?.startsWith('/flood'))).toEqual([])
    expect(await watch.stop()).toBeLessThan((enduring(which.name) ? 150 : 512) * mebibyte)
    await standsOrIsGone()
  })

  test('answers that break the rules are a 502 or cut short, never two answers, and never its end', async () => {
    const watch = watchMemory(gate.id)
    const paths = ['huge-header', 'many-headers', 'informational', 'garbage-chunks', 'two-framings', 'two-answers']
    for (const path of [...paths, 'bare-return', 'status', 'switch', 'binary', 'short', 'endless']) {
      const bytes = `GET http://hostile.test/${path} HTTP/1.1\r\nHost: hostile.test\r\nConnection: close\r\n\r\n`
      const answers = await pool(Array.from({ length: 4 }), 4, () =>
        fire({ host: gate.address, silence: 2000 }, [bytes]),
      )
      for (const answer of answers)
        expect([path, answer.slice(0, answer.indexOf('\r\n\r\n'))]).not.toEqual([
          path,
          expect.stringMatching(/^X-Split/im),
        ])
    }
    expect((await internet.hits('hostile.test')).length).toBeGreaterThanOrEqual(12)
    expect(await watch.stop()).toBeLessThan((enduring(which.name) ? 150 : 513) * mebibyte)
    await standsOrIsGone()
  })

  test('more uploads at once than it can hold: some are told to come back, all others arrive whole', async () => {
    const watch = watchMemory(gate.id)
    const body = Buffer.alloc(4 * mebibyte, 'text of an upload, ')
    const head = `POST http://allowed.test/up HTTP/1.1\r\nHost: allowed.test\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`
    const answers = await pool(Array.from({ length: 24 }), 24, () =>
      fire({ host: gate.address, silence: 60_000 }, [head, body]),
    )
    const statuses = answers.map(statusOf)
    const most = await watch.stop()
    process.stderr.write(
      `${which.name}: 24 × 4 MiB at once: ${tally(statuses)}, at most ${(most / mebibyte).toFixed(0)} MiB\n`,
    )
    if (enduring(which.name)) {
      expect([...new Set(statuses)].sort()).toEqual([200, 503])
      expect(most).toBeLessThan(150 * mebibyte)
    }
    await pause(1000)
    await standsOrIsGone()
  })
})

function tally(statuses: readonly number[]): string {
  return [...new Set(statuses)].map(one => `${statuses.filter(other => other === one).length} × ${one}`).join(', ')
}

function held(host: string, first: string): Promise<Socket> {
  return new Promise(done => {
    const socket = connect({ host, port: 8888, allowHalfOpen: true }, () => {
      if (first !== '') socket.write(first)
      done(socket)
    })
    // Read, so that the end is noticed; never ended from this side.
    socket.on('data', () => {}).on('error', () => done(socket))
  })
}
