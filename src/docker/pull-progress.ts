/** The progress of a pull, in a few lines. */
export interface PullProgress {
  take(line: string): void
  /** Says that the image is there. */
  end(): void
}

// What the docker command writes of each layer when it writes to no terminal: `a1b2c3d4e5f6: Pull complete`.
const layer = /^([0-9a-f]{12}): (Pulling fs layer|Already exists|Pull complete)$/

/** Says of a pull that it began, each quarter of its layers, and that it ended; `took` tells how long it has been. */
export function pullProgress(reference: string, say: (line: string) => void, took: () => string): PullProgress {
  const [seen, there] = [new Set<string>(), new Set<string>()]
  let quarters = 0
  say(`Pulling ${reference}`)
  return {
    take(line) {
      const [, id = '', state] = layer.exec(line.trim()) ?? []
      if (state === undefined) return
      seen.add(id)
      if (state === 'Pulling fs layer') return
      there.add(id)
      const now = Math.floor((4 * there.size) / seen.size)
      // All of them is said by the end.
      if (now <= quarters || now === 4) return
      quarters = now
      say(`Pulling ${reference}: ${there.size} of ${seen.size} layers`)
    },
    end: () => say(`Pulled ${reference} in ${took()}`),
  }
}
