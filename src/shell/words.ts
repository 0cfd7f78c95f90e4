import { BottleError, explain } from '../errors.ts'

/** An error in words for whoever reads the log. The engine's "no" is not a bug of ours: its own words, and no stack. */
export function wordsOf(error: unknown): string {
  if (error instanceof BottleError) return explain(error)
  if (!(error instanceof Error)) return String(error)
  const status = (error as { statusCode?: number }).statusCode
  return status === undefined && !('code' in error) ? explain(error) : error.message.trim()
}
