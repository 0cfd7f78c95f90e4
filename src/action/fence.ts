import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Writable } from 'node:stream'

/**
 * Makes one line of hostile text harmless for the runner's command parser: `::` after leading white space and `##[`
 * anywhere are what it obeys (facts/platform §2.3). The text stays readable: a backslash is put in, as the runner
 * itself does for its own markers.
 */
export function neutralise(line: string): string {
  return line
    .replace(/^(\s*)::/u, '$1\\::')
    .replaceAll('##[', '##\\[')
    .replace(/[\0\u0085\u2028\u2029\v\f]/g, '�')
}

/** The agent's output on its way to the log: between stop-commands and its token, each line neutralised. */
export interface Fence {
  line(text: string): Promise<void>
  close(): void
}

/** A token that nobody can guess, 256 bits. */
export function freshToken(): string {
  return randomBytes(32).toString('hex')
}

/**
 * Stops the runner's command processing on `out` until `close()`. The token is fresh, 256 bits, and known to nobody
 * but the runner. Each `line` resolves when `out` can take more, which holds a flooding agent back.
 */
export function openFence(out: Writable, token = freshToken()): Fence {
  out.write(`::stop-commands::${token}\n`)
  let open = true
  return {
    async line(text) {
      if (!open) return
      if (!out.write(`${neutralise(text)}\n`)) await once(out, 'drain')
    },
    close() {
      if (open) out.write(`::${token}::\n`)
      open = false
    },
  }
}
