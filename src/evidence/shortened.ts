import type { Redactor } from './redact.ts'

const longestText = 4096
const longestRead = 64 * 1024
const mostItems = 50

/**
 * The fields of a line that nobody would read to its end, redacted and then cut: of texts the first 4096 characters, of
 * lists the first 50. Redacted before the cut, so that no piece of a secret is left at the end.
 */
export function shortened(fields: Record<string, unknown>, redactor: Redactor): Record<string, unknown> {
  const cut = (value: unknown): unknown => {
    if (typeof value === 'string') return redactor.text(value.slice(0, longestRead)).slice(0, longestText)
    if (Array.isArray(value)) return value.slice(0, mostItems).map(cut)
    return value !== null && typeof value === 'object' ? shortened(value as Record<string, unknown>, redactor) : value
  }
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, cut(value)]))
}
