import type { ServiceUse } from '../evidence/summary.ts'
import { count } from '../evidence/verdict.ts'
import { sizeWords } from './evidence-words.ts'

/**
 * What went to a joined service, as `5432: 3 connections, 1.2 kB to it, 40 kB from it`. Of a relay that ended early it is
 * what is known; of one that could not be asked that is said, and never 0.
 */
export function serviceWords({ ports, use }: ServiceUse): string {
  const at = ports.join(', ')
  if (!use) return `${at}: not counted`
  const failed = use.failed > 0 ? `, ${use.failed.toLocaleString('en-US')} without an answer` : ''
  const known = `${count(use.connections, 'connection')}${failed}, ${sizeWords(use.sent)} to it, ${sizeWords(use.received)} from it`
  return `${at}: ${use.whole ? known : `at least ${known}; its relay ended early`}`
}
