import { within } from './deadline.ts'

/** How long to wait for the rest of a stream, in milliseconds: for its next piece, and altogether. */
export interface Patience {
  readonly next: number
  readonly whole: number
}

/**
 * Waits for a stream of which the writer has ended, as long as pieces go on coming: what the engine still holds of a long
 * output can take a slow reader longer than any fixed time. `count` says how many pieces came so far. Returns whether the
 * stream came to its end.
 */
export async function drained(
  ended: Promise<unknown>,
  count: () => number,
  { next, whole }: Patience,
): Promise<boolean> {
  const limit = performance.now() + whole
  for (;;) {
    const before = count()
    if (
      await within(
        Math.min(next, limit - performance.now()),
        ended.then(() => true),
        false,
      )
    )
      return true
    if (count() === before || performance.now() >= limit) return false
  }
}
