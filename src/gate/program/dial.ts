import { connect, type Socket } from 'node:net'

const dialWithin = 15_000
const readBytes = 64 * 1024

/**
 * Opens a connection to an address that has been judged, paused: nothing is read before `resume`. Then `give` gets what
 * comes, in a buffer that is used again, and says whether it has been taken. Rejects when nobody answers within 15 s.
 */
export function dial(address: string, port: number, give: (chunk: Buffer) => boolean): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const onread = {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback: (length: number, buffer: Uint8Array) => give(Buffer.from(buffer.buffer, buffer.byteOffset, length)),
    }
    const options = { host: address, port, allowHalfOpen: true, autoSelectFamily: false, noDelay: true, onread }
    const socket = connect(options)
    socket.pause()
    const timer = setTimeout(() => socket.destroy(new Error('timed out')), dialWithin)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.off('error', reject)
      resolve(socket)
    })
    socket.once('error', error => {
      clearTimeout(timer)
      reject(error)
    })
  })
}
