import type { PresentGate } from '../gates.ts'

/** One client of an agent, as the suite runs it in a bottle and as `docs/protocols.md` tells of it. */
export interface ClientCase {
  /** Also the name of its script in the bottle; `slow-` first for one that mostly waits. */
  readonly id: string
  /** What the documentation calls it. */
  readonly client: string
  /** Shell, run in a folder of its own: `$HOST` is whom to ask, `$HERE` the folder with the clients' programs. */
  readonly run: string
  /** The beginning of the path under which the host sees it, when it gets there. */
  readonly path: string
  /** Whether it gets there with what Bottle sets and nothing else; by gate where they differ. */
  readonly works: boolean | Readonly<Record<PresentGate['name'], boolean>>
  /** Whether the host sees it although it fails, where that is so. */
  readonly arrives?: Readonly<Record<PresentGate['name'], boolean>>
  /** What the documentation adds: what makes it work, or why it cannot. */
  readonly remark: string
}

/** Whether a case is expected to work through the gate of this name. */
export function worksThrough({ works }: ClientCase, gate: PresentGate['name']): boolean {
  return typeof works === 'boolean' ? works : works[gate]
}

/** Whether the host is expected to see the case through the gate of this name. */
export function arrivesThrough(one: ClientCase, gate: PresentGate['name']): boolean {
  return one.arrives?.[gate] ?? worksThrough(one, gate)
}

/** A case that works everywhere. */
export function works(id: string, client: string, path: string, run: string, remark = ''): ClientCase {
  return { id, client, path, run, works: true, remark }
}

/** A case that works nowhere, and why. */
export function fails(id: string, client: string, path: string, run: string, remark: string): ClientCase {
  return { id, client, path, run, works: false, remark }
}
