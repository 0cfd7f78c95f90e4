import type { IncomingMessage } from 'node:http'
import type { Budget } from './budget.ts'
import type { Refusal } from './judge.ts'

/** A whole request body. `release` gives its bytes back to the budget, once. */
export interface Gathered {
  readonly raw: Buffer
  release(): void
}

/**
 * Reads a request body of at most `limit` bytes, held against a budget that all requests share. Resolves with a
 * refusal when it is larger (as said or as sent: 403) or when others hold the budget (503). Rejects when the client
 * goes away. Does not end the connection: the refusal has still to be sent over it.
 */
export function gather(
  request: IncomingMessage,
  limit: number,
  budget: Budget,
): Promise<Gathered | { refusal: Refusal }> {
  const tooLarge = `request body larger than ${limit} bytes cannot be scanned`
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve(refuse(tooLarge, 403))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    let release = () => {
      budget.give(size)
      release = () => {}
    }
    const settle = (end: () => void) => {
      request.off('data', more).off('end', whole).off('error', gone).off('close', gone)
      end()
    }
    const fail = (reason: string, status: number) =>
      settle(() => {
        release()
        resolve(refuse(reason, status))
      })
    const more = (chunk: Buffer) => {
      if (size + chunk.length > limit) return fail(tooLarge, 403)
      if (!budget.take(chunk.length)) return fail('too many request bodies at once', 503)
      size += chunk.length
      chunks.push(chunk)
    }
    const whole = () => settle(() => resolve({ raw: Buffer.concat(chunks, size), release: () => release() }))
    const gone = () =>
      settle(() => {
        release()
        reject(new Error('the client went away before its request was whole'))
      })
    request.on('data', more).on('end', whole).on('error', gone).on('close', gone)
  })
}

function refuse(reason: string, status: number): { refusal: Refusal } {
  return { refusal: { scanner: 'body_dlp', reason, status } }
}
