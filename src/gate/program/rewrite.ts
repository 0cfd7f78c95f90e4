const around = 300

/**
 * Replaces what a pattern matches, and returns only the parts of the text where something was replaced, each with 300
 * characters around it: the rest of the text is looked at elsewhere. Undefined when nothing changed.
 */
export function rewritten(text: string, pattern: RegExp, replace: (match: string) => string): string | undefined {
  const parts: string[] = []
  let [end, changed] = [0, false]
  for (const match of text.matchAll(pattern)) {
    const put = replace(match[0])
    if (put === match[0]) continue
    const gap = match.index - end
    if (changed && gap > 2 * around) parts.push(text.slice(end, end + around), '\n\n')
    parts.push(text.slice(!changed || gap > 2 * around ? Math.max(end, match.index - around) : end, match.index), put)
    end = match.index + match[0].length
    changed = true
  }
  if (!changed) return undefined
  parts.push(text.slice(end, end + around))
  return parts.join('')
}
