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

/**
 * Opens a tunnel to `target` through a gate and sends pieces of bytes in it, as they are; resolves with what came back
 * in the tunnel, as `fire` does; `gap` milliseconds are between the pieces. A tunnel that is refused is an error.
 */
export function fireInTunnel(
  {
    host,
    target,
    patience = 150,
    silence = 3000,
    gap = 3,
  }: { host: string; target: string; patience?: number; silence?: number; gap?: number },
  pieces: readonly (Buffer | string)[],
): Promise<string> {
  return new Promise((done, failed) => {
    let [said, opened] = ['', false]
    const socket = connect({ host, port: 8888, noDelay: true }, () =>
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`),
    )
    socket.setTimeout(silence)
    socket.on('timeout', () => socket.destroy())
    socket.on('data', async chunk => {
      said = (said + chunk.toString('latin1')).slice(0, 65536)
      if (opened) return void socket.setTimeout(patience)
      if (!said.includes('\r\n\r\n')) return
      if (statusOf(said) !== 200) return failed(new Error(said))
      opened = true
      said = said.slice(said.indexOf('\r\n\r\n') + 4)
      for (const piece of pieces) {
        if (!socket.destroyed) socket.write(piece)
        await pause(gap)
      }
    })
    socket.on('error', () => {})
    socket.on('close', () => done(said))
  })
}

/** The status of an answer's first line, 0 when there is none. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0)
}
