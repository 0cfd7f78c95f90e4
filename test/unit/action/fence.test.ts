import { randomInt } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { expect, test } from '@jest/globals'
import { neutralise, openFence } from '../../../src/action/fence.ts'
import { lineSplitter } from '../../../src/docker/lines.ts'
import { hostileLine } from '../../support/hostile-lines.ts'
import { commandParser } from '../../support/runner/command-parser.ts'

test('of 10,000 hostile lines, cut anywhere, the runner obeys none: with the fence, and with its wall alone', () => {
  const text = Array.from({ length: 10_000 }, () => hostileLine()).join('')
  const bytes = Buffer.from(text)
  const splitter = lineSplitter()
  const lines: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const size = randomInt(1, 5000)
    lines.push(...splitter.push(bytes.subarray(at, at + size)))
    at += size
  }
  lines.push(...splitter.end())
  // The control: the same lines as they are make the runner do things.
  const naive = commandParser()
  expect(lines.filter(line => naive.parse(line)).length).toBeGreaterThan(0)
  const bare = commandParser()
  expect(lines.map(neutralise).filter(line => bare.parse(line))).toEqual([])
})

test('the fence stops commands before the first line and resumes them after the last', async () => {
  const out = new PassThrough()
  let text = ''
  out.on('data', chunk => {
    text += String(chunk)
  })
  const parser = commandParser()
  const fence = openFence(out)
  for (const line of ['::error::forged', 'plain', '##[add-mask]a']) await fence.line(line)
  fence.close()
  fence.close()
  const lines = text.trimEnd().split('\n')
  const obeyed = lines.filter(line => parser.parse(line) && !line.startsWith('::stop-commands::'))
  expect(obeyed).toEqual([])
  expect(parser.stopped).toBe(false)
  expect(text).toContain('plain\n')
})

test.each([
  ['hello ::error::', 'hello ::error::'],
  ['::error::x', '\\::error::x'],
  ['  ::error::x', '  \\::error::x'],
  ['a ##[error]x', 'a ##\\[error]x'],
])('%j stays readable', (line, safe) => {
  expect(neutralise(line)).toBe(safe)
})

test('several lines at once are one write, each of them harmless', async () => {
  const out = new PassThrough()
  const writes: string[] = []
  out.on('data', chunk => writes.push(String(chunk)))
  const fence = openFence(out)
  await fence.lines(['::error::a', 'plain', '  ::warning::b ##[c'])
  await fence.lines([])
  expect(writes.slice(1)).toEqual(['\\::error::a\nplain\n  \\::warning::b ##\\[c\n'])
})
