import type { Direct } from '../evidence/summary.ts'
import { count } from '../evidence/verdict.ts'

/**
 * What became of attempts to leave without asking the gate, in a sentence or two. What nobody could see is said to be
 * unseen, and never 0. Hostile text: addresses are the agent's choice.
 */
export function directWords(direct: Direct): string {
  if (!direct.observed) return `Not observed: ${direct.reason.replace(/\.$/, '')}.`
  const { count: all, lookups } = direct
  const names = lookups > 0 ? ` Besides, ${count(lookups, 'question')} went to a resolver that is not there.` : ''
  if (all === 0) return `None was seen.${names}`
  return `${all === 1 ? 'One' : all.toLocaleString('en-US')} to leave without asking the gate; none got out.${names}`
}
