import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const chunk = randomBytes(1024 * 1024)
const line = Buffer.from('a line of text, as a log or a source file has them, over and over\n')
const text = Buffer.alloc(1024 * 1024, line)

/**
 * What takes long or is large: `/sse/N` one event a second for N seconds, `/source/N` N megabytes of random bytes,
 * `/text/N` N megabytes of text, `/sink` counts what is sent, `/together/N` answers when N requests wait for it.
 */
export function serveStreams(tell: (fact: object) => void): RequestListener {
  const waiting = new Map<string, Set<ServerResponse>>()
  return async (request, response) => {
    const [, what, size = '0'] = (request.url ?? '').split('/')
    const many = Number.parseInt(size, 10)
    if (what === 'sse') return events(response, many)
    if (what === 'source') return pipeline(Readable.from(repeated(chunk, many)), response).catch(() => {})
    if (what === 'text') return pipeline(Readable.from(repeated(text, many)), response).catch(() => {})
    if (what === 'together') return together(waiting, request.url ?? '', response, many)
    const bytes = await count(request)
    tell({ kind: 'sunk', url: request.url, bytes })
    response.end(`took ${bytes} bytes\n`)
  }
}

// The open responses are the proof that all are there at the same moment.
function together(
  waiting: Map<string, Set<ServerResponse>>,
  url: string,
  response: ServerResponse,
  many: number,
): void {
  const here = waiting.get(url) ?? new Set()
  waiting.set(url, here.add(response))
  response.on('close', () => here.delete(response))
  if (here.size === many) for (const one of here) one.end(`${many} at once\n`)
}

function events(response: ServerResponse, most: number): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  let sent = 0
  const timer = setInterval(() => {
    response.write(`data: event ${++sent}\n\n`)
    if (sent < most) return
    clearInterval(timer)
    response.end()
  }, 1000)
  response.on('close', () => clearInterval(timer))
}

function* repeated(data: Buffer, times: number): Generator<Buffer> {
  for (let at = 0; at < times; at++) yield data
}

async function count(request: IncomingMessage): Promise<number> {
  let bytes = 0
  try {
    for await (const data of request) bytes += (data as Buffer).length
  } catch {
    // Cut off: what came is what is told.
  }
  return bytes
}
