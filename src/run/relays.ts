import type { Engine } from '../docker/engine.ts'
import { lineSplitter } from '../docker/lines.ts'
import { demultiplex } from '../docker/output.ts'
import { BottleError } from '../errors.ts'
import { parseObject } from '../gate/events.ts'
import type { Plan } from '../plan/plan.ts'
import type { JoinedService } from '../plan/services.ts'
import { within } from './deadline.ts'

const longestStart = 60_000

/**
 * Raises the relays of a plan's services, all at once: each is created inside, joined to its service's network, and
 * started. Resolves when every one listens. Throws a BottleError with its own words for one that does not.
 */
export async function raiseRelays(engine: Engine, { services }: Plan, signal: AbortSignal): Promise<void> {
  await Promise.all(services.map(one => raiseRelay(engine, one, signal)))
}

async function raiseRelay(engine: Engine, service: JoinedService, signal: AbortSignal): Promise<void> {
  const long = new AbortController()
  try {
    const id = await engine.createContainer(service.relay.name, service.relay.body)
    await engine.connect(service.network, id, {})
    const output = await engine.attach(id, AbortSignal.any([signal, long.signal]))
    const listening = startupOf(output)
    listening.catch(() => {})
    await engine.start(id)
    const complaint = await within(longestStart, listening, `it did not listen after ${longestStart / 1000} s`)
    if (complaint === undefined) return
    throw new BottleError(
      `The relay of the service ${service.name} did not start: ${complaint || 'it said nothing'}.`,
      'Take the service out of `services` to run without it, and report this.',
    )
  } finally {
    long.abort()
  }
}

// Undefined when it listens; what it said instead when it ended.
async function startupOf(output: AsyncIterable<Buffer>): Promise<string | undefined> {
  const lines = lineSplitter()
  const said: string[] = []
  for await (const { data } of demultiplex(output)) {
    for (const line of lines.push(data)) {
      if (parseObject(line)?.event === 'relay_startup') return undefined
      said.push(line)
    }
  }
  return [...said, ...lines.end()].join(' ').slice(0, 500)
}
