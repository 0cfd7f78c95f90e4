import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import type { Redactor } from '../evidence/redact.ts'
import { count } from '../evidence/verdict.ts'
import type { Changeable } from '../spec/changeable.ts'
import { covers } from '../spec/destination.ts'
import { allowing } from '../spec/edit.ts'
import { words } from '../spec/overlay.ts'
import type { Reason } from './suggest.ts'

/** A file of the evidence that says what to change. */
export interface SuggestedChange {
  /** A `.diff` is for `git apply`; a `.txt` is for a person with the workflow open. */
  readonly file: 'suggested.diff' | 'suggested.txt'
  readonly text: string
}

/**
 * The change that would allow these hosts, with the reason for each line at its head. Undefined when there is none to
 * make. Nothing in it needs redaction afterwards: where the lines around the change do, there are fewer of them.
 */
export async function suggestedChange(
  target: Changeable,
  reasons: readonly Reason[],
  redactor: Pick<Redactor, 'text'>,
): Promise<SuggestedChange | undefined> {
  const add =
    target.kind === 'file' ? reasons.filter(one => !target.allowed.some(entry => covers(entry, one.host))) : reasons
  if (add.length === 0) return undefined
  const hosts = add.map(one => one.host)
  const why = add.map(one => `#   ${one.host}: ${one.why}`)
  if (target.kind === 'workflow') return { file: 'suggested.txt', text: workflowLines(target.allow, hosts, why) }
  const { repository, path, spec } = target
  const changed = allowing(spec, hosts)
  const where = repository === '.' ? 'the repository' : `the repository ${repository}`
  const head = [
    `# Allows ${count(hosts.length, 'host')} more in ${path}. In ${where}: git apply suggested.diff`,
    ...why,
  ]
  for (const context of [3, 2, 1]) {
    const patch = `${[...head, patchOf(path, spec.text, changed, context)].join('\n')}`
    if ((await redactor.text(patch)) === patch) return { file: 'suggested.diff', text: patch }
  }
  // A diff with something taken out of it applies nowhere.
  const lines = hosts.map(host => `+    - ${host}`)
  const told = [`# To be added to egress.allowlist of ${path}:`, ...why, ...lines, '']
  return { file: 'suggested.txt', text: await redactor.text(told.join('\n')) }
}

function patchOf(path: string, before: string, after: string, context: number): string {
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context,
    headerOptions: FILE_HEADERS_ONLY,
  })
  const names = /^--- (.*)\n\+\+\+ (.*)\n/.exec(patch)
  return `diff --git ${names?.[1]} ${names?.[2]}\n${patch}`
}

function workflowLines(allow: string | undefined, hosts: readonly string[], why: readonly string[]): string {
  const kept = words(allow).map(one => `            ${one.text}`)
  const sign = kept.length > 0 ? ' ' : '+'
  return [
    '# In the workflow, at the step that uses Bottle: the lines that begin with + are to be added.',
    ...why,
    '         with:',
    `${sign}          allow: |`,
    ...kept,
    ...hosts.map(host => `+            ${host}`),
    '',
  ].join('\n')
}
