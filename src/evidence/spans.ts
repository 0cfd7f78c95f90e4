/** A piece of a text: from its first character up to, and without, the one after its last. */
export type Span = readonly [from: number, to: number]

/** What stands where a secret was. */
export const mark = '***'

/** The text with a mark in place of each span; spans may come in any order and overlap. */
export function cutOut(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text
  let result = ''
  let at = 0
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (from >= at) result += text.slice(at, from) + mark
    at = Math.max(at, to)
  }
  return result + text.slice(at)
}
