import { setTimeout as pause } from 'node:timers/promises'
import type { Internet } from '../hosts/internet.ts'
import { policyOf, type Raising, type RunningGate } from './raise.ts'
import { plain, tunnel } from './requests.ts'
import { fire, statusOf } from './send.ts'

/** What a measure may use: a gate with `policyOf()`, another one on demand, and the hosts. */
export interface Bench {
  readonly gate: RunningGate
  readonly internet: Internet
  raise(policy: string, more?: Partial<Raising>): Promise<RunningGate>
}

/** A thing that the gates may do differently: what it is, why it matters, and how to see which one a gate does. */
export interface Difference {
  readonly id: string
  readonly what: string
  readonly why: string
  /** Resolves with a few words, the same ones every time, for the table. */
  measure(bench: Bench): Promise<string>
}

const head = (line: string, ...fields: string[]) => `${[line, ...fields].join('\r\n')}\r\n\r\n`
const get = (url: string, ...fields: string[]) =>
  head(`GET ${url} HTTP/1.1`, 'Host: allowed.test', 'Connection: close', ...fields)
const status = async ({ gate }: Bench, bytes: string) =>
  String(statusOf(await fire({ host: gate.address, silence: 5000 }, [bytes])) || 'closed')

/** Sends one request; its status, and whether the allowed host saw it. */
async function seen(bench: Bench, bytes: string): Promise<string> {
  const requests = async () => (await bench.internet.hits('allowed.test')).filter(hit => hit.kind === 'request').length
  const before = await requests()
  const answered = await status(bench, bytes)
  // The listener's word takes a moment to get here.
  await pause(300)
  return `${answered}, ${(await requests()) > before ? 'forwarded' : 'not forwarded'}`
}

/** The differences that the contract suite measures on each gate that is present. */
export const differences: readonly Difference[] = [
  {
    id: 'no-server-name',
    what: 'TLS in a tunnel without a server name',
    why: 'without it nobody can tell whom the tunnel is for',
    measure: async ({ gate }) =>
      (await tunnel(gate.address, 'allowed.test:443', undefined)).includes('200 OK') ? 'carried' : 'closed',
  },
  {
    id: 'redirect',
    what: 'a plain HTTP redirect to a refused host',
    why: 'a client that follows it itself meets the allowlist there; git and pip over http see another final URL',
    measure: bench => status(bench, get('http://hostile.test/redirect')),
  },
  {
    id: 'websocket',
    what: 'a WebSocket upgrade over plain HTTP',
    why: 'use wss://, which is a tunnel',
    measure: bench =>
      seen(
        bench,
        get('http://allowed.test/ws', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13').replace(
          'Connection: close',
          'Connection: Upgrade',
        ),
      ),
  },
  {
    id: 'https-url',
    what: 'an https:// URL in absolute form',
    why: 'the gate would have to speak TLS for the client',
    measure: bench => status(bench, get('https://allowed.test/')),
  },
  {
    id: 'userinfo',
    what: 'a user name in the URL (allowed@refused)',
    why: 'it makes one host look like another',
    measure: bench => status(bench, get('http://allowed.test@evil.test/')),
  },
  {
    id: 'two-framings',
    what: 'a body with both Content-Length and Transfer-Encoding',
    why: 'what two readers frame differently hides a request',
    measure: bench =>
      seen(
        bench,
        `${head('POST http://allowed.test/f HTTP/1.1', 'Host: allowed.test', 'Connection: close', 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
      ),
  },
  {
    id: 'many-fields',
    what: 'a thousand header fields',
    why: 'each is searched for secrets',
    measure: bench => seen(bench, get('http://allowed.test/m', ...Array.from({ length: 1000 }, (_, i) => `X-${i}: y`))),
  },
  {
    id: 'itself',
    what: 'its own address, allowed by the policy',
    why: 'a plan never allows it, and closes it by `internal`; this is the second lock',
    measure: async ({ internet, raise }) => {
      const at = (await internet.address('allowed.test')).replace(/\d+$/, last => String((Number(last) & 0xf0) + 12))
      await using other = await raise(policyOf({ allowlist: [at] }), { at })
      const answer = await fire({ host: other.address, silence: 5000 }, [get(`http://${at}:8888/health`)])
      return answer.includes('healthy') ? 'answers' : String(statusOf(answer))
    },
  },
  {
    id: 'short-secret',
    what: 'a known secret of eight characters in a query',
    why: 'short secrets are found only by the gate that looks for them',
    measure: async ({ internet, raise }) => {
      const secret = `p${process.pid}-K7z!q`.slice(-8)
      await using other = await raise(policyOf(), { network: internet.network, secrets: [secret] })
      return String((await plain(other.address, `http://allowed.test/?q=${encodeURIComponent(secret)}`)).status)
    },
  },
  {
    id: 'clock',
    what: 'resolution of `time` in the log',
    why: 'for the order of events use the order of lines',
    measure: async ({ gate }) => (/\.\d{3}Z$/.test(String((await gate.lines())[0]?.time)) ? 'milliseconds' : 'seconds'),
  },
]
