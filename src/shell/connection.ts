import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { EngineAddress } from '../docker/address.ts'

/** An answer of the engine: its status, and its body as it comes, to the end of what the engine has to say. */
export interface Answer {
  readonly status: number
  readonly body: AsyncIterable<Buffer>
}

/**
 * One call of the engine on a connection of its own: HTTP/1.1 on the bare socket, as little as the engine's API needs.
 * A step has four or five of them to make, and loading a client of HTTP would take longer than making them.
 * `signal` ends the connection. Rejects when nobody answers.
 */
export async function call(
  address: EngineAddress,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  signal?: AbortSignal,
): Promise<Answer> {
  const socket = await dial(address)
  const stop = () => socket.destroy()
  signal?.addEventListener('abort', stop, { once: true })
  socket.once('close', () => signal?.removeEventListener('abort', stop))
  const text = body === undefined ? '' : JSON.stringify(body)
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: docker',
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${text}`)
  const source = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const { headers, status, rest } = await readHead(source)
  if (/^transfer-encoding:\s*chunked$/im.test(headers)) return { status, body: chunks(rest, source) }
  const length = /^content-length:\s*(\d+)$/im.exec(headers)?.[1]
  return { status, body: pieces(rest, source, length === undefined ? Number.POSITIVE_INFINITY : Number(length)) }
}

/** The same for a call whose answer is one JSON value; undefined when it is empty. Throws with the engine's words. */
export async function ask(
  address: EngineAddress,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  signal?: AbortSignal,
): Promise<unknown> {
  const answer = await call(address, method, path, body, signal)
  const text = await textOf(answer)
  if (answer.status >= 400) throw refusal(answer.status, text)
  return text.trim() === '' ? undefined : JSON.parse(text)
}

/** What the engine said instead of doing what it was asked. */
export interface Refusal extends Error {
  readonly statusCode: number
}

/** The engine's refusal as an error with its own words. */
export function refusal(statusCode: number, text: string): Refusal {
  let words = text.trim()
  try {
    words = (JSON.parse(text) as { message?: string }).message ?? words
  } catch {
    // It was no JSON: its text is what there is.
  }
  return Object.assign(new Error(words || `HTTP ${statusCode}`), { statusCode })
}

/** All of an answer's body. */
export async function textOf({ body }: Answer): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

async function dial(address: EngineAddress): Promise<Socket> {
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
  // Whoever reads is told by the iterator; nobody else is to fall over it.
  socket.on('error', () => {})
  return socket
}

async function secured(host: string, port: number, folder: string): Promise<Socket> {
  const tls = await import('node:tls')
  const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map(name => readFileSync(join(folder, name)))
  return tls.connect({ host, port, ...(ca && cert && key ? { ca, cert, key } : {}) })
}

const longestHead = 64 * 1024

async function readHead(source: AsyncIterator<Buffer>): Promise<{ headers: string; status: number; rest: Buffer }> {
  let data = Buffer.alloc(0)
  while (data.length < longestHead) {
    const end = data.indexOf('\r\n\r\n')
    if (end >= 0) {
      const headers = data.toString('latin1', 0, end)
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(headers)?.[1])
      if (Number.isNaN(status)) break
      return { headers, status, rest: data.subarray(end + 4) }
    }
    const next = await source.next()
    if (next.done) break
    data = Buffer.concat([data, next.value])
  }
  throw new Error('the engine closed the connection without an answer')
}

async function* pieces(rest: Buffer, source: AsyncIterator<Buffer>, length: number): AsyncGenerator<Buffer> {
  let left = length
  try {
    for (let data = rest; ; ) {
      if (data.length > 0) yield data.length > left ? data.subarray(0, left) : data
      left -= data.length
      if (left <= 0) return
      const next = await source.next()
      if (next.done) return
      data = next.value
    }
  } finally {
    await source.return?.()
  }
}

// A size in hex, that many bytes, and a line end; the size 0 is the last (RFC 9112, section 7.1).
async function* chunks(rest: Buffer, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  let data = rest
  const more = async () => {
    const next = await source.next()
    if (next.done) return false
    data = Buffer.concat([data, next.value])
    return true
  }
  try {
    while (true) {
      let end = data.indexOf('\r\n')
      while (end < 0) {
        if (!(await more())) return
        end = data.indexOf('\r\n')
      }
      const size = Number.parseInt(data.toString('latin1', 0, end), 16)
      if (!(size > 0)) return
      while (data.length < end + 2 + size + 2) if (!(await more())) return
      yield data.subarray(end + 2, end + 2 + size)
      data = data.subarray(end + 2 + size + 2)
    }
  } finally {
    await source.return?.()
  }
}
