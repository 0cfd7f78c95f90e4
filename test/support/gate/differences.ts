import { gzipSync } from 'node:zlib'
import { ofDestinations } from './destinations.ts'
import { whenFlooded } from './flooded.ts'
import { type Bench, type Difference, get, head, seen, status } from './measuring.ts'
import { policyOf } from './raise.ts'
import { form, plain, tunnel } from './requests.ts'
import { fire, fireInTunnel, statusOf } from './send.ts'
import { tokenMakers } from './token-makers.ts'

const inClear = (path: string) => head(`GET ${path} HTTP/1.1`, 'Host: allowed.test', 'Connection: close')
const statusInTunnel = async ({ gate }: Pick<Bench, 'gate'>, bytes: string) => {
  const said = await fireInTunnel({ host: gate.address, target: 'allowed.test:80', patience: 1000 }, [bytes])
  return String(statusOf(said) || 'closed')
}
const token = () => tokenMakers.find(one => one.name === 'GitHub classic')?.make() ?? ''

/** What the suite measures on each gate that is present; what comes out the same is a row of its own table. */
export const differences: readonly Difference[] = [
  ...ofDestinations,
  {
    id: 'no-server-name',
    what: 'TLS in a tunnel without a server name',
    why: 'without it nobody can tell whom the tunnel is for',
    measure: async ({ gate }) =>
      (await tunnel(gate.address, 'allowed.test:443', undefined)).includes('200 OK') ? 'carried' : 'closed',
  },
  {
    id: 'clear-secret',
    what: 'a token in plain HTTP inside a tunnel',
    why: "Node's fetch and WebSocket, and `curl --proxytunnel`, send http:// and ws:// so",
    measure: bench => seen(bench, inClear(`/clear?t=${token()}`), statusInTunnel),
  },
  {
    id: 'clear-host',
    what: 'another Host in plain HTTP inside a tunnel',
    why: 'one address may stand for many hosts (domain fronting)',
    measure: bench => seen(bench, inClear('/clear').replace('Host: allowed.test', 'Host: evil.test'), statusInTunnel),
  },
  {
    id: 'clear-other',
    what: 'what is neither TLS, ssh nor HTTP in a tunnel',
    why: 'it would leave unread',
    measure: async ({ gate }) => {
      const before = (await gate.lines()).length
      await fireInTunnel({ host: gate.address, target: 'allowed.test:80' }, ['AUTH some words\r\n'])
      const opened = (await gate.lines()).slice(before).some(line => line.event === 'tunnel_open')
      return opened ? 'carried' : 'refused'
    },
  },
  {
    id: 'compressed',
    what: 'a gzip body, without and with a token',
    why: 'what cannot be looked into is not sent',
    measure: async ({ gate }) => {
      const send = async (text: string) => {
        const more = { 'content-encoding': 'gzip', 'content-type': 'text/plain' }
        return (await plain(gate.address, 'http://allowed.test/z', form(gzipSync(text), more))).status
      }
      return `${await send('a plain text')}; ${await send(token())}`
    },
  },
  {
    id: 'largest-body',
    what: 'a plain HTTP body of 5 MiB and a byte',
    why: 'bodies are looked into whole: use TLS for large ones',
    measure: ({ gate }) => {
      const long = 5 * 1024 * 1024 + 1
      const line = head('POST http://allowed.test/l HTTP/1.1', 'Host: allowed.test', `Content-Length: ${long}`)
      const pieces = [line, Buffer.alloc(long, 'text of a body, ')]
      return fire({ host: gate.address, silence: 10_000 }, pieces).then(said => String(statusOf(said) || 'closed'))
    },
  },
  {
    id: 'scans-answers',
    what: 'a policy that blocks on what answers hold',
    why: 'Bottle asks neither gate for more than a warning',
    measure: async ({ check }) => {
      const policy = policyOf().replace(/(response_scanning:\n +enabled: true\n +action: )warn/, '$1block')
      if (policy === policyOf()) throw new Error('the policy has no response_scanning to bend')
      return (await check(policy)) ? 'taken' : 'refused by name'
    },
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
  ...whenFlooded,
]
