import { BottleError } from '../errors.ts'
import { builtIn } from './built-in.ts'
import { bundle } from './bundle.ts'
import type { Gate, GateName } from './gate.ts'
import { pipelock } from './pipelock.ts'

/** The gate that the spec names. Throws when `pipelockImage` is given for the other one: a choice is never half meant. */
export function gateNamed(name: GateName, pipelockImage: string | undefined): Gate {
  if (name === 'pipelock') return pipelock(pipelockImage)
  if (pipelockImage !== undefined) {
    throw new BottleError(
      '`pipelock-image` is given, but the gate is built-in.',
      'Take `pipelock-image` out, or write `gate: pipelock`.',
    )
  }
  return builtIn(bundle('gate'))
}
