import { attemptsAreContained } from '../../support/escapes/tests.ts'
import { presentGates } from '../../support/gates.ts'

// What these attempts meet is the same behind either gate, so they are made once.
attemptsAreContained('network', (await presentGates()).slice(0, 1))
