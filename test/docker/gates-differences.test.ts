import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { type Bench, differences } from '../support/gate/differences.ts'
import { policyOf, raiseGate } from '../support/gate/raise.ts'
import { docFile, readResults, resultsFile, withTable } from '../support/gate/results.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet } from '../support/hosts/internet.ts'

// What the gates do differently is data: measured here, kept in docs/gates.results.json, printed in docs/gates.md.
// BOTTLE_RECORD=1 writes both down; a gate that is not here keeps the column it had.
jest.setTimeout(120_000)

const gates = await presentGates()
const recording = process.env.BOTTLE_RECORD === '1'

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'listener', names: ['allowed.test'] },
    { role: 'hostile', names: ['hostile.test'] },
    { role: 'listener', names: ['evil.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

test.each(gates)('the gate $name does what its column of the table says', async which => {
  const { network } = internet
  const policy = policyOf({ allowlist: ['allowed.test', 'hostile.test'] })
  await using gate = await raiseGate(which, { network, policy })
  const bench: Bench = { gate, internet, raise: (other, more) => raiseGate(which, { network, policy: other, ...more }) }
  const measured: Record<string, string> = {}
  for (const { id, measure } of differences) measured[id] = await measure(bench)
  const version = String((await gate.lines())[0]?.version)
  // Whatever it does with them, none of these reaches a refused host.
  expect(await internet.hits('evil.test')).toEqual([])
  if (recording)
    writeFileSync(
      resultsFile,
      `${JSON.stringify({ ...readResults(), [which.name]: { version, measured } }, null, 2)}\n`,
    )
  expect(readResults()[which.name]).toEqual({ version, measured })
})

test('the table in the document is made of these results', () => {
  const text = readFileSync(docFile, 'utf8')
  const made = withTable(text, readResults(), differences)
  if (recording) writeFileSync(docFile, made)
  else expect(text).toBe(made)
  for (const { id } of differences)
    for (const one of Object.values(readResults())) expect(one.measured[id]).toBeDefined()
})
