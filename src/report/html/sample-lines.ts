import type { BlockGroup } from '../../evidence/summary.ts'
import { parseGateLine } from '../../gate/events.ts'

/** The most lines that are shown of a group, and of a line. */
const mostLines = 3
const longestLine = 1500
// All lines together, in characters: what a person may still want to open, and a browser parses in no time.
const mostText = 2_000_000
// How far a log is read for lines that never come.
const longestSearch = 64 * 1024 * 1024

/** What tells one group of blocks from another. */
export function groupKey({ host, port, method, kind }: Pick<BlockGroup, 'host' | 'port' | 'method' | 'kind'>): string {
  return JSON.stringify([host, port ?? null, method, kind])
}

/**
 * The first few lines of each group of blocks, out of the lines of `events.jsonl` (redacted already). Reads no further
 * than it has to, and a bounded way in any case.
 */
export async function sampleLines(
  lines: Iterable<string> | AsyncIterable<string>,
  groups: readonly BlockGroup[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>(groups.map(group => [groupKey(group), []]))
  let missing = groups.reduce((sum, { count }) => sum + Math.min(count, mostLines), 0)
  let [kept, read] = [0, 0]
  for await (const line of lines) {
    read += line.length
    if (missing === 0 || kept > mostText || read > longestSearch) break
    const event = parseGateLine(line)
    const list = event?.type === 'block' ? found.get(groupKey(event)) : undefined
    if (!list || list.length >= mostLines) continue
    const text = line.length > longestLine ? `${line.slice(0, longestLine)}…` : line
    list.push(text)
    kept += text.length
    missing -= 1
  }
  return found
}
