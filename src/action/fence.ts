import { once } from 'node:events'
import { closeSync, openSync, readSync } from 'node:fs'
import type { Writable } from 'node:stream'

// What others than the runner take for a line's end, and what ends a text in C.
const otherEnds = /[\0\u0085\u2028\u2029\v\f]/g

/**
 * Makes one line of hostile text harmless for the runner's command parser: `::` after leading white space and `##[`
 * anywhere are what it obeys (facts/platform §2.3). The text stays readable: a backslash is put in, as the runner
 * itself does for its own markers.
 */
export function neutralise(line: string): string {
  return line
    .replace(/^(\s*)::/u, '$1\\::')
    .replaceAll('##[', '##\\[')
    .replace(otherEnds, '�')
}

// What `neutralise` changes holds one of these.
const mayCommand = new RegExp(`::|##\\[|${otherEnds.source}`)

/** The agent's output on its way to the log: between stop-commands and its token, each line neutralised. */
export interface Fence {
  line(text: string): Promise<void>
  /** The same for several at once, in one write. */
  lines(texts: readonly string[]): Promise<void>
  close(): void
}

/**
 * A word that nobody can guess, 256 bits in hex, from the kernel (random(4)). Loading node:crypto for it would take a
 * later step of a job a tenth of the time that it may take at all.
 */
export function freshToken(): string {
  const bytes = Buffer.alloc(32)
  const source = openSync('/dev/urandom', 'r')
  try {
    if (readSync(source, bytes, 0, bytes.length, null) !== bytes.length) throw new Error('/dev/urandom gave too little')
    return bytes.toString('hex')
  } finally {
    closeSync(source)
  }
}

/**
 * Stops the runner's command processing on `out` until `close()`. The token is fresh, 256 bits, and known to nobody
 * but the runner. Each `line` resolves when `out` can take more, which holds a flooding agent back.
 */
export function openFence(out: Writable): Fence {
  const token = freshToken()
  out.write(`::stop-commands::${token}\n`)
  let open = true
  const lines = async (texts: readonly string[]) => {
    if (!open || texts.length === 0) return
    // Asked of them all at once: nearly none has anything in it that would have to be changed.
    const text = texts.join('\n')
    const harmless = mayCommand.test(text) ? texts.map(neutralise).join('\n') : text
    if (!out.write(`${harmless}\n`)) await once(out, 'drain')
  }
  return {
    line: text => lines([text]),
    lines,
    close() {
      if (open) out.write(`::${token}::\n`)
      open = false
    },
  }
}
