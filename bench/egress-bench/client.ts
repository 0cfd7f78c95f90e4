// Runs in the bottle, with nothing but Node: sends every request of requests.json, one at a time and byte for byte, through
// the proxy of the environment (or straight to the host, where there is none), and writes what was answered.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { connect as dial, isIP, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as secure } from 'node:tls'
import type { Sent } from './requests.ts'

/** What came back for a request: the status (0 when nothing did), from whom, and the answer's text. */
export interface Answer {
  readonly tag: string
  readonly status: number
  /** Whether the host answered inside a tunnel, or something on the way. */
  readonly inTunnel: boolean
  readonly text: string
}

const patience = 10_000
const longest = 256 * 1024
const folder = import.meta.dirname
const proxy = process.env.HTTP_PROXY ? new URL(process.env.HTTP_PROXY) : undefined
const ca = readFileSync(`${folder}/ca.pem`)

// The names must lead to the listener before anything is sent; the runner says when they do.
for (let waited = 0; !existsSync(`${folder}/go`); waited += 50) {
  if (waited > 300_000) throw new Error('nobody said go')
  await pause(50)
}
const requests = JSON.parse(readFileSync(`${folder}/requests.json`, 'utf8')) as Sent[]
for (const request of requests) {
  const answer = await (request.variant === 'tls' ? sendTls : sendPlain)(request).catch(error => nothing(error))
  appendFileSync(`${folder}/answers.jsonl`, `${JSON.stringify({ tag: request.tag, ...answer })}\n`)
}

function nothing(error: unknown) {
  return { status: 0, inTunnel: false, text: error instanceof Error ? error.message : String(error) }
}

async function sendPlain(request: Sent) {
  const socket = await reached(request)
  return { ...(await exchange(socket, bytesOf(request, proxy ? request.url : request.target))), inTunnel: false }
}

async function sendTls(request: Sent) {
  const host = request.host.toLowerCase()
  const socket = await reached(request)
  if (proxy) {
    const place = `${host}:${request.port}`
    const opened = await exchange(socket, Buffer.from(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n\r\n`), true)
    if (opened.status !== 200) return { ...opened, inTunnel: false }
  }
  const bare = host.replace(/\.$/, '')
  const named = isIP(bare) || bare.startsWith('[') ? {} : { servername: bare }
  const inner = secure({ socket, ca, ...named })
  await new Promise<void>((ready, failed) => {
    inner.once('secureConnect', ready).once('error', failed)
    inner.setTimeout(patience, () => failed(new Error('no TLS in time')))
  })
  return { ...(await exchange(inner, bytesOf(request, request.target))), inTunnel: true }
}

function reached({ host, port }: Sent): Promise<Socket> {
  const socket = proxy ? dial(Number(proxy.port), proxy.hostname) : dial(port, host.toLowerCase())
  return new Promise((ready, failed) => {
    socket.once('connect', () => ready(socket)).once('error', failed)
    socket.setTimeout(patience, () => failed(new Error('no connection in time')))
  })
}

function bytesOf({ method, headers, body }: Sent, target: string): Buffer {
  const content = Buffer.from(body, 'base64')
  const framed = content.length > 0 ? [['Content-Length', String(content.length)]] : []
  const lines = [...headers, ...framed, ['Connection', 'close']].map(([name, value]) => `${name}: ${value}`)
  return Buffer.concat([Buffer.from(`${[`${method} ${target} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`), content])
}

// Reads one answer; a tunnel that opened has no end, so its head is all that is waited for.
function exchange(socket: Socket, bytes: Buffer, tunnel = false): Promise<{ status: number; text: string }> {
  return new Promise(done => {
    let got = Buffer.alloc(0)
    const end = () => {
      socket.removeListener('data', take)
      const text = got.toString('latin1')
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0)
      if (!(tunnel && status === 200)) socket.destroy()
      done({ status, text: got.subarray(text.indexOf('\r\n\r\n') + 4).toString('utf8') })
    }
    const take = (chunk: Buffer) => {
      got = Buffer.concat([got, chunk])
      if (got.length > longest || whole(got.toString('latin1'), tunnel)) end()
    }
    socket.on('data', take)
    socket.on('error', end)
    socket.on('close', end)
    socket.setTimeout(patience, end)
    socket.write(bytes)
  })
}

function whole(text: string, tunnel: boolean): boolean {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return false
  if (tunnel && /^HTTP\/1\.[01] 200/.test(text)) return true
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head + 2))?.[1]
  if (length !== undefined) return text.length >= head + 4 + Number(length)
  return /\r\ntransfer-encoding: *chunked/i.test(text.slice(0, head + 2)) && text.endsWith('\r\n0\r\n\r\n')
}
