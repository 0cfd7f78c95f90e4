/** Bytes that may be held at once, over all requests. */
export interface Budget {
  /** Takes bytes; false, and nothing taken, when they are not there. */
  take(bytes: number): boolean
  give(bytes: number): void
}

/** Makes a budget of so many bytes. */
export function createBudget(bytes: number): Budget {
  let left = bytes
  return {
    take(wanted) {
      if (wanted > left) return false
      left -= wanted
      return true
    },
    give(back) {
      left += back
    },
  }
}

/** Makes a function that runs work one at a time, in order. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
}
