import type { IncomingMessage, ServerResponse } from 'node:http'
import { admit } from './admit.ts'
import { readBody } from './body.ts'
import { endWith } from './closing.ts'
import { type Exchange, logFound, refuse } from './exchange.ts'
import type { Room } from './gate.ts'
import { gather } from './gather.ts'
import type { Refusal } from './judge.ts'
import { relay } from './relay.ts'
import type { Way } from './way.ts'

// Decoding and searching takes several times a body's size: above this, one after the other.
const large = 1024 * 1024

/** Makes the handler of HTTP requests that come in one way: judge everything, the whole body too, before a byte goes out. */
export function createForwarder(
  room: Room,
  way: Way,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const admitted = await admit(room, way, request)
    const { exchange } = admitted
    if ('refusal' in admitted) return reply(exchange, admitted.refusal)
    const { max_body_bytes: longest } = room.config.request_body_scanning
    const carrier = way.carry(request, admitted.target)
    if ('scanner' in carrier) return reply(exchange, carrier)
    const { most, seen } = way.bodyLimits(longest)
    const gathered = await gather(request, most, room.bodies)
    if ('refusal' in gathered) return reply(exchange, gathered.refusal)
    try {
      const secret = gathered.raw.length > seen ? undefined : await judgeBody(exchange, gathered.raw)
      if (secret) return reply(exchange, secret)
      await relay(exchange, response, admitted.target, gathered.raw, carrier)
    } finally {
      gathered.release()
    }
  }
}

/** Looks for secrets in a body; with action `warn` it only takes note. Large bodies are looked into one at a time. */
async function judgeBody(exchange: Exchange, raw: Buffer): Promise<Refusal | undefined> {
  const { room, request } = exchange
  const { max_body_bytes: longest, action } = room.config.request_body_scanning
  const look = async (): Promise<Refusal | undefined> => {
    const body = await readBody(request, raw, longest)
    if ('refusal' in body) return body.refusal
    for (const text of body.texts) {
      const finding = await room.detect(text)
      if (!finding) continue
      return { scanner: 'body_dlp', reason: finding.reason, status: 403, found: { patterns: [finding.name] } }
    }
    return undefined
  }
  const refusal = await (raw.length > large ? room.inTurn(look) : look())
  if (!refusal?.found || action === 'block') return refusal
  logFound(exchange, refusal.scanner, refusal.found, 'warn')
  return undefined
}

function reply(exchange: Exchange, refusal: Refusal): void {
  // The body may still be arriving: answer at once and end, as the raw text says.
  exchange.request.resume()
  endWith(exchange.socket, refuse(exchange, refusal, 'blocked: '))
}
