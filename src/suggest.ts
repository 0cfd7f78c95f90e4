import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeSuggestedChange, writeSuggestedSpec } from './evidence/files.ts'
import type { Redactor } from './evidence/redact.ts'
import type { Summary } from './evidence/summary.ts'
import { suggestedHosts, suggestions } from './report/suggest.ts'
import { type SuggestedChange, suggestedChange } from './report/suggested-change.ts'
import { suggestFile } from './scratch.ts'
import type { Suggestible } from './spec/changeable.ts'
import { allowing, withoutPasted } from './spec/edit.ts'

/**
 * Writes what to allow into the evidence: the change, for whoever mends the spec, and after a run that learnt the whole
 * spec. Returns the change, when there is one to make.
 */
export async function writeSuggestions(
  folder: string,
  { spec, changeable }: Suggestible,
  summary: Summary,
  redactor: Redactor,
): Promise<SuggestedChange | undefined> {
  if (summary.mode === 'learn')
    await writeSuggestedSpec(folder, withoutPasted(allowing(spec, suggestedHosts(summary))), redactor)
  const change = await suggestedChange(changeable, suggestions(summary).add, redactor)
  if (change) writeSuggestedChange(folder, change)
  return change
}

/**
 * Keeps what post needs to suggest something, out of the bottle's sight: post is all that a job's bottle has, or a main
 * that was killed. Scripts and the values of `env` are not kept; a text with a secret in it is not, at all.
 */
export async function keepSuggestible(
  scratch: string,
  { spec, changeable }: Suggestible,
  redactor: Pick<Redactor, 'text'>,
): Promise<void> {
  const kept: Suggestible = { spec: { ...spec, text: withoutPasted(spec.text) }, changeable }
  const text = JSON.stringify(kept)
  if ((await redactor.text(text)) === text) writeFileSync(join(scratch, suggestFile), text, { mode: 0o600, flag: 'wx' })
}

/** What was kept, or undefined when nothing was. */
export function keptSuggestible(scratch: string): Suggestible | undefined {
  try {
    return JSON.parse(readFileSync(join(scratch, suggestFile), 'utf8')) as Suggestible
  } catch {
    return undefined
  }
}
