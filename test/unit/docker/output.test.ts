import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { lineSplitter } from '../../../src/docker/lines.ts'
import { demultiplex } from '../../../src/docker/output.ts'

function frame(stream: 1 | 2, text: string): Buffer {
  const data = Buffer.from(text)
  const head = Buffer.alloc(8)
  head[0] = stream
  head.writeUInt32BE(data.length, 4)
  return Buffer.concat([head, data])
}

/** Bytes that are reachable: garbage not collected yet depends on the machine, and is not what a bound is about. */
function heldMemory(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

async function* cutEvery(data: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size)
}

test.each([1, 3, 7, 8, 9, 1000])('frames cut anywhere (every %i bytes) come out whole and in order', async size => {
  const whole = Buffer.concat([frame(1, 'hello '), frame(2, 'oops'), frame(1, ''), frame(1, 'wörld\n')])
  const said = { stdout: '', stderr: '' }
  const parts: Buffer[] = []
  for await (const { stream, data } of demultiplex(cutEvery(whole, size))) {
    said[stream] += data.toString('latin1')
    parts.push(data)
  }
  expect(Buffer.from(said.stdout, 'latin1').toString('utf8')).toBe('hello wörld\n')
  expect(said.stderr).toBe('oops')
})

test('ten megabytes of one-byte frames take bounded memory and no recursion', async () => {
  const chunk = Buffer.concat(Array.from({ length: 7281 }, () => frame(1, 'x')))
  const half = 5 * 1024 * 1024
  let [left, ahead, most] = [Math.ceil((10 * 1024 * 1024) / 7281), 0, 0]
  async function* source() {
    while (left-- > 0) {
      ahead += 1
      most = Math.max(most, ahead)
      yield chunk
    }
  }
  let bytes = 0
  const before = heldMemory()
  let held = 0
  for await (const { data } of demultiplex(source())) {
    // What is held is asked halfway: at the end even a copy of everything would be garbage.
    if (bytes < half && bytes + data.length >= half) held = heldMemory() - before
    bytes += data.length
    ahead -= 1
  }
  expect(bytes).toBeGreaterThanOrEqual(10 * 1024 * 1024)
  // The source is asked for the next chunk only when the last one was taken.
  expect(most).toBeLessThanOrEqual(1)
  // Half of it passed: 5 MiB of text, 45 MiB as frames. A demultiplexer that kept what it handed on would hold that.
  expect(held).toBeLessThan(4 * 1024 * 1024)
})

test.each([
  ['a\nb\n', ['a', 'b']],
  ['a\r\nb', ['a', 'b']],
  ['a\rb\rc\n', ['a', 'b', 'c']],
  ['\n\n', ['', '']],
  ['no end', ['no end']],
])('lines of %j', (text, lines) => {
  for (const size of [1, 2, 100]) {
    const splitter = lineSplitter()
    const found: string[] = []
    for (let at = 0; at < text.length; at += size) found.push(...splitter.push(Buffer.from(text.slice(at, at + size))))
    expect([...found, ...splitter.end()]).toEqual(lines)
  }
})

test('a character cut between two chunks stays one, and an endless line is cut', () => {
  const splitter = lineSplitter(10)
  const bytes = Buffer.from('é')
  expect([
    ...splitter.push(bytes.subarray(0, 1)),
    ...splitter.push(bytes.subarray(1)),
    ...splitter.push(Buffer.from('\n')),
  ]).toEqual(['é'])
  const lines = [...splitter.push(Buffer.from('y'.repeat(25))), ...splitter.end()]
  expect(lines.join('')).toBe('y'.repeat(25))
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(10)
})
