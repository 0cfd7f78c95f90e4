import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { EngineAddress } from '../docker/address.ts'

/** A connection to the engine, as bytes. */
export interface Connection {
  /** False once either side has closed it, or said so: nothing more may be asked on it. */
  readonly isOpen: boolean
  /** The engine has said that it closes after this answer. */
  closing(): void
  write(text: string): void
  /** The next bytes, as they came; undefined when the engine has said all. Throws when the connection broke. */
  next(): Promise<Buffer | undefined>
}

/** Dials the engine. Rejects when nobody answers, or with the words of TLS. */
export async function dial(address: EngineAddress): Promise<Connection> {
  if (address.kind === 'ssh') throw new Error('a bottle for the whole job is not raised behind ssh')
  const tls = address.kind === 'tcp' ? address.tls : undefined
  const socket =
    address.kind === 'socket'
      ? connect({ path: address.path })
      : tls === undefined
        ? connect({ host: address.host, port: address.port })
        : await secured(address.host, address.port, tls)
  await new Promise<void>((resolve, reject) => {
    socket.once(tls === undefined ? 'connect' : 'secureConnect', resolve).once('error', reject)
  })
  return read(socket)
}

async function secured(host: string, port: number, folder: string): Promise<Socket> {
  const tls = await import('node:tls')
  const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map(name => readFileSync(join(folder, name)))
  return tls.connect({ host, port, ...(ca && cert && key ? { ca, cert, key } : {}) })
}

// So many pieces wait to be taken before the engine is held back.
const mostWaiting = 16

// A stream's own iterator does the same and more, and its first use costs a step a millisecond.
function read(socket: Socket): Connection {
  const waiting: Buffer[] = []
  let isOpen = true
  let isOver = false
  let broken: Error | undefined
  let wake: (() => void) | undefined
  const close = (error?: Error) => {
    isOpen = false
    isOver = true
    broken ??= error
    wake?.()
  }
  socket.on('error', close)
  socket.on('end', close)
  socket.on('close', () => close())
  socket.on('data', data => {
    if (waiting.push(data) >= mostWaiting) socket.pause()
    wake?.()
  })
  return {
    get isOpen() {
      return isOpen
    },
    closing() {
      isOpen = false
    },
    write: text => void socket.write(text),
    async next() {
      while (waiting.length === 0) {
        if (broken) throw broken
        if (isOver) return undefined
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
      const data = waiting.shift()
      if (waiting.length === 0 && socket.isPaused()) socket.resume()
      return data
    },
  }
}
