import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { differences } from '../support/gate/differences.ts'
import type { Bench } from '../support/gate/measuring.ts'
import { checkConfig, policyOf, raiseGate } from '../support/gate/raise.ts'
import { docFile, readResults, resultsFile, withTables } from '../support/gate/results.ts'
import { statements } from '../support/gate/statements.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet } from '../support/hosts/internet.ts'

// What the gates do differently is data: measured here, kept in docs/gates.results.json, printed in docs/gates.md.
// BOTTLE_RECORD=1 writes both down; a gate that is not here keeps the column it had.
jest.setTimeout(300_000)

const gates = await presentGates()
const recording = process.env.BOTTLE_RECORD === '1'

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'listener', names: ['allowed.test', 'wild.test', 'sub.wild.test'] },
    { role: 'hostile', names: ['hostile.test'] },
    { role: 'listener', names: ['evil.test', 'notwild.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

test.each(gates)('the gate $name does what its column of the table says', async which => {
  const { network } = internet
  const policy = policyOf({ allowlist: ['*.wild.test', 'allowed.test', 'hostile.test'] })
  await using gate = await raiseGate(which, { network, policy })
  const bench: Bench = {
    gate,
    internet,
    raise: (other, more) => raiseGate(which, { network, policy: other, ...more }),
    check: async other => (await checkConfig(which, other)).exitCode === 0,
  }
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

test('the tables in the document are made of these results, and of what the project states and shows elsewhere', () => {
  const text = readFileSync(docFile, 'utf8')
  const made = withTables(text, readResults(), differences, statements)
  if (recording) writeFileSync(docFile, made)
  else expect(text).toBe(made)
  for (const { id } of differences)
    for (const one of Object.values(readResults())) expect(one.measured[id]).toBeDefined()
  for (const { shown } of statements) expect([shown, existsSync(resolve(docFile, '..', shown))]).toEqual([shown, true])
})
