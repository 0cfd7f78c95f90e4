import { pool } from '../pool.ts'
import { type Place, places, placesOfKnown } from './places.ts'
import { raw } from './requests.ts'
import { tokenMakers } from './token-makers.ts'

/** What became of a secret: refused with no byte at the listener, let through with a warning, or let through unseen. */
export type Fate = 'blocked' | 'seen' | 'missed'

/** One request of the table: a format in a place, and the mark by which the listener knows it. */
export interface Attempt {
  readonly format: string
  readonly place: string
  readonly mark: string
  readonly bytes: Buffer
}

const knownFormat = 'known secret'

/** Every format in every place, and the known secret in all of its own: each a secret of its own. */
export function attempts(known: string): Attempt[] {
  const row = (format: string, make: () => string, where: readonly Place[]) =>
    where.map(place => {
      const mark = `${format}.${place.name}`.replace(/\W+/g, '-')
      return { format, place: place.name, mark, bytes: place.request(make(), mark) }
    })
  return [
    ...tokenMakers.flatMap(({ name, make }) => row(name, make, places)),
    ...row(knownFormat, () => known, placesOfKnown),
  ]
}

/** Sends all of them to a port, some at once; resolves with the status of each. */
export function sendAll(address: string, all: readonly Attempt[], port?: number): Promise<number[]> {
  return pool(all, 12, async ({ bytes }) => (await raw(address, bytes, port)).status)
}

/** The table of one gate: a line for each place, with the formats that got away by name. */
export function render(all: readonly (Attempt & { readonly fate: Fate })[]): string {
  const lines = placesOfKnown.map(({ name }) => {
    const here = all.filter(one => one.place === name && one.format !== knownFormat)
    const count = (fate: Fate) => (here.length > 0 ? here.filter(one => one.fate === fate).length : '')
    const missed = here.filter(one => one.fate !== 'blocked').map(one => one.format)
    const away = missed.length > 0 && missed.length === here.length ? 'all' : missed.join(', ')
    const known = all.find(one => one.place === name && one.format === knownFormat)?.fate ?? ''
    return `| ${[name, count('blocked'), count('seen'), count('missed'), known, away].join(' | ')} |`
  })
  return [
    '| place | blocked | seen | missed | known secret | not blocked |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}
