import type { Timeline } from './summary.ts'

type Column = 'allowed' | 'blocked' | 'dlp'

/** The most buckets that are kept, whatever the length of a run. */
export const mostBuckets = 240

// No job outlives five days (limits.timeout): what a gate's clock says beyond that is put into the last bucket.
const longest = 5 * 24 * 3_600_000

/**
 * Counts requests by second, in bounded memory: when the buckets are used up they are joined in pairs, so the width
 * doubles. `at` is the gate's time (RFC 3339); a line without a time counts where the last one did.
 */
export function openTimeline(): {
  add(column: Column, at: string, times?: number): void
  /** Takes back what was added at that time. */
  take(column: Column, at: string): void
  result(): Timeline | undefined
} {
  let start: number | undefined
  let last = 0
  let read = { at: '', time: Number.NaN }
  let widthMs = 1000
  let columns: Record<Column, number[]> = { allowed: [], blocked: [], dlp: [] }
  const put = (column: Column, at: string, by: number) => {
    // Of a busy log's lines many are of one moment.
    if (at !== read.at) read = { at, time: Date.parse(at) }
    const time = Number.isNaN(read.time) ? last : read.time
    if (by > 0) last = time
    start ??= Math.floor(time / 1000) * 1000
    const offset = Math.min(Math.max(time - start, 0), longest)
    while (offset >= widthMs * mostBuckets) {
      widthMs *= 2
      columns = { allowed: paired(columns.allowed), blocked: paired(columns.blocked), dlp: paired(columns.dlp) }
    }
    const bucket = Math.floor(offset / widthMs)
    const counts = columns[column]
    while (counts.length <= bucket) counts.push(0)
    counts[bucket] = (counts[bucket] ?? 0) + by
  }
  return {
    add: (column, at, times = 1) => put(column, at, times),
    take: (column, at) => put(column, at, -1),
    result() {
      if (start === undefined) return undefined
      const buckets = Math.max(...Object.values(columns).map(counts => counts.length))
      for (const counts of Object.values(columns)) while (counts.length < buckets) counts.push(0)
      return { start, widthMs, ...columns }
    },
  }
}

function paired(counts: readonly number[]): number[] {
  return counts.flatMap((one, i) => (i % 2 === 0 ? [one + (counts[i + 1] ?? 0)] : []))
}
