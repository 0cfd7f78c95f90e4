import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ask, call, textOf } from '../../../src/shell/call.ts'
import { dial } from '../../../src/shell/connection.ts'

const value = { Id: 'é'.repeat(40) }
const text = JSON.stringify(value)
const size = Buffer.byteLength(text)
const withLength = `HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n${text}`
const half = Buffer.from(text).subarray(0, 31)
const inChunks = Buffer.concat([
  Buffer.from(`HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n${half.length.toString(16)}\r\n`),
  half,
  Buffer.from(`\r\n${(size - half.length).toString(16)}\r\n`),
  Buffer.from(text).subarray(half.length),
  Buffer.from('\r\n0\r\n\r\n'),
])

/** A listener that answers each request, told by its empty line, with what `answer` writes. */
async function listening(answer: (socket: Socket) => unknown) {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-call-'))
  const path = join(folder, 'engine')
  const requests: string[] = []
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', data => {
      requests.push(data.toString('utf8'))
      answer(socket)
    })
  })
  await new Promise<void>(resolve => server.listen(path, resolve))
  return {
    path,
    requests,
    [Symbol.dispose]() {
      server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

// Small pieces, each in a packet of its own as far as the kernel goes along with it.
async function inPieces(socket: Socket, data: Buffer, length: number): Promise<void> {
  for (let at = 0; at < data.length; at += length) {
    socket.write(data.subarray(at, at + length))
    await new Promise(setImmediate)
  }
}

test.each([1, 2, 3, 7, 50, 10_000])(
  'an answer cut every %d bytes, by length and in chunks, on one connection',
  async n => {
    const answers = [Buffer.from(withLength), inChunks, Buffer.from(withLength)]
    using engine = await listening(socket => inPieces(socket, answers.shift() ?? Buffer.alloc(0), n))
    const connection = await dial({ kind: 'socket', path: engine.path })
    expect(await ask(connection, 'GET', '/a')).toEqual(value)
    expect(await ask(connection, 'POST', '/b', { x: 1 })).toEqual(value)
    expect(await ask(connection, 'GET', '/c')).toEqual(value)
    expect(connection.isOpen).toBe(true)
    expect(engine.requests.map(one => one.split(' HTTP')[0])).toEqual(['GET /a', 'POST /b', 'GET /c'])
    expect(engine.requests[1]).toMatch(/content-length: 7\r\n\r\n\{"x":1\}$/i)
  },
)

test.each([withLength.replace('OK\r\n', 'OK\r\nConnection: close\r\n'), withLength.replace('HTTP/1.1', 'HTTP/1.0')])(
  'who closes after the answer is not asked again: %j',
  async said => {
    using engine = await listening(socket => socket.write(said))
    const connection = await dial({ kind: 'socket', path: engine.path })
    expect(await ask(connection, 'GET', '/a')).toEqual(value)
    expect(connection.isOpen).toBe(false)
  },
)

test('a stream without a length goes to its end, and a slow reader holds it back', async () => {
  const much = Buffer.alloc(16 * 1024 * 1024, 'x')
  let written = 0
  using engine = await listening(socket => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\nfirst')
    socket.write(much, () => {
      written = much.length
    })
    socket.end()
  })
  const connection = await dial({ kind: 'socket', path: engine.path })
  const answer = await call(connection, 'POST', '/start', {})
  for (let turn = 0; turn < 1000; turn++) await new Promise(setImmediate)
  expect(written).toBe(0)
  expect((await textOf(answer)).length).toBe('first'.length + much.length)
  expect(written).toBe(much.length)
  expect(connection.isOpen).toBe(false)
})

test('an engine’s no is told in its own words', async () => {
  const words = '{"message":"No such container: x"}'
  using engine = await listening(socket =>
    socket.write(`HTTP/1.1 404 Not Found\r\nContent-Length: ${words.length}\r\n\r\n${words}`),
  )
  const connection = await dial({ kind: 'socket', path: engine.path })
  await expect(ask(connection, 'GET', '/x')).rejects.toMatchObject({ message: 'No such container: x', statusCode: 404 })
})

test.each([
  ['', /closed the connection without an answer/],
  ['HTTP/1.1 200', /closed the connection without an answer/],
  ['nonsense\r\n\r\n', /closed the connection without an answer/],
  [withLength.slice(0, -5), /within its answer/],
  [inChunks.subarray(0, -5).toString('utf8'), /within its answer/],
  [inChunks.subarray(0, 70).toString('utf8'), /within its answer/],
])('an engine that closes after %j is no end of an answer', async (said, wrong) => {
  using engine = await listening(socket => socket.end(said))
  const connection = await dial({ kind: 'socket', path: engine.path })
  await expect(ask(connection, 'GET', '/x')).rejects.toThrow(wrong)
})

test('nobody there is an error that says where', async () => {
  await expect(dial({ kind: 'socket', path: '/nowhere/docker.sock' })).rejects.toThrow(
    /ENOENT.*\/nowhere\/docker\.sock/,
  )
})
