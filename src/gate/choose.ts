import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { BottleError } from '../errors.ts'
import { builtIn } from './built-in.ts'
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
  return builtIn(gateBundle())
}

// Beside the bundle that runs (dist/main, dist/post, dist/cli), or in dist/ when the sources run as they are.
function gateBundle(): string {
  const folder = dirname(resolve(process.argv[1] ?? '.'))
  const places = ['../gate', '../dist/gate'].map(place => resolve(folder, place))
  const found = places.find(place => existsSync(join(place, 'index.js')))
  if (found) return found
  throw new BottleError('The built-in gate has not been built.', 'Run `./dev build`.')
}
