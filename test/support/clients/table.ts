import { clientCases } from './all.ts'
import { arrivesThrough, type ClientCase, worksThrough } from './case.ts'
import { atHome, rootApt } from './others.ts'

const gates = ['built-in', 'pipelock'] as const

/** The lines of the table in `docs/protocols.md`: a row for each case that the suite runs, and no other. */
export function documentedRows(): string[] {
  return ['| client | built-in | pipelock | remarks |', '| --- | --- | --- | --- |', ...cases().map(row)]
}

function cases(): readonly ClientCase[] {
  const at = clientCases.findIndex(({ id }) => id === 'apt') + 1
  return [...clientCases.slice(0, at), rootApt, ...clientCases.slice(at), atHome]
}

function row(one: ClientCase): string {
  const cells = gates.map(gate => {
    if (worksThrough(one, gate)) return 'works'
    return arrivesThrough(one, gate) ? 'arrives, fails' : 'cannot'
  })
  return `| ${[one.client, ...cells, one.remark].join(' | ')} |`
}
