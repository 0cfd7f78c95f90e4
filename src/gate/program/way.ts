import { Agent, type ClientRequest, type IncomingMessage, type RequestOptions, request } from 'node:http'
import type { Transform } from 'node:stream'
import type { Destination } from './destination.ts'
import type { Refusal } from './judge.ts'

/** Where a request wants to go, in one spelling. `path` begins with a slash and holds the query. */
export interface Target {
  readonly authority: string
  readonly path: string
  readonly destination: Destination
}

/** A header: its name and its value. */
export type Pair = readonly [string, string]

/** How one request is sent on and its answer comes back. */
export interface Carrier {
  open(options: RequestOptions): ClientRequest
  /** The request's headers (raw, as Node has them) as they go out. */
  readonly headers: readonly string[]
  /** What is to be done to the answer: to its headers, and to its body; a refusal when it cannot be shown. */
  back(incoming: IncomingMessage, headers: readonly Pair[]): { headers: readonly Pair[]; through: readonly Transform[] }
}

/** How requests of one kind come in and go out: in the clear, or in a tunnel that the gate opened. */
export interface Way {
  readonly scheme: 'http' | 'https'
  /** Where a request goes, or what is wrong with it. */
  target(request: IncomingMessage): Target | string
  /** How the log names a request that has no target. */
  unclear(request: IncomingMessage): string
  /** The headers (raw) that are looked through for secrets. */
  seen(request: IncomingMessage, target: Target): readonly string[]
  /** How it is sent on, or why it is not. */
  carry(request: IncomingMessage, target: Target): Carrier | Refusal
  /** The most bytes of a body, and the most that are looked through; what lies between goes unseen. */
  bodyLimits(configured: number): { readonly most: number; readonly seen: number }
}

/** Plain HTTP: in absolute form, or in a tunnel whose client speaks in the clear; a request is carried as it came. */
export function plainWay({ target, unclear }: Pick<Way, 'target' | 'unclear'>): Way {
  const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 32, timeout: 30_000 })
  return {
    scheme: 'http',
    target,
    unclear,
    seen: ({ rawHeaders }) => rawHeaders,
    carry: ({ rawHeaders }) => ({
      open: options => request({ ...options, agent }),
      headers: rawHeaders,
      back: (_, headers) => ({ headers, through: [] }),
    }),
    bodyLimits: configured => ({ most: configured, seen: configured }),
  }
}
