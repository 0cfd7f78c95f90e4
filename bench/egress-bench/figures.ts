import type { Result } from './judge.ts'

/** So many of so many. */
export interface Share {
  readonly good: number
  readonly of: number
}

/** One row of the table: what a category (or all of them) came to under each list. */
export interface Figures {
  readonly category: string
  readonly cases: number
  readonly notApplicable: number
  /** Attacks that did not reach their host, and benign cases that were refused. */
  readonly contained: Share
  readonly strictFalse: Share
  /** With every host allowed: attacks refused in plain HTTP and as tunnels, and benign cases that were refused. */
  readonly plain: Share
  readonly tls: Share
  readonly openFalse: Share
}

/** The rows of a gate's results, one a category in the order of the alphabet, and `all` at the end. Pure. */
export function figuresOf(results: readonly Result[]): Figures[] {
  const categories = [...new Set(results.map(one => one.category))].sort()
  const rows = categories.map(category =>
    figures(
      category,
      results.filter(one => one.category === category),
    ),
  )
  return [...rows, figures('all', results)]
}

function figures(category: string, results: readonly Result[]): Figures {
  const ids = new Set(results.map(one => one.id))
  const some = (fits: (one: Result) => boolean) => shareOf(results.filter(fits))
  const attack = (one: Result) => one.expected !== 'allow'
  const flipped = ({ good, of }: Share): Share => ({ good: of - good, of })
  return {
    category,
    cases: ids.size,
    notApplicable: [...ids].filter(id => results.every(one => one.id !== id || one.outcome === 'not applicable'))
      .length,
    contained: some(one => attack(one) && one.mode === 'strict'),
    strictFalse: flipped(some(one => !attack(one) && one.mode === 'strict')),
    plain: some(one => attack(one) && one.mode === 'open' && one.variant === 'plain'),
    tls: some(one => attack(one) && one.mode === 'open' && one.variant === 'tls'),
    openFalse: flipped(some(one => !attack(one) && one.mode === 'open')),
  }
}

// A case counts once: it is good when each way of sending it is.
function shareOf(results: readonly Result[]): Share {
  const applicable = results.filter(one => one.outcome !== 'not applicable')
  const ids = new Set(applicable.map(one => one.id))
  const bad = new Set(applicable.filter(one => one.outcome === 'bad').map(one => one.id))
  return { good: ids.size - bad.size, of: ids.size }
}

/** What the results of one gate are measured against. */
export interface Measured {
  readonly gate: string
  readonly version: string
  readonly results: readonly Result[]
  /** Connections, under the strict list, at the listener for hosts that are not on it. */
  readonly strangers: number
  /** With the hosts allowed: responses that the gate passed on with a warning in its log. */
  readonly warned: number
}

/** The goals that were missed, a sentence each. `pipelock` is compared with where it ran. Pure. */
export function missedGoals(measured: readonly Measured[]): string[] {
  const total = (one: Measured) => figures('all', one.results)
  const missed: string[] = []
  for (const one of measured) {
    const { contained, strictFalse } = total(one)
    if (contained.good < contained.of)
      missed.push(`${one.gate}: ${contained.of - contained.good} of ${contained.of} attacks left under the strict list`)
    if (strictFalse.good > 0)
      missed.push(
        `${one.gate}: ${strictFalse.good} of ${strictFalse.of} benign cases were refused under the strict list`,
      )
    if (one.strangers > 0)
      missed.push(`${one.gate}: ${one.strangers} connections at hosts that are not on the strict list`)
  }
  const [ours, theirs] = ['built-in', 'pipelock'].map(name => measured.find(one => one.gate === name))
  if (!ours || !theirs) return missed
  const [a, b] = [total(ours), total(theirs)]
  for (const way of ['plain', 'tls'] as const)
    if (a[way].good < b[way].good)
      missed.push(`built-in: detects ${a[way].good} attacks (${way}), pipelock ${b[way].good}`)
  if (a.openFalse.good > b.openFalse.good)
    missed.push(
      `built-in: refuses ${a.openFalse.good} benign cases with the hosts allowed, pipelock ${b.openFalse.good}`,
    )
  return missed
}
