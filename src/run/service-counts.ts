import type { Engine } from '../docker/engine.ts'
import { lineSplitter } from '../docker/lines.ts'
import { demultiplex } from '../docker/output.ts'
import type { ServiceUse } from '../evidence/summary.ts'
import { parseObject } from '../gate/events.ts'
import { nameOf, type RunId } from '../plan/names.ts'
import type { Plan } from '../plan/plan.ts'
import { within } from './deadline.ts'

const longestGoodbye = 3000
const longestCopy = 5000

/** Of the services that a plan joins, what is known before anybody has asked their relays. */
export function joinedServices({ services }: Pick<Plan, 'services'>): ServiceUse[] {
  return services.map(({ name, ports }) => ({ name, ports }))
}

/**
 * Ends the relays of a run and reads from their logs, which the engine keeps, what went through them. A relay that is
 * gone, or does not answer in time, leaves its service without counts. Never throws.
 */
export async function countServices(engine: Engine, runId: RunId, plan: Pick<Plan, 'services'>): Promise<ServiceUse[]> {
  return Promise.all(
    joinedServices(plan).map(async (service, index) => {
      const name = nameOf(runId, 'relay', index + 1)
      const use = await countsOf(engine, name).catch(() => undefined)
      return use ? { ...service, use } : service
    }),
  )
}

async function countsOf(engine: Engine, relay: string): Promise<ServiceUse['use']> {
  const late = AbortSignal.timeout(longestGoodbye + longestCopy)
  const gone = engine.wait(relay, late).catch(() => undefined)
  const asked = engine.kill(relay, 'SIGTERM').catch(() => undefined)
  await within(longestGoodbye, Promise.all([asked, gone]), undefined)
  const lines = lineSplitter()
  let last: ServiceUse['use']
  const take = (line: string) => {
    last = useOf(line) ?? last
  }
  const log = await within(longestCopy, engine.followLogs(relay, late), undefined)
  if (!log) return undefined
  for await (const { stream, data } of demultiplex(log)) if (stream === 'stdout') lines.push(data).forEach(take)
  lines.end().forEach(take)
  return last
}

function useOf(line: string): ServiceUse['use'] {
  const fields = parseObject(line)
  const { event, connections, failed, sent, received } = fields ?? {}
  if (event !== 'relay_counts' && event !== 'relay_end' && event !== 'relay_startup') return undefined
  const number = (value: unknown) => (typeof value === 'number' ? value : 0)
  return {
    connections: number(connections),
    failed: number(failed),
    sent: number(sent),
    received: number(received),
    whole: event === 'relay_end',
  }
}
