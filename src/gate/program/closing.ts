import type { Socket } from 'node:net'

const lingerWithin = 1000

/**
 * Writes a last answer and ends the connection. What the client still sends is read and dropped for a second: unread
 * bytes would make the kernel reset the connection and lose the answer, and a client that never ends its side would
 * keep the descriptor for ever.
 */
export function endWith(socket: Socket, text: string): void {
  if (socket.destroyed) return
  const timer = setTimeout(() => socket.destroy(), lingerWithin)
  socket.once('close', () => clearTimeout(timer))
  if (!socket.writableEnded) socket.end(text)
  socket.resume()
}
