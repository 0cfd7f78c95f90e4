import type { BlockGroup } from '../evidence/summary.ts'
import type { BlockKind } from '../gate/events.ts'

/** What each kind of block is called in front of people. */
export const kindWords: Readonly<Record<BlockKind, string>> = {
  'not-allowed': 'not allowed',
  secret: 'carried a secret',
  heuristic: 'looked like data on its way out',
  'private-address': 'led to a private address',
  protocol: 'broke the protocol',
  rate: 'too many requests',
}

/** The kinds, what to look at first of all in front. */
export const kindOrder: readonly BlockKind[] = [
  'secret',
  'private-address',
  'heuristic',
  'protocol',
  'not-allowed',
  'rate',
]

/** What to do about a block of each kind. */
export const kindHelp: Readonly<Record<BlockKind, string>> = {
  secret: 'Find out who sent it, and replace the secret if it went elsewhere too.',
  'private-address': 'If the agent is to reach it, name the host under egress.trusted.',
  heuristic: 'Look at what the host name or address carries before allowing it.',
  protocol: 'The request or its TLS server name is not what the gate lets through.',
  'not-allowed': 'If the agent needs the host, add it to egress.allowlist.',
  rate: 'The agent asked for too much in too little time.',
}

/** Why a group was blocked, with the secrets that were found and where. Hostile text. */
export function whyOf({ kind, secrets = [] }: Pick<BlockGroup, 'kind' | 'secrets'>): string {
  return secrets.length === 0 ? kindWords[kind] : `${kindWords[kind]} (${secrets.join('; ')})`
}

/** Orders groups by what to look at first: by kind, then the most. */
export function worstFirst(a: BlockGroup, b: BlockGroup): number {
  return kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || b.count - a.count || (a.host < b.host ? -1 : 1)
}
