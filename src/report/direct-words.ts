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

/** Where an attempt went: `203.0.113.7:443`, or the address alone where no port was seen. */
export function directTarget({ host, port }: { readonly host: string; readonly port?: number | undefined }): string {
  if (port === undefined) return host
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
