import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { BottleError } from '../errors.ts'

const whose = { gate: 'The built-in gate has', ssh: 'The ssh programs have', shell: 'The job shell has' } as const

/**
 * The folder of a program that is bundled alone: beside the bundle that runs (dist/main, dist/post, dist/cli), or in
 * dist/ when the sources run as they are. Throws a BottleError when it has not been built.
 */
export function bundle(name: keyof typeof whose): string {
  // npm starts a program through a link in node_modules/.bin.
  const folder = dirname(realpathSync(resolve(process.argv[1] ?? '.')))
  const places = [`../${name}`, `../dist/${name}`].map(place => resolve(folder, place))
  const found = places.find(place => existsSync(join(place, 'index.js')))
  if (found) return found
  throw new BottleError(`${whose[name]} not been built.`, 'Run `./dev build`.')
}
