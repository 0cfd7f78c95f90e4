import { count } from '../evidence/verdict.ts'
import { mostBytes } from './fitted.ts'
import { plain } from './plain-text.ts'
import { safe } from './safe.ts'

/** What a change that is being judged would do to the policy it is judged by. */
export interface PolicyChange {
  /** The short id of the commit whose policy holds. */
  readonly base: string
  readonly file: string
  /** A sentence's tail each, in hostile text: see spec/changes.ts. */
  readonly changes: readonly string[]
}

const shown = 30
const told = 5

/** The section of the job summary that shows the change to a person who reviews it. */
export function renderPolicyChange({ base, file, changes }: PolicyChange): string {
  const lines = changes.slice(0, shown).map(one => `<li>${safe(one, 300)}</li>`)
  // Encoded, a line may be eight times as long.
  while (Buffer.byteLength(lines.join('')) > mostBytes.policyChange - 4096) lines.pop()
  const rest = changes.length - lines.length
  return [
    `<h3>⚠️ This change edits the policy of its own bottle</h3>`,
    '',
    `<p>This run was held to <code>${safe(file, 200)}</code> as it is at the base commit <code>${safe(base)}</code>. Once merged, the edit:</p>`,
    '',
    `<ul>${lines.join('')}${rest > 0 ? `<li>and ${count(rest, 'more change')}</li>` : ''}</ul>`,
    '',
    '',
  ].join('\n')
}

/** The same in one line, for an annotation. */
export function tellPolicyChange({ base, file, changes }: PolicyChange): string {
  const rest = changes.length - told
  const listed = [...changes.slice(0, told).map(one => plain(one).slice(0, 300)), ...(rest > 0 ? [`${rest} more`] : [])]
  return `This change edits the policy of its own bottle (${plain(file)}): ${listed.join('; ')}. Not in this run, which is held to the base commit ${base}.`
}
