import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { exfiltrating } from '../support/gate/exfiltrating.ts'
import { policyOf, raiseGate } from '../support/gate/raise.ts'
import { raw } from '../support/gate/requests.ts'
import { openResolver, type Resolver } from '../support/gate/resolver.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet } from '../support/hosts/internet.ts'
import { pool } from '../support/pool.ts'

// Names under allowed wildcards: a thousand that people use, and those that carry data. A resolver of ours knows them all.
jest.setTimeout(180_000)

const gates = await presentGates()
// Under `.test` with all their labels: nobody's real host can ever be meant.
const benign = readFileSync('test/fixtures/benign-hosts.txt', 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(host => `${host}.test`)
const wildcards = [...new Set(benign.map(host => `*.${host.split('.').slice(-3).join('.')}`))]

let internet: Internet
let resolver: Resolver
beforeAll(async () => {
  internet = await openInternet([{ role: 'listener', names: ['allowed.test'] }])
  resolver = await openResolver(internet.network, await internet.address('allowed.test'))
})
afterAll(async () => {
  await resolver?.[Symbol.asyncDispose]()
  await internet?.[Symbol.asyncDispose]()
})

const lower = (name: string) => name.toLowerCase()
const send = (address: string, host: string, who: string, port?: number) =>
  raw(address, `GET http://${host}/${who} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, port)

async function reached(who: string): Promise<Set<string>> {
  const hits = (await internet.hits('allowed.test')).filter(hit => hit.url?.endsWith(`/${who}`))
  return new Set(hits.flatMap(hit => hit.headers?.host ?? []))
}

test('the control: without a gate every name arrives', async () => {
  const names = [...benign, ...exfiltrating.map(one => one.host('wild.test'))]
  const address = await internet.address('allowed.test')
  await pool(names, 12, name => send(address, name, 'direct', 80))
  await pause(300)
  const seen = await reached('direct')
  expect(names.filter(name => !seen.has(name))).toEqual([])
})

describe.each(gates)('names through the gate $name', which => {
  test('a thousand that people use all pass, those that carry data do not, and are never resolved', async () => {
    await using gate = await raiseGate(which, {
      network: internet.network,
      policy: policyOf({ allowlist: [...wildcards, '*.wild.test'] }),
      dns: [resolver.address],
    })
    const statuses = await pool(benign, 12, name => send(gate.address, name, which.name))
    expect(benign.filter((_, i) => statuses[i]?.status !== 200)).toEqual([])
    const told = exfiltrating.filter(one => which.name === 'built-in' || one.pipelock)
    const answers = await pool(exfiltrating, 1, one => send(gate.address, one.host('wild.test'), which.name))
    expect(exfiltrating.filter((_, i) => answers[i]?.status === 403).map(one => one.title)).toEqual(
      told.map(one => one.title),
    )
    await pause(300)
    const away = exfiltrating.filter(one => !told.includes(one)).map(one => one.host('wild.test'))
    expect([...(await reached(which.name))].map(lower).sort()).toEqual([...benign, ...away].map(lower).sort())
    expect((await resolver.names()).filter(name => told.some(one => lower(one.host('wild.test')) === name))).toEqual([])
    const blocks = (await gate.events()).flatMap(event => (event.type === 'block' ? [event.kind] : []))
    expect(blocks).toHaveLength(told.length)
    expect(blocks.filter(kind => kind !== 'heuristic' && kind !== 'secret')).toEqual([])
  })
})
