import { mkdtempSync, rmSync } from 'node:fs'
import { type ClientRequest, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'

/** One call as it passes: its number (1 first), method, path without the version, and body when it was JSON. */
export interface Call {
  readonly n: number
  readonly method: string
  readonly path: string
  readonly body: Record<string, unknown> | undefined
}

/**
 * What happens to a call. `before`: it fails and never reaches the engine. `after`: it takes effect, then fails.
 * `truncate`: half of its answer comes back. `cut`: its answer streams until the promise, then ends in the middle of the next
 * piece. `rewrite`: another body is sent, `path`: to another path. `hold`: it waits for the promise before it is sent (also
 * when its caller has died by then), `effected` is called after it took effect.
 */
export interface Fate {
  readonly fail?: 'before' | 'after'
  readonly truncate?: true
  readonly cut?: Promise<unknown>
  readonly status?: number
  /** What is answered instead of the engine's own words. */
  readonly replace?: object
  readonly rewrite?: Record<string, unknown>
  /** Makes another answer of the engine's. */
  readonly reword?: (answer: string) => string
  readonly path?: string
  readonly hold?: Promise<unknown>
  readonly effected?: (answer: { status: number; body: string }) => unknown
}

/** A real engine behind a socket of our own, which sees every call and may break it. */
export interface EngineProxy extends AsyncDisposable {
  readonly host: string
  readonly calls: Call[]
  /** Decides about each call; by default every call passes untouched. */
  decide: (call: Call) => Fate | undefined
  /** Ends every connection and takes the socket away, until it is opened again. */
  vanish(): Promise<void>
  reopen(): Promise<void>
}

type Closable = Duplex | ClientRequest

/** Opens a proxy to the machine's engine; its `host` is for DOCKER_HOST. */
export async function engineProxy(engineSocket = '/var/run/docker.sock'): Promise<EngineProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-engine-'))
  const path = join(folder, 'docker.sock')
  const taken = new Set<Closable>()
  const server = createServer((incoming, answer) => {
    void pass(proxy, taken, engineSocket, incoming, answer).catch(() => answer.destroy())
  })
  // Docker's engine closes no connection for being idle.
  server.keepAliveTimeout = 600_000
  const proxy: EngineProxy = {
    host: `unix://${path}`,
    calls: [],
    decide: () => undefined,
    async vanish() {
      server.closeAllConnections()
      for (const socket of taken) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
    reopen: () => new Promise(resolve => server.listen(path, resolve)),
    async [Symbol.asyncDispose]() {
      await proxy.vanish()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  // A connection that is taken over, as by an attach with standard input, passes as it is.
  server.on('upgrade', (incoming, socket, head) => {
    const { method = '', url = '', rawHeaders } = incoming
    proxy.calls.push({ n: proxy.calls.length + 1, method, path: url.replace(/^\/v[\d.]+/, ''), body: undefined })
    const headers = rawHeaders.map((text, i) => (i % 2 === 0 ? `\r\n${text}: ` : text)).join('')
    taken.add(socket.once('close', () => taken.delete(socket)))
    const engine = connect(engineSocket, () => {
      engine.write(`${method} ${url} HTTP/1.1${headers}\r\n\r\n`)
      engine.write(head)
      socket.pipe(engine).pipe(socket)
    })
    engine.on('error', () => socket.destroy())
    socket.on('error', () => engine.destroy())
  })
  await new Promise<void>(resolve => server.listen(path, resolve))
  return proxy
}

async function pass(
  proxy: EngineProxy,
  taken: Set<Closable>,
  engineSocket: string,
  incoming: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const isJson = /json/.test(incoming.headers['content-type'] ?? '')
  const given = isJson ? await text(incoming) : undefined
  const call: Call = {
    n: proxy.calls.length + 1,
    method: incoming.method ?? '',
    path: (incoming.url ?? '').replace(/^\/v[\d.]+/, ''),
    body: given ? JSON.parse(given) : undefined,
  }
  proxy.calls.push(call)
  const fate = proxy.decide(call) ?? {}
  // Whatever is held may outlive its caller, so it is taken whole first.
  const held = fate.hold && given === undefined ? await bytes(incoming) : undefined
  await fate.hold
  if (fate.fail === 'before') return fail(answer, fate.status)
  if (fate.replace) {
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(fate.replace))
    return
  }
  const body = fate.rewrite ? JSON.stringify(fate.rewrite) : (given ?? held)
  const headers = {
    ...incoming.headers,
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  }
  if (body !== undefined) delete headers['transfer-encoding']
  const outgoing: ClientRequest = request({
    socketPath: engineSocket,
    method: incoming.method,
    path: fate.path === undefined ? incoming.url : `${/^\/v[\d.]+/.exec(incoming.url ?? '')?.[0] ?? ''}${fate.path}`,
    headers,
  })
  taken.add(outgoing.once('close', () => taken.delete(outgoing)))
  answer.on('close', () => outgoing.destroy())
  // A body whose sender has died has no end: the engine must not wait for it.
  incoming.on('close', () => incoming.complete || outgoing.destroy())
  const response = new Promise<IncomingMessage>((resolve, reject) =>
    outgoing.on('response', resolve).on('error', reject),
  )
  if (body === undefined) incoming.pipe(outgoing)
  else outgoing.end(body)
  const reply = await response
  if (!fate.fail && !fate.effected && !fate.truncate && !fate.cut && !fate.reword) {
    answer.writeHead(reply.statusCode ?? 500, reply.headers)
    answer.flushHeaders()
    reply.pipe(answer)
    return
  }
  if (fate.cut) return cutAfter(fate.cut, reply, answer)
  // A stream has taken effect when its answer begins; anything else when its answer is whole.
  const streams =
    /\/(attach|logs|wait|start)\?|^\/events|\/exec\/[^/]+\/start/.test(call.path) &&
    reply.headers['content-length'] === undefined
  const told = streams ? '' : await text(reply)
  const whole = fate.reword?.(told) ?? told
  await fate.effected?.({ status: reply.statusCode ?? 500, body: whole })
  if (fate.fail === 'after') {
    reply.destroy()
    return fail(answer, fate.status)
  }
  const headersBack = { ...reply.headers }
  if (whole !== told && headersBack['content-length'] !== undefined)
    headersBack['content-length'] = String(Buffer.byteLength(whole))
  answer.writeHead(reply.statusCode ?? 500, headersBack)
  if (fate.truncate) {
    reply.destroy()
    answer.write(whole.slice(0, whole.length / 2), () => answer.destroy())
  } else if (streams) reply.pipe(answer)
  else answer.end(whole)
}

// The headers are the engine's own, so what is cut ends as a stream does: without an error that anybody could read.
function cutAfter(moment: Promise<unknown>, reply: IncomingMessage, answer: ServerResponse): void {
  let over = false
  void moment.then(() => {
    over = true
  })
  answer.writeHead(reply.statusCode ?? 500, reply.headers)
  answer.flushHeaders()
  reply.on('data', (data: Buffer) => {
    if (!over) return void answer.write(data)
    answer.end(data.subarray(0, data.length / 2))
    reply.destroy()
  })
  reply.on('end', () => answer.end())
}

function fail(answer: ServerResponse, status = 500): void {
  answer.writeHead(status, { 'content-type': 'application/json' })
  answer.end(JSON.stringify({ message: 'injected failure' }))
}

async function text(stream: IncomingMessage): Promise<string> {
  return (await bytes(stream)).toString('utf8')
}

async function bytes(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
