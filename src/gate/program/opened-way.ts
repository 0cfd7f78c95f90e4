import type { IncomingMessage } from 'node:http'
import { Agent, request as open } from 'node:https'
import type { Transform } from 'node:stream'
import { rootCertificates } from 'node:tls'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { echoes, withCredentials, withoutPlaceholders } from './credentials.ts'
import type { Destination } from './destination.ts'
import type { Injections } from './injections.ts'
import { replaced, replacing } from './replacing.ts'
import type { Pair, Target, Way } from './way.ts'

// A push or a picture is large, and in a tunnel nobody opens it would go unseen as well: looking through three megabytes
// of random bytes takes ten seconds and more.
const limits = { most: 20 * 1024 * 1024, seen: 1024 * 1024 }

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

/**
 * HTTPS in a tunnel that the gate opened: the destination is the tunnel's (`tunnelOf`), the host's credentials join the
 * headers, and the answer comes back without them. Node checks the host's certificate against the public authorities
 * and `upstreamCa`.
 */
export function openedWay(
  { credentials, upstreamCa }: Injections,
  tunnelOf: (request: IncomingMessage) => Destination,
): Way {
  const ca = upstreamCa === undefined ? {} : { ca: [...rootCertificates, upstreamCa] }
  const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 32, timeout: 30_000, ...ca })
  // Of every credential: a host may know another's.
  const hidden = echoes(credentials)
  const of = (host: string) => credentials.filter(one => one.host === host)
  return {
    scheme: 'https',
    target: request => targetOf(request, tunnelOf(request)),
    unclear: request => `https://${tunnelOf(request).host}:${tunnelOf(request).port}/[malformed]`,
    seen: ({ rawHeaders }, { destination }) => withoutPlaceholders(rawHeaders, of(destination.host)),
    carry(request, { destination: { host } }) {
      const headers = withCredentials(request, request.rawHeaders, of(host))
      if ('scanner' in headers) return headers
      return {
        open: options => open({ ...options, agent, servername: host }),
        headers: legible(headers),
        back: (incoming, pairs) => back(incoming, pairs, hidden),
      }
    },
    bodyLimits: configured => ({ most: limits.most, seen: Math.min(configured, limits.seen) }),
  }
}

// In origin form, and for the host of the tunnel: another Host would be another site on the same server.
function targetOf({ url = '', headers }: IncomingMessage, destination: Destination): Target | string {
  const { host, port } = destination
  if (!/^\/[\x21-\x7e]*$/.test(url)) return 'not a path in a tunnel'
  const named = (headers.host ?? '').toLowerCase()
  if (named !== host && named !== `${host}:${port}`) return `the Host header is not that of the tunnel for ${host}`
  return { authority: port === 443 ? host : `${host}:${port}`, path: url, destination }
}

// The answer must be one that can be looked through.
function legible(raw: readonly string[]): string[] {
  const pairs = raw.flatMap((name, i) =>
    i % 2 === 0 && !/^accept-encoding$/i.test(name) ? [name, raw[i + 1] ?? ''] : [],
  )
  return [...pairs, 'Accept-Encoding', 'identity']
}

function back(incoming: IncomingMessage, pairs: readonly Pair[], hidden: ReturnType<typeof echoes>) {
  const codings = (incoming.headers['content-encoding'] ?? '')
    .split(',')
    .map(one => one.trim().toLowerCase())
    .filter(one => one !== '' && one !== 'identity')
  const unpack = codings.reverse().map(one => {
    if (!Object.hasOwn(decoders, one)) throw new Error(`the answer has the content-encoding ${one.slice(0, 20)}`)
    return (decoders[one] as () => Transform)()
  })
  const kept = unpack.length > 0 ? pairs.filter(([name]) => !/^content-(encoding|length)$/i.test(name)) : pairs
  return {
    headers: kept.map(([name, value]) => [name, replaced(value, hidden)] as const),
    through: [...unpack, replacing(hidden)],
  }
}
