import type { Socket } from 'node:net'

const mostWaiting = 32

/** Lets the pipelined requests of one connection be worked on one after the other, as they came. */
export interface Turns {
  /** Queues work; nothing more is begun once the connection is ending. A connection with 32 waiting is cut. */
  take(socket: Socket, work: () => Promise<void>): void
  /** Whether an earlier request of this connection is still being worked on. */
  busy(socket: Socket): boolean
}

/** Makes the turns of a gate's connections; `failed` hears of work that threw, after which the connection is cut. */
export function createTurns(failed: (error: Error) => void): Turns {
  const waiting = new WeakMap<Socket, number>()
  const last = new WeakMap<Socket, Promise<void>>()
  const count = (socket: Socket) => waiting.get(socket) ?? 0
  return {
    busy: socket => count(socket) > 0,
    take(socket, work) {
      // The parser hands over every request in the bytes it has: without a bound they would pile up unanswered.
      if (count(socket) >= mostWaiting) return void socket.destroy()
      waiting.set(socket, count(socket) + 1)
      const turn = async () => {
        if (!socket.destroyed && !socket.writableEnded) await work()
      }
      const next = (last.get(socket) ?? Promise.resolve())
        .then(turn)
        .catch((error: Error) => {
          failed(error)
          socket.destroy()
        })
        .finally(() => waiting.set(socket, count(socket) - 1))
      last.set(socket, next)
    },
  }
}
