import type { Engine } from '../docker/engine.ts'
import { lineSplitter } from '../docker/lines.ts'
import { demultiplex } from '../docker/output.ts'
import { BottleError } from '../errors.ts'
import { isUp } from '../plan/job.ts'
import { within } from './deadline.ts'

const longestStart = 30_000
const longestWords = 1000

/**
 * Starts a bottle that idles, and waits until it says that it is up: what was delivered on its standard input is in its
 * place by then. Throws a BottleError with its own words when it ends instead, as it does without a /bin/sh.
 */
export async function startIdle(engine: Engine, bottle: string, input?: string): Promise<void> {
  const long = new AbortController()
  try {
    const output = await engine.attach(bottle, long.signal, input)
    const said = firstWords(output)
    await engine.start(bottle)
    const words = await within(longestStart, said, undefined)
    if (words === isUp) return
    throw new BottleError(
      words === undefined
        ? `The bottle was not up after ${longestStart / 1000} s.`
        : `The bottle ended instead of staying up: ${words || 'it said nothing'}.`,
      'A bottle for the whole job needs an image with /bin/sh, sleep and echo.',
    )
  } finally {
    long.abort()
  }
}

// All that it says until it is up, or ends; on one line.
async function firstWords(output: AsyncIterable<Buffer>): Promise<string> {
  const lines = lineSplitter()
  const said: string[] = []
  for await (const { data } of demultiplex(output)) {
    for (const line of lines.push(data)) {
      if (line === isUp) return line
      said.push(line)
    }
  }
  return [...said, ...lines.end()].join(' ').slice(0, longestWords)
}
