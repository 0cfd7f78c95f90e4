import { randomBytes } from 'node:crypto'

/** Names one life of a bottle: twelve hex digits, unguessable enough that two runs never share names. */
export type RunId = string & { readonly brand: 'RunId' }

/** The parts of a run that exist in the engine. */
export type Role =
  | 'inside'
  | 'outside'
  | 'sidecar'
  | 'bottle'
  | 'probe'
  | 'config'
  | 'roots'
  | 'relay'
  | 'carrier'
  | 'carried'

const prefix = 'io.bottle.'

/** The label keys that every object of ours carries from its create call on; the engine is the registry. */
export const label = {
  run: `${prefix}run`,
  role: `${prefix}role`,
  owner: `${prefix}owner`,
  expires: `${prefix}expires`,
} as const

/** Mints a run id; nothing else does. */
export function mintRunId(): RunId {
  return randomBytes(6).toString('hex') as RunId
}

/** Takes a run id back from state or a label; throws on anything but twelve hex digits. */
export function parseRunId(text: string): RunId {
  if (!/^[0-9a-f]{12}$/.test(text)) throw new Error(`not a run id: ${JSON.stringify(text)}`)
  return text as RunId
}

/** The engine's name for one part of a run, such as `bottle-0f3a…-sidecar`; `number` tells apart what a run has several of. */
export function nameOf(runId: RunId, role: Role, number?: number): string {
  return ['bottle', runId, role, ...(number === undefined ? [] : [number])].join('-')
}

/** Who a run belongs to and until when, as labels for a create call. `expires` is in epoch milliseconds. */
export function labelsOf(run: { runId: RunId; owner: string; expires: number }, role: Role): Record<string, string> {
  return {
    [label.run]: run.runId,
    [label.role]: role,
    [label.owner]: run.owner,
    [label.expires]: String(Math.ceil(run.expires / 1000)),
  }
}
