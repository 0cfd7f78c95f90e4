import type { Socket } from 'node:net'
import { longestHello, readClientHello } from './client-hello.ts'
import { type Exchange, factsOf } from './exchange.ts'

const firstBytesWithin = 5000
const mostChunks = 256

/**
 * What a client said first in its tunnel, and what kind of thing that is. `clear`: neither TLS nor ssh, so what follows
 * can be read, and is.
 */
export interface First {
  readonly data: Buffer
  readonly kind: 'hello' | 'ssh' | 'clear' | 'broken' | 'silent' | 'closed'
  readonly serverName?: string | undefined
}

/** Reads until it is known what the client speaks: a whole ClientHello, ssh, something else, or nothing for five seconds. */
export async function firstBytes(socket: Socket, head: Buffer): Promise<First> {
  let data = head
  const limit = performance.now() + firstBytesWithin
  // Each chunk has the whole looked at again: a hello in drops of a byte would only cost us time.
  for (let chunks = 0; chunks <= mostChunks; chunks++) {
    const read = readClientHello(data)
    if (read.kind === 'hello') return { data, kind: 'hello', serverName: read.serverName }
    if (read.kind === 'broken') return { data, kind: 'broken' }
    if (read.kind === 'other' && !maybeSsh(data)) return { data, kind: 'clear' }
    if (read.kind === 'other' && data.length >= sshGreeting.length) return { data, kind: 'ssh' }
    if (data.length > 2 * longestHello) return { data, kind: 'broken' }
    const more = await nextChunk(socket, limit - performance.now())
    if (more === undefined) return { data, kind: socket.destroyed || socket.readableEnded ? 'closed' : 'silent' }
    data = Buffer.concat([data, more])
  }
  return { data, kind: 'broken' }
}

// Both sides of ssh begin with this (RFC 4253 §4.2); fewer bytes may become it.
const sshGreeting = Buffer.from('SSH-')

function maybeSsh(data: Buffer): boolean {
  const length = Math.min(data.length, sshGreeting.length)
  return data.subarray(0, length).equals(sshGreeting.subarray(0, length))
}

function nextChunk(socket: Socket, ms: number): Promise<Buffer | undefined> {
  return new Promise(resolve => {
    const done = (chunk?: Buffer) => {
      clearTimeout(timer)
      socket.pause()
      socket.off('data', done).off('end', none).off('close', none)
      resolve(chunk)
    }
    const none = () => done()
    const timer = setTimeout(none, Math.max(0, ms))
    if (socket.destroyed || socket.readableEnded) return none()
    socket.once('data', done).once('end', none).once('close', none)
    socket.resume()
  })
}

/** What is wrong with a tunnel's first bytes for its destination, as the log's fields, or undefined. */
export function judgeFirst(first: First, { host, literal }: { host: string; literal: boolean }) {
  if (first.kind === 'silent' || first.kind === 'closed') return { sni_host: '', category: 'timeout' }
  if (first.kind === 'broken') return { sni_host: '', category: 'malformed' }
  if (first.kind !== 'hello') return undefined
  const name = first.serverName?.toLowerCase().replace(/\.$/, '')
  if (name === undefined) return literal ? undefined : { sni_host: '', category: 'missing' }
  return name === host ? undefined : { sni_host: name, category: 'mismatch' }
}

/** Logs a tunnel whose first bytes do not fit its destination; says whether they did not. */
export function logMismatch(
  exchange: Exchange,
  first: First,
  destination: { host: string; literal: boolean },
): boolean {
  const mismatch = judgeFirst(first, destination)
  if (!mismatch) return false
  const { agent, client_ip, request_id } = factsOf(exchange)
  exchange.room.log('warn', 'sni_mismatch', {
    connect_host: destination.host,
    ...mismatch,
    client_ip,
    request_id,
    agent,
    mitre_technique: 'T1090.004',
  })
  return true
}
