import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { expect, jest, test } from '@jest/globals'
import { hostileLine } from '../support/hostile-lines.ts'
import { agentImage } from '../support/hosts/internet.ts'
import { commandParser } from '../support/runner/command-parser.ts'
import { readLines } from '../support/runner/line-reader.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(240_000)

const project = resolve(import.meta.dirname, '../..')
const count = 10_000
const tagOf = (n: number) => `<L${String(n).padStart(5, '0')}>`

// Writes both files to their streams in pieces of random size, cut anywhere, some of them after a pause.
const speaker = `
import os, random, time
streams = [[1, open('stdout.bin', 'rb').read(), 0], [2, open('stderr.bin', 'rb').read(), 0]]
while any(at < len(data) for _, data, at in streams):
    for one in streams:
        fd, data, at = one
        end = min(at + random.randint(1, random.choice([7, 200000])), len(data))
        while at < end:
            at += os.write(fd, data[at:end])
        one[2] = end
    if random.random() < 0.01:
        time.sleep(0.005)
`

test('of 10,000 hostile lines that an agent prints the runner obeys none, and each can be read', async () => {
  await using runner = await startRunner(project)
  const lines = Array.from({ length: count }, (_, n) => hostileLine(tagOf(n)))
  const [out, err] = [lines.filter((_, n) => n % 2 === 0), lines.filter((_, n) => n % 2 === 1)]
  writeFileSync(join(runner.workspace, 'stdout.bin'), out.join(''))
  writeFileSync(join(runner.workspace, 'stderr.bin'), err.join(''))
  writeFileSync(join(runner.workspace, 'speak.py'), speaker)

  // The control: as they are, the runner would do thousands of things.
  let naive = 0
  for (const text of lines) {
    const parser = commandParser()
    await readLines(Readable.from([Buffer.from(text)]), line => {
      if (parser.parse(line)) naive += 1
    })
  }
  expect(naive).toBeGreaterThan(count / 4)

  const step = { image: agentImage, gate: 'built-in', upload: 'false' }
  const quiet = await runner.step({ with: { ...step, run: 'echo quiet' } }).main()
  const main = await runner.step({ with: { ...step, run: 'python3 speak.py' } }).main()
  expect(`${main.exitCode} ${main.exitCode === 0 ? '' : main.raw.slice(-3000)}`).toBe('0 ')
  const said = (obeyed: typeof main.obeyed) => obeyed.map(one => one.name)
  expect(said(main.obeyed)).toEqual(said(quiet.obeyed))
  expect(main.outputs.enforced).toBe('true')
  expect(main.masks).toHaveLength(quiet.masks.length)

  // The wall alone, without the fence's stop-commands, would have held as well.
  const parser = commandParser()
  const agents = main.raw.slice(main.raw.indexOf('::stop-commands::')).split('\n').slice(1)
  const end = agents.findIndex(line => /^::[0-9a-f]{64}::$/.test(line))
  expect(end).toBeGreaterThanOrEqual(count)
  expect(agents.slice(0, end).filter(line => parser.parse(line))).toEqual([])

  // Readable: each line's own mark is there once, in the order of its stream.
  const marks = agents.slice(0, end).flatMap(line => line.match(/<L\d{5}>/g) ?? [])
  const expected = Array.from({ length: count }, (_, n) => tagOf(n))
  expect(marks.filter(mark => Number(mark.slice(2, 7)) % 2 === 0)).toEqual(expected.filter((_, n) => n % 2 === 0))
  expect(marks.filter(mark => Number(mark.slice(2, 7)) % 2 === 1)).toEqual(expected.filter((_, n) => n % 2 === 1))
  process.stdout.write(`lines: ${count} hostile, ${naive} obeyed without the fence, 0 with it\n`)
})
