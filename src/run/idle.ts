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
 * place by then. Resolves with whether the image has bash. Throws a BottleError with its own words when it ends instead, as it does without a /bin/sh.
 */
export async function startIdle(engine: Engine, bottle: string, input?: string): Promise<boolean> {
  const long = new AbortController()
  try {
    const output = await engine.attach(bottle, long.signal, input)
    const said = firstWords(output)
    await engine.start(bottle)
    const words = await within(longestStart, said, undefined)
    if (words !== undefined && isStanding(words)) return words === isUp.withBash
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

function isStanding(line: string): boolean {
  return line === isUp.withBash || line === isUp.without
}

// All that it says until it is up, or ends; on one line.
async function firstWords(output: AsyncIterable<Buffer>): Promise<string> {
  const lines = lineSplitter()
  const said: string[] = []
  for await (const { data } of demultiplex(output)) {
    for (const line of lines.push(data)) {
      if (isStanding(line)) return line
      said.push(line)
    }
  }
  return [...said, ...lines.end()].join(' ').slice(0, longestWords)
}
