import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import type { Summary } from '../../src/evidence/summary.ts'
import { engineProxy } from '../support/engine/proxy.ts'
import { presentGates } from '../support/gates.ts'
import { agentImage, type Internet, openInternet } from '../support/hosts/internet.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

// What ignores the gate is in no gate's log: it is seen all the same, or said to be unseen.
jest.setTimeout(90_000)

const project = resolve(import.meta.dirname, '../..')
const gates = await presentGates()

let internet: Internet
let address: string
beforeAll(async () => {
  internet = await openInternet([{ role: 'listener', names: ['allowed.test'] }])
  address = await internet.address('allowed.test')
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

const past = (times: number, host = address) =>
  `for i in $(seq ${times}); do curl -sS --noproxy '*' -m 5 http://${host}:80/direct || true; done`

async function run(script: string, inputs: Record<string, string>, env: Record<string, string> = {}) {
  await using runner = await startRunner(project, { env })
  const wish = { ...inputs, image: agentImage, allow: 'allowed.test', upload: 'false', run: script }
  const main = await runner.step({ with: wish }).main()
  const file = (name: string) => readFileSync(join(main.outputs['evidence-path'] ?? '', name), 'utf8')
  const summary = JSON.parse(file('summary.json')) as Summary
  const events = file('events.jsonl')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const page = JSON.parse(/id="data">(.*)<\/script>/.exec(file('report.html'))?.[1] ?? '')
  return { main, direct: summary.direct, summary, events, page, left: await leftovers(main.outputs['bottle-id']) }
}

const figure = (page: { figures: { name: string; value?: number }[] }) =>
  page.figures.find(one => one.name === 'Direct attempts')?.value

describe.each(gates)('a bottle behind the gate $name', ({ inputs }) => {
  test('what ignores the gate reaches nobody, is counted apart from blocks, and is said everywhere', async () => {
    const before = (await internet.hits('allowed.test')).filter(hit => hit.url === '/direct').length
    // Where there is no route the attempts end at once: an agent of a few milliseconds would be gone before anybody looked.
    const { main, direct, summary, events, page, left } = await run(`${past(2)}; sleep 1`, inputs)
    expect((await internet.hits('allowed.test')).filter(hit => hit.url === '/direct')).toHaveLength(before)
    if (!direct.observed) throw new Error(direct.reason)
    expect(direct.count).toBe(2)
    // Where the bottle has a route at all, its sockets say whom they were for.
    for (const one of direct.attempts) expect(one).toMatchObject({ host: address, port: 80 })
    expect(main.outputs).toMatchObject({ 'direct-count': '2', 'blocked-count': '0', 'exit-code': '0' })
    expect(summary.blocks).toEqual([])
    const lines = events.filter(one => one.event === 'direct')
    expect(lines.reduce((sum, one) => sum + one.count, 0)).toBe(2)
    expect(figure(page)).toBe(2)
    expect(page.direct.sentence).toBe('2 to leave without asking the gate; none got out.')
    expect(main.summary).toContain('2 to leave without asking the gate')
    expect(main.log.join('\n')).toContain('Direct attempts: 2 to leave without asking the gate; none got out.')
    expect(left).toEqual([])
  })

  test('an agent that keeps to its gate, to itself and to names of its own has none', async () => {
    const script = `
curl -sS -o /dev/null http://allowed.test/
curl -sS -o /dev/null http://denied.test/
getent hosts localhost
node -e '
const { createServer, connect } = require("net")
const server = createServer(socket => socket.end()).listen(0, "localhost", () =>
  connect(server.address().port, "localhost").on("close", () => server.close()))'
curl -sS --noproxy '*' -m 2 http://127.0.0.1:9/ || true
curl -sS --noproxy '*' -m 2 http://[::1]:9/ || true
true`
    const { direct, page, main } = await run(script, inputs)
    expect(direct).toMatchObject({ observed: true, count: 0, attempts: [] })
    expect(main.outputs).toMatchObject({ 'direct-count': '0', 'blocked-count': '1', 'allowed-count': '1' })
    expect(figure(page)).toBe(0)
  })
})

test('a neighbour that is not there, a name, and packets without a connection are seen too', async () => {
  const script = `
subnet=$(hostname -i | sed 's/\\.[0-9]*$//')
last=$(hostname -i | sed 's/.*\\.//')
curl -sS --noproxy '*' -m 5 http://$subnet.$(( last / 16 * 16 + 12 )):22/ || true
node -e '
const { createSocket } = require("dgram")
const socket = createSocket("udp4")
socket.send("x", 53, "${address}", () => setTimeout(() => socket.close(), 3500))'
curl -sS --noproxy '*' -m 5 http://looked-up.evil.test/ || true`
  const { direct } = await run(script, { gate: 'built-in' })
  if (!direct.observed) throw new Error(direct.reason)
  expect(direct.attempts.map(one => one.port)).toContain(22)
  expect(direct.count).toBe(2)
  expect(direct.lookups).toBeGreaterThan(0)
})

test.each([
  ['whose processes are elsewhere', undefined, "the bottle's processes are not to be seen on this host"],
  ['with a kernel of its own', 'runsc', 'the bottle has a kernel of its own'],
])('a bottle %s: not observed, with the reason, and never 0', async (_, Runtime, reason) => {
  await using proxy = await engineProxy()
  let bottle = ''
  proxy.decide = call => {
    if (call.path.startsWith('/containers/create') && /-bottle\b/.test(call.path))
      return {
        effected: answer => {
          bottle = JSON.parse(answer.body).Id
        },
      }
    if (bottle === '' || call.path !== `/containers/${bottle}/json`) return undefined
    const State = { Running: true, Paused: false, ExitCode: 0, OOMKilled: false, Pid: process.pid }
    return { replace: { State, NetworkSettings: { Networks: {} }, HostConfig: { Runtime } } }
  }
  const { main, direct, events, page } = await run(past(1), { gate: 'built-in' }, { DOCKER_HOST: proxy.host })
  expect(direct).toEqual({ observed: false, reason })
  expect(main.outputs['direct-count']).toBe('')
  expect(events.filter(one => /^direct/.test(one.event)).map(one => one.event)).toEqual(['direct_unobserved'])
  expect(figure(page)).toBeUndefined()
  expect(page.direct.sentence).toBe(`Not observed: ${reason}.`)
  expect(main.summary).toContain('Direct attempts: Not observed')
})

test('the control: the same request from where there is a route reaches the listener', async () => {
  const before = (await internet.hits('allowed.test')).filter(hit => hit.kind === 'request').length
  const container = await new Docker().createContainer({
    Image: agentImage,
    Entrypoint: ['sh', '-c', past(1)],
    HostConfig: { NetworkMode: internet.network },
  })
  await container.start()
  await container.wait()
  await container.remove({ force: true })
  expect((await internet.hits('allowed.test')).filter(hit => hit.kind === 'request')).toHaveLength(before + 1)
})
