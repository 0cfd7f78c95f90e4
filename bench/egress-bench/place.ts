import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseGateLine } from '../../src/gate/events.ts'
import type { Hit } from '../../test/support/hosts/internet.ts'
import type { Answer } from './client.ts'
import type { Sending } from './send.ts'

/** What a round of requests came to: what the client was told, what the listeners saw, what the gate logged. */
export interface Round {
  readonly answers: ReadonlyMap<string, Answer>
  /** The `x-case` tags of the requests that reached a listener. */
  readonly arrived: ReadonlySet<string>
  /** Connections at the listeners for hosts that are on no strict list. */
  readonly strangers: number
  /** The gate's blocks, oldest first; none without a gate. */
  readonly blocks: readonly { readonly scanner: string; readonly reason: string }[]
  /** What the gate calls itself. */
  readonly version: string
  /** Responses that the gate let through and warned of. */
  readonly warned: number
}

/** Makes a temporary workspace with the client and its requests; removed when it is disposed of. */
export async function makePlace({ listeners: { internet, each }, requests }: Sending) {
  const temp = mkdtempSync(join(tmpdir(), 'bottle-egress-'))
  const work = join(temp, 'work')
  mkdirSync(work)
  copyFileSync(join(import.meta.dirname, 'client.ts'), join(work, 'client.ts'))
  copyFileSync(internet.authority, join(work, 'ca.pem'))
  writeFileSync(join(work, 'package.json'), '{"type":"module"}')
  writeFileSync(join(work, 'requests.json'), JSON.stringify(requests))
  const hits = (): Promise<Hit[]>[] => each.map(name => internet.hits(name))
  const before = (await Promise.all(hits())).map(list => list.length)
  return {
    temp,
    work,
    go: () => writeFileSync(join(work, 'go'), ''),
    async seen() {
      const fresh = (await Promise.all(hits())).map((list, i) => list.slice(before[i]))
      const arrived = new Set(fresh.flat().flatMap(hit => hit.headers?.['x-case'] ?? []))
      const file = join(work, 'answers.jsonl')
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
      const answers = new Map(lines.map(line => JSON.parse(line) as Answer).map(answer => [answer.tag, answer]))
      return {
        answers,
        arrived,
        strangers: fresh
          .slice(1)
          .flat()
          .filter(hit => hit.kind === 'connection').length,
      }
    },
    async [Symbol.asyncDispose]() {
      rmSync(temp, { recursive: true, force: true })
    },
  }
}

/** What the evidence of the run in this folder says of the gate. */
export function evidenceOf(temp: string): Pick<Round, 'blocks' | 'version' | 'warned'> {
  const run = readdirSync(temp).find(name => /^bottle-[0-9a-f]{12}$/.test(name)) ?? ''
  const lines = (name: string) =>
    readFileSync(join(temp, run, 'evidence', name), 'utf8')
      .split('\n')
      .filter(Boolean)
  const events = lines('events.jsonl').map(parseGateLine)
  const startup = events.find(event => event?.type === 'startup')
  return {
    blocks: lines('blocked.jsonl').map(line => JSON.parse(line) as Round['blocks'][number]),
    version: startup?.type === 'startup' ? startup.version : '',
    warned: events.filter(event => event?.type === 'warning' && event.scanner === 'response_scan').length,
  }
}
