import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Sends pieces of bytes over one connection, as they are, and resolves with what came back when the other side has
 * ended, or has been silent for `patience` milliseconds after its last word (`silence` before its first). Never
 * rejects: a refused connection is an empty answer.
 */
export function fire(
  {
    host,
    port = 8888,
    patience = 150,
    silence = 1500,
  }: { host: string; port?: number; patience?: number; silence?: number },
  pieces: readonly (Buffer | string)[],
): Promise<string> {
  return new Promise(done => {
    let said = ''
    const socket = connect({ host, port, noDelay: true }, async () => {
      for (const [i, piece] of pieces.entries()) {
        if (i > 0) await pause(3)
        if (!socket.destroyed) socket.write(piece)
      }
    })
    socket.setTimeout(silence)
    socket.on('timeout', () => socket.destroy())
    socket.on('data', chunk => {
      socket.setTimeout(patience)
      said = (said + chunk.toString('latin1')).slice(0, 65536)
    })
    socket.on('error', () => {})
    socket.on('close', () => done(said))
  })
}

/** The status of an answer's first line, 0 when there is none. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0)
}
