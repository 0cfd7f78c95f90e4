import type { Connection } from './connection.ts'

/** An answer of the engine: its status, and its body as it comes, to the end of what the engine has to say. */
export interface Answer {
  readonly status: number
  readonly body: AsyncIterable<Buffer>
}

type Method = 'GET' | 'POST'

/**
 * One call of the engine: HTTP/1.1 on the bare connection, as little as the engine's API needs, since loading a client of
 * HTTP would take a step longer than its calls. The request is on its way when this returns its promise. The connection
 * may be asked again when the whole body was read. Rejects when the engine closes without an answer.
 */
export async function call(connection: Connection, method: Method, path: string, body?: object): Promise<Answer> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: docker',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
  ]
  connection.write(`${head.join('\r\n')}\r\n\r\n${text}`)
  const { headers, status, rest } = await readHead(connection)
  // One in between may not keep connections, whatever the engine does.
  if (/^HTTP\/1\.0 |^connection:\s*close$/im.test(headers)) connection.closing()
  if (/^transfer-encoding:\s*chunked$/im.test(headers)) return { status, body: chunks(rest, connection) }
  const length = /^content-length:\s*(\d+)$/im.exec(headers)?.[1]
  return { status, body: length === undefined ? toTheEnd(rest, connection) : exactly(Number(length), rest, connection) }
}

/** The same for a call whose answer is one JSON value; undefined when it is empty. Throws with the engine's words. */
export async function ask(connection: Connection, method: Method, path: string, body?: object): Promise<unknown> {
  const answer = await call(connection, method, path, body)
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

const longestHead = 64 * 1024

async function readHead(connection: Connection): Promise<{ headers: string; status: number; rest: Buffer }> {
  let data: Buffer = Buffer.alloc(0)
  for (;;) {
    // Much of the body may have come with it.
    const end = data.indexOf('\r\n\r\n')
    if (end >= 0) {
      const headers = data.toString('latin1', 0, end)
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(headers)?.[1])
      if (Number.isNaN(status)) break
      return { headers, status, rest: data.subarray(end + 4) }
    }
    const next = data.length < longestHead ? await connection.next() : undefined
    if (next === undefined) break
    data = Buffer.concat([data, next])
  }
  throw new Error('the engine closed the connection without an answer')
}

async function* toTheEnd(rest: Buffer, connection: Connection): AsyncGenerator<Buffer> {
  if (rest.length > 0) yield rest
  for (let next = await connection.next(); next !== undefined; next = await connection.next()) yield next
}

async function* exactly(length: number, rest: Buffer, connection: Connection): AsyncGenerator<Buffer> {
  let left = length
  for (let data = rest; left > 0; data = await more(connection)) {
    const part = data.subarray(0, left)
    left -= part.length
    if (part.length > 0) yield part
    if (left === 0) return
  }
}

// A size in hex, that many bytes, and a line end; the size 0 is the last (RFC 9112, section 7.1).
async function* chunks(rest: Buffer, connection: Connection): AsyncGenerator<Buffer> {
  let data = rest
  for (;;) {
    let end = data.indexOf('\r\n')
    while (end < 0) {
      data = Buffer.concat([data, await more(connection)])
      end = data.indexOf('\r\n')
    }
    const size = Number.parseInt(data.toString('latin1', 0, end), 16)
    const whole = end + 2 + Math.max(size, 0) + 2
    while (data.length < whole) data = Buffer.concat([data, await more(connection)])
    if (!(size > 0)) return
    yield data.subarray(end + 2, end + 2 + size)
    data = data.subarray(whole)
  }
}

async function more(connection: Connection): Promise<Buffer> {
  const next = await connection.next()
  if (next === undefined) throw new Error('the engine closed the connection within its answer')
  return next
}
