import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { programOf } from '../gate/raise.ts'
import type { PresentGate } from '../gates.ts'
import { type Part, parts } from './families/all.ts'
import { type Found, makeAttempts, type Verdict } from './suite.ts'
import { wrong } from './table.ts'

// All attempts of a part are made at once before the tests; a shared machine of two cores is slow at it.
const longest = 400_000

/** Defines the tests of a part on each gate: a test for every family, and one that no listener heard the bottle itself. */
export function attemptsAreContained(part: Part, gates: readonly PresentGate[]): void {
  jest.setTimeout(longest)
  describe.each(gates)(`attempts to get out (${part}), gate $name`, which => {
    let found: Found
    beforeAll(async () => {
      found = await makeAttempts(part, programOf(which))
      for (const one of found.verdicts.filter(({ skipped }) => skipped))
        process.stderr.write(`not run here: ${one.attempt.family}: ${one.attempt.name}: ${one.skipped}\n`)
    }, longest)

    const families = [...new Set(parts[part].map(one => one.family))]
    test.each(families)('%s: contained, and out without its protection', family => {
      const verdicts = found.verdicts.filter(one => one.attempt.family === family)
      expect(verdicts.filter(one => !one.skipped).length).toBeGreaterThan(0)
      expect(verdicts.flatMap(complaint)).toEqual([])
    })

    test('no listener has had a packet from a bottle as planned', () => {
      expect(found.strangers).toEqual([])
    })
  })
}

function complaint(one: Verdict): string[] {
  const why = wrong(one)
  return why ? [`${why}: ${one.attempt.name}: contained ${one.contained.said}; control ${one.control.said}`] : []
}
