const minute = 60_000

/** Counts requests a host over a sliding minute; `tooMany` says whether this one is over the limit. Bounded in hosts. */
export function rateLimit(
  most: number,
  now: () => number = performance.now.bind(performance),
): { tooMany(host: string): boolean } {
  const windows = new Map<string, { since: number; count: number; before: number }>()
  return {
    tooMany(host) {
      const at = now()
      const window = windows.get(host) ?? { since: at, count: 0, before: 0 }
      if (at - window.since >= minute) {
        window.before = at - window.since < 2 * minute ? window.count : 0
        window.count = 0
        window.since = at
      }
      window.count += 1
      windows.delete(host)
      windows.set(host, window)
      if (windows.size > 10_000) windows.delete(windows.keys().next().value ?? '')
      const carried = window.before * (1 - (at - window.since) / minute)
      return window.count + carried > most
    },
  }
}
