import { attemptsAreContained } from '../../support/escapes/tests.ts'
import { presentGates } from '../../support/gates.ts'

attemptsAreContained('gate', await presentGates())
