import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { policyOf, raiseGate } from '../support/gate/raise.ts'
import { plain, tunnel } from '../support/gate/requests.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet, until } from '../support/hosts/internet.ts'

// Hosts at private addresses: each protection alone, and the one entry that opens it, seen at the listener.
jest.setTimeout(60_000)

const gates = await presentGates()
const allowlist = ['api.test', 'cache.test', 'db.test']

let internet: Internet
let db: string
let cache: string
beforeAll(async () => {
  internet = await openInternet(
    [
      { role: 'listener', names: ['db.test', 'api.test'] },
      { role: 'listener', names: ['cache.test'] },
    ],
    'private',
  )
  ;[db, cache] = await Promise.all([internet.address('db.test'), internet.address('cache.test')])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

const cases: { title: string; policy: () => Parameters<typeof policyOf>[0]; reached: string[] }[] = [
  { title: 'nothing is open', policy: () => ({}), reached: [] },
  { title: 'a name is trusted', policy: () => ({ trusted: ['db.test'] }), reached: ['db.test'] },
  { title: 'an address is open', policy: () => ({ private: [`${cache}/32`] }), reached: ['cache.test'] },
  {
    title: 'an address is allowed and open',
    policy: () => ({ allowlist: [...allowlist, db], private: [`${db}/32`] }),
    reached: ['api.test', 'db.test', 'ADDRESS'],
  },
  { title: 'an address is allowed, and not open', policy: () => ({ allowlist: [...allowlist, db] }), reached: [] },
]

describe.each(gates)('private addresses behind the gate $name', which => {
  test.each(cases)('$title: $reached and nothing else is reached', async ({ policy, reached }) => {
    const raising = { network: internet.network, policy: policyOf({ allowlist, ...policy() }) }
    await using gate = await raiseGate(which, raising)
    const mark = gate.id.slice(0, 12)
    const seen = async () => {
      const hits = (await Promise.all(['db.test', 'cache.test'].map(name => internet.hits(name)))).flat()
      return hits.flatMap(hit => (hit.url?.includes(mark) ? [hit.url.replace(`/${mark}/`, '')] : [])).sort()
    }
    for (const name of [...allowlist, 'ADDRESS']) {
      const host = name === 'ADDRESS' ? db : name
      const { status } = await plain(gate.address, `http://${host}/${mark}/${name}`)
      expect(status).toBe(reached.includes(name) ? 200 : 403)
      const inner = await tunnel(gate.address, `${host}:443`, name === 'ADDRESS' ? undefined : host)
      expect(inner.includes('200 OK')).toBe(reached.includes(name))
    }
    await until(async () => (await seen()).length >= reached.length)
    expect(await seen()).toEqual([...reached].sort())
    const blocks = async () => (await gate.events()).flatMap(event => (event.type === 'block' ? [event.kind] : []))
    // A plain request and a tunnel for each name that is not reached.
    await until(async () => (await blocks()).length >= 2 * (allowlist.length + 1 - reached.length))
    const kinds = await blocks()
    expect(new Set(kinds)).toEqual(new Set(reached.includes('ADDRESS') ? ['private-address'] : kinds))
    expect(kinds).toContain('private-address')
  })
})
