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
