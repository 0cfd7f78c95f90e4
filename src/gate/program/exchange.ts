import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Finding } from './detect.ts'
import type { Room } from './gate.ts'
import type { Found, Refusal } from './judge.ts'
import { techniques } from './log.ts'

/** One request on its way through the gate, and how it is named in the log: `target` for CONNECT, else `url`. */
export interface Exchange {
  readonly room: Room
  readonly id: string
  readonly request: IncomingMessage
  readonly socket: Socket
  readonly where: { readonly target: string } | { readonly url: string }
}

/** The fields that every log line about a request has. */
export function factsOf({ room, id, request, socket, where }: Exchange) {
  return {
    method: request.method,
    ...where,
    client_ip: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    request_id: id,
    agent: room.config.default_agent_identity,
  }
}

/**
 * Logs a block and returns the raw answer for the client; the log comes first. Learn mode is the caller's business:
 * what comes here is refused.
 */
export function refuse(exchange: Exchange, refusal: Refusal, prefix: 'blocked: ' | 'CONNECT blocked: '): string {
  const { scanner, reason, status, found } = refusal
  if (found) logFound(exchange, scanner, found, 'block')
  else
    exchange.room.log('warn', 'blocked', {
      ...factsOf(exchange),
      scanner,
      reason,
      mitre_technique: techniques[scanner],
    })
  return answer(status, `${prefix}${reason}`)
}

/** Logs what was found in a header or a body: the event has the scanner's name, and says whether the request went on. */
export function logFound(exchange: Exchange, scanner: string, found: Found, action: 'block' | 'warn'): void {
  exchange.room.log('warn', scanner, {
    ...factsOf(exchange),
    header: found.header,
    action,
    match_count: scanner === 'body_dlp' ? found.patterns.length : undefined,
    patterns: found.patterns,
    mitre_technique: techniques[scanner],
  })
}

const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  429: 'Too Many Requests',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}

/** A whole plain-text answer that ends the connection. */
export function answer(status: number, text: string): string {
  const body = `${text.replace(/[^\x20-\x7e]/g, '?')}\n`
  return [
    `HTTP/1.1 ${status} ${phrases[status] ?? 'Refused'}`,
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

/** The texts in headers (raw, as Node has them) that may carry a secret: names and values, and repeated values joined. */
export function headerText(rawHeaders: readonly string[]): string {
  const lines: string[] = []
  const byName = new Map<string, string[]>()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = [rawHeaders[i], rawHeaders[i + 1]]
    if (/^(host|connection|proxy-connection|content-length)$/i.test(name)) continue
    lines.push(`${name}: ${value}`)
    byName.set(name.toLowerCase(), [...(byName.get(name.toLowerCase()) ?? []), value])
  }
  const joined = [...byName.values()].filter(values => values.length > 1).map(values => values.join(''))
  // A secret cut in two may travel in neighbouring headers of different names.
  const run = rawHeaders.filter((_, i) => i % 2 === 1).join('')
  return [...lines, ...joined, run].join('\n')
}

/** Where among headers (raw) something was found: the refusal. It names the first header that holds it alone. */
export async function refuseHeaders(room: Room, raw: readonly string[], finding: Finding): Promise<Refusal> {
  let header: string | undefined
  for (let i = 0; header === undefined && i + 1 < raw.length; i += 2)
    if (await room.detect(`${raw[i]}: ${raw[i + 1]}`)) header = raw[i]
  const found = { patterns: [finding.name], header: header && (await room.detect(header)) ? '[redacted]' : header }
  return { scanner: 'header_dlp', reason: finding.reason, status: 403, found }
}
