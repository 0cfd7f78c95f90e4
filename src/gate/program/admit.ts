import type { IncomingMessage } from 'node:http'
import { type Exchange, factsOf, headerText, refuseHeaders } from './exchange.ts'
import { whyAmbiguous } from './framing.ts'
import type { Room } from './gate.ts'
import type { Refusal } from './judge.ts'
import { hostText, queryText } from './url-text.ts'
import type { Target, Way } from './way.ts'

/** A request that may go on, to the one address that was judged. Its body has not been looked at yet. */
export interface Admitted {
  readonly exchange: Exchange
  readonly target: Target & { readonly address: string }
}

/** Judges all of an HTTP request but its body: its shape, name, path, headers, rate, and address. */
export async function admit(
  room: Room,
  way: Way,
  request: IncomingMessage,
): Promise<Admitted | { exchange: Exchange; refusal: Refusal }> {
  const { socket } = request
  const target = way.target(request)
  const shape = typeof target === 'string' ? target : whyAmbiguous(request)
  if (typeof target === 'string' || shape !== undefined) {
    const exchange: Exchange = { room, id: room.nextId(), request, socket, where: { url: way.unclear(request) } }
    return { exchange, refusal: { scanner: 'parser', reason: shape ?? '', status: 400 } }
  }
  const found = await findings(room, target, way.seen(request, target))
  const shown = found.host ? '[redacted]' : target.authority
  const path = found.host || found.path ? '/[redacted]' : target.path.replace(/[?#].*$/, '')
  const where = { url: `${way.scheme}://${shown}${path}` }
  const exchange: Exchange = { room, id: room.nextId(), request, socket, where }
  const refusal = judge(room, target, found, exchange)
  if (refusal) return { exchange, refusal }
  const judged = await room.judge.byAddress(target.destination)
  if ('scanner' in judged) return { exchange, refusal: judged }
  return { exchange, target: { ...target, address: judged.address } }
}

interface Findings {
  readonly host: string | undefined
  readonly path: string | undefined
  readonly headers: Refusal | undefined
}

async function findings(room: Room, target: Target, seen: readonly string[]): Promise<Findings> {
  const [host, path, headers] = await Promise.all([
    room.detect(hostText(target.authority)),
    room.detect(queryText(target.path)),
    room.detect(headerText(seen)),
  ])
  return { host: host?.reason, path: path?.reason, headers: headers && (await refuseHeaders(room, seen, headers)) }
}

function judge(room: Room, target: Target, found: Findings, exchange: Exchange): Refusal | undefined {
  const { host } = target.destination
  const { max_url_length: longest } = room.config.fetch_proxy.monitoring
  const byName = room.judge.byName(target.destination)
  if (byName?.scanner === 'allowlist' && !room.config.enforce) {
    room.log('warn', 'anomaly', { ...factsOf(exchange), scanner: byName.scanner, reason: byName.reason, score: 1 })
  } else if (byName) {
    return found.host ? { ...byName, reason: byName.reason.replace(host, '[redacted]') } : byName
  }
  const inUrl = found.host ?? found.path
  if (inUrl) return { scanner: 'dlp', reason: inUrl, status: 403 }
  if (found.headers) return found.headers
  if (target.path.length > longest) return { scanner: 'length', reason: `URL longer than ${longest}`, status: 403 }
  if (room.rate.tooMany(host)) return { scanner: 'ratelimit', reason: `too many requests to ${host}`, status: 429 }
  return undefined
}
