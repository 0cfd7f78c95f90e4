import { setTimeout as pause } from 'node:timers/promises'
import type { Internet } from '../hosts/internet.ts'
import type { Raising, RunningGate } from './raise.ts'
import { fire, statusOf } from './send.ts'

/** What a measure may use: a gate with `policyOf()`, another one on demand, and the hosts. */
export interface Bench {
  readonly gate: RunningGate
  readonly internet: Internet
  raise(policy: string, more?: Partial<Raising>): Promise<RunningGate>
  /** Whether the gate's program takes a configuration. */
  check(policy: string): Promise<boolean>
}

/** A thing that the gates may do differently: what it is, why it matters, and how to see what a gate does. */
export interface Difference {
  readonly id: string
  readonly what: string
  readonly why: string
  /** Resolves with a few words, the same ones every time, for the table. */
  measure(bench: Bench): Promise<string>
}

/** A request's head, from its lines. */
export const head = (line: string, ...fields: string[]) => `${[line, ...fields].join('\r\n')}\r\n\r\n`
/** A GET to an absolute URL that ends its connection. */
export const get = (url: string, ...fields: string[]) =>
  head(`GET ${url} HTTP/1.1`, 'Host: allowed.test', 'Connection: close', ...fields)
/** Sends bytes to the gate; the status of its answer, or `closed`. */
export const status = async ({ gate }: Pick<Bench, 'gate'>, bytes: string) =>
  String(statusOf(await fire({ host: gate.address, silence: 5000 }, [bytes])) || 'closed')

/** Sends one request, its own way or as it is; the status, and whether the allowed host saw it. */
export async function seen(bench: Bench, bytes: string, send = status): Promise<string> {
  const requests = async () => (await bench.internet.hits('allowed.test')).filter(hit => hit.kind === 'request').length
  const before = await requests()
  const answered = await send(bench, bytes)
  // The listener's word takes a moment to get here.
  await pause(300)
  return `${answered}, ${(await requests()) > before ? 'forwarded' : 'not forwarded'}`
}
