import type { Block, BlockKind, Distrust, FoundSecret, GateEvent } from '../gate/events.ts'
import type { BlockGroup, DistrustGroup, Tally } from './summary.ts'
import { openTimeline } from './timeline.ts'

// Beyond this many different groups blocks are still counted, exactly, but no longer told apart.
const mostGroups = 2000
// Different secrets that are told of one group.
const mostSecrets = 5
// Tunnels that are open at once; the gate itself allows 1024.
const mostOpen = 4096

/** Counts gate events as they come, in bounded memory. */
export function openTally(): { add(event: GateEvent): void; result(): Tally } {
  const counts = { allowed: 0, blocked: 0, dlp: 0, expected: 0, warnings: 0, gateErrors: 0, ungrouped: 0 }
  const byKind: Partial<Record<BlockKind, number>> = {}
  const groups = new Map<string, Growing>()
  const reached = new Map<string, { host: string; count: number }>()
  // When each was opened.
  const open = new Map<string, string>()
  const timeline = openTimeline()
  const distrust = new Map<string, DistrustGroup>()
  let gateVersion: string | undefined
  let shutdownSeen = false
  const notAllowedAfterAll = (requestId: string) => {
    const at = open.get(requestId)
    if (at === undefined) return
    open.delete(requestId)
    counts.allowed -= 1
    timeline.take('allowed', at)
  }
  const block = (event: Block) => {
    // A tunnel whose first bytes were refused was logged as opened before: it is one block and not also one allowed.
    notAllowedAfterAll(event.requestId)
    counts.blocked += 1
    timeline.add('blocked', event.at)
    if (event.kind === 'secret') {
      counts.dlp += 1
      timeline.add('dlp', event.at)
    }
    if (event.expected) counts.expected += 1
    byKind[event.kind] = (byKind[event.kind] ?? 0) + 1
    const key = `${event.host} ${event.port} ${event.method} ${event.kind}`
    const group = groups.get(key)
    if (!group && groups.size >= mostGroups) counts.ungrouped += 1
    else if (group) repeat(group, event)
    else groups.set(key, groupOf(event))
  }
  const distrusted = ({ host, by, requestId }: Distrust) => {
    notAllowedAfterAll(requestId)
    counts.gateErrors += 1
    const key = `${by} ${host}`
    const times = distrust.get(key)?.count
    if (times !== undefined || distrust.size < mostGroups) distrust.set(key, { host, by, count: (times ?? 0) + 1 })
  }
  return {
    add(event) {
      if (event.type === 'block') block(event)
      else if (event.type === 'allowed') {
        counts.allowed += 1
        timeline.add('allowed', event.at)
        const before = reached.get(event.host)
        if (before) before.count += 1
        else if (reached.size < mostGroups) reached.set(event.host, { host: event.host, count: 1 })
        if (event.tunnel && open.size < mostOpen) open.set(event.requestId, event.at)
      } else if (event.type === 'closed') open.delete(event.requestId)
      else if (event.type === 'warning') counts.warnings += 1
      else if (event.type === 'gate-error') counts.gateErrors += 1
      else if (event.type === 'distrust') distrusted(event)
      else if (event.type === 'startup') gateVersion = event.version
      else shutdownSeen = true
    },
    result: () => ({
      ...counts,
      unreadable: 0,
      byKind,
      groups: [...groups.values()].sort((a, b) => b.count - a.count || a.host.localeCompare(b.host)),
      reached: [...reached.values()]
        .map(one => ({ ...one }))
        .sort((a, b) => b.count - a.count || a.host.localeCompare(b.host)),
      distrust: [...distrust.values()].sort((a, b) => b.count - a.count || a.host.localeCompare(b.host)),
      timeline: timeline.result(),
      startupSeen: gateVersion !== undefined,
      gateVersion,
      shutdownSeen,
    }),
  }
}

type Growing = { -readonly [Name in keyof BlockGroup]: BlockGroup[Name] }

function groupOf({ host, port, method, kind, reason, secret, expected, at }: Block): Growing {
  const more = { ...(secret ? { secrets: [wordsOf(secret)] } : {}), ...(expected ? { expected } : {}) }
  return { host, port, method, kind, reason, ...more, count: 1, first: at, last: at }
}

function repeat(group: Growing, { at, secret }: Block): void {
  group.count += 1
  group.last = at
  const [words, told = []] = [secret && wordsOf(secret), group.secrets]
  if (words !== undefined && told.length < mostSecrets && !told.includes(words)) group.secrets = [...told, words]
}

function wordsOf({ what, where }: FoundSecret): string {
  return `${what} in ${where}`
}
