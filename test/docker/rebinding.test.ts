import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { policyOf, raiseGate } from '../support/gate/raise.ts'
import { plain } from '../support/gate/requests.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet } from '../support/hosts/internet.ts'
import { openNameServer } from '../support/hosts/name-server.ts'

// A name whose first answer may be dialled and whose next may not: whoever looks twice, or remembers, is led inside.
jest.setTimeout(60_000)

const gates = await presentGates()

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'listener', names: ['public.test'] },
    { role: 'listener', names: ['inside.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

/** Asks three times for a name that is rebound after its first answer; statuses, and what reached the two hosts. */
async function ask(which: (typeof gates)[number], guarded: boolean) {
  const [open, closed] = [await internet.address('public.test'), await internet.address('inside.test')]
  await using names = await openNameServer(internet.network, [open, closed])
  const policy = policyOf({ allowlist: ['rebound.test'], own: guarded ? [`${closed}/32`] : [] })
  await using gate = await raiseGate(which, { network: internet.network, policy, dns: [names.address] })
  const seen = async () => ({
    open: (await internet.hits('public.test')).length,
    closed: (await internet.hits('inside.test')).length,
  })
  const before = await seen()
  const statuses: number[] = []
  for (let round = 0; round < 3; round++) {
    statuses.push((await plain(gate.address, 'http://rebound.test/x')).status)
    // The built-in gate remembers an answer, and where it led, for a second.
    await pause(1100)
  }
  const after = await seen()
  return {
    statuses,
    answered: await names.answered(),
    open: after.open - before.open,
    closed: after.closed - before.closed,
    blocks: (await gate.events()).filter(event => event?.type === 'block' && event.kind === 'private-address').length,
    addresses: [open, closed],
  }
}

describe.each(gates)('the gate $name', which => {
  test('a rebound name reaches nothing inside, and the refusal is in the log', async () => {
    const { statuses, answered, closed, blocks, addresses } = await ask(which, true)
    expect(answered).toEqual(expect.arrayContaining(addresses))
    expect(closed).toBe(0)
    expect(blocks).toBeGreaterThan(0)
    // The built-in gate dials the one answer that it judged; pipelock looks again when it dials, and refuses then.
    expect(statuses).toEqual(which.name === 'built-in' ? [200, 403, 403] : [502, 403, 403])
  })

  test('the control: with nothing closed, the same name leads inside', async () => {
    expect((await ask(which, false)).closed).toBeGreaterThan(0)
  })
})
