/** What kind of refusal a block is; `gate-error` (a name that did not resolve, an upstream that refused) is none. */
export type BlockKind = 'not-allowed' | 'secret' | 'heuristic' | 'private-address' | 'protocol' | 'rate'

/** What all events share. `at` is the gate's own time (RFC 3339). */
interface Common {
  readonly at: string
  readonly requestId: string
}

/** What secret a request carried, in the words of the gate, and where in the request it stood. Hostile text. */
export interface FoundSecret {
  readonly what: string
  /** `the host name`, `the URL`, `the body`, `the header NAME`, or `the request` where the gate does not say. */
  readonly where: string
}

/** One request that the gate refused. Host and method are what the bottle wrote: hostile text. */
export interface Block extends Common {
  readonly type: 'block'
  readonly host: string
  readonly port: number | undefined
  readonly method: string
  readonly kind: BlockKind
  readonly scanner: string
  readonly reason: string
  /** There for the kind `secret`. */
  readonly secret?: FoundSecret
  /** There when the spec says that it is meant to be blocked. */
  readonly expected?: true
}

/**
 * A TLS connection that a certificate kept from being: a client in the bottle refused the gate's, or the gate refused
 * the host's. Nothing was refused by policy, and nothing got through.
 */
export interface Distrust extends Common {
  readonly type: 'distrust'
  readonly host: string
  readonly by: 'client' | 'gate'
}

/** The fields of a line of the gate's log. */
export type Fields = Readonly<Record<string, unknown>>

/** One line of the gate's log, as far as anything after the gate cares. */
export type GateEvent =
  | { readonly type: 'startup'; readonly mode: string; readonly version: string; readonly configHash: string }
  | { readonly type: 'shutdown'; readonly reason: string }
  | (Common & {
      readonly type: 'allowed'
      readonly host: string
      readonly port: number | undefined
      readonly tunnel: boolean
    })
  | { readonly type: 'closed'; readonly requestId: string }
  | Block
  | (Common & { readonly type: 'warning'; readonly host: string; readonly scanner: string; readonly reason: string })
  | Distrust
  | (Common & {
      readonly type: 'gate-error'
      readonly host: string
      readonly port: number | undefined
      readonly reason: string
    })

// What Go's TLS says when a client would not have our certificate, measured: an alert about it (TLS 1.2), an alert that Go
// cannot decrypt (OpenSSL, TLS 1.3), or a client that just hangs up in the handshake (Node, Java).
const clientRefused =
  /^remote error: tls: .*certificate|^local error: tls: bad record MAC$|^context canceled$|EOF$|connection reset by peer$/
// What it says when its own check of a host's certificate failed.
const gateRefused = /\bx509: |tls: failed to verify certificate/

// Which scanner decides what (facts/pipelock §5.5).
const scanners: Readonly<Partial<Record<BlockKind, readonly string[]>>> = {
  'not-allowed': ['allowlist', 'blocklist'],
  secret: ['dlp', 'core_dlp', 'body_dlp', 'header_dlp', 'seed_phrase', 'redaction'],
  heuristic: ['entropy', 'subdomain_entropy', 'length', 'cross_request_entropy'],
  'private-address': ['ssrf', 'core_ssrf'],
  rate: ['ratelimit', 'databudget', 'budget'],
}
const kinds: ReadonlyMap<string, BlockKind> = new Map(
  Object.entries(scanners).flatMap(([kind, names]) => names.map(name => [name, kind as BlockKind] as const)),
)

/**
 * Reads one line of the gate's log, pipelock's or the built-in gate's (facts/pipelock §5.2), such as
 * `{"level":"warn","component":"pipelock","event":"blocked","method":"CONNECT","target":"evil.test:443",…}`.
 * Returns undefined for a line that is no JSON object and for events that nobody needs.
 */
export function parseGateLine(line: string): GateEvent | undefined {
  const fields = parseObject(line)
  return fields && eventOf(fields)
}

/**
 * The same of a line that was parsed before. `clean` is given each text that becomes part of the event, and no other: it
 * may hide something in it. `placeOf` may remember what `place` says.
 */
export function eventOf(fields: Fields, clean = (text: string) => text, placeOf = place): GateEvent | undefined {
  const text = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' && value !== '' ? clean(value) : ''
  }
  const event = fields.event
  if (event === 'tunnel_close') return { type: 'closed', requestId: text('request_id') }
  const target = targetOf(fields)
  const where = placeOf(target === '' ? '' : clean(target))
  if (event === 'tunnel_open' || event === 'forward_http' || event === 'allowed' || event === 'ws_open')
    return { type: 'allowed', ...commonOf(text), ...where, tunnel: event === 'tunnel_open' }
  const common = commonOf(text)
  const [scanner, reason] = [text('scanner'), text('reason')]
  switch (event) {
    case 'startup':
      return { type: 'startup', mode: text('mode'), version: text('version'), configHash: text('config_hash') }
    case 'shutdown':
      return { type: 'shutdown', reason }
    case 'blocked':
    case 'ws_blocked':
    case 'kill_switch_deny':
      if (scanner === 'tls_handshake_error' && clientRefused.test(reason))
        return { type: 'distrust', ...common, host: where.host, by: 'client' }
      // The name of an allowed host did not resolve: pipelock calls it SSRF, but nobody was refused anything.
      if (/^(core_)?ssrf$/.test(scanner) && /\b(lookup|no such host)\b/i.test(reason))
        return { type: 'gate-error', ...common, ...where, reason }
      return blockOf({ ...common, ...where, method: text('method'), scanner, reason, header: text('header') })
    case 'sni_mismatch':
      // A client that opens a tunnel and says nothing is noise (facts/pipelock §3.3), not an attempt.
      if (text('category') === 'timeout') return undefined
      return {
        type: 'block',
        ...common,
        ...where,
        port: where.port ?? 443,
        method: 'CONNECT',
        kind: 'protocol',
        scanner: 'sni',
        reason: `the TLS server name is ${text('sni_host') || 'missing'}, the tunnel is for ${where.host}`,
      }
    case 'body_dlp':
    case 'header_dlp':
      // With action `block` this line is all that pipelock 2.3 writes of the block; with `warn` nothing was refused.
      if (text('action') === 'block')
        return blockOf({
          ...common,
          ...where,
          method: text('method'),
          scanner: event,
          reason: patterns(fields, clean),
          header: text('header'),
        })
      return { type: 'warning', ...common, host: where.host, scanner: event, reason: patterns(fields, clean) }
    case 'anomaly':
      // All that pipelock 2.3 says of a tunnel it looks into: of what was allowed inside there is no line at all.
      if (scanner === 'tls_intercept') return { type: 'allowed', ...common, ...where, tunnel: true }
      return { type: 'warning', ...common, host: where.host, scanner: scanner || 'anomaly', reason }
    case 'response_scan':
      return { type: 'warning', ...common, host: where.host, scanner: scanner || event, reason }
    case 'error':
      // Said before as `tls_handshake_error`, or said of nearly every tunnel that was looked into (facts/pipelock §3.6).
      if (/^client TLS handshake: |use of closed network connection$/.test(text('error'))) return undefined
      if (where.host !== '' && gateRefused.test(text('error')))
        return { type: 'distrust', ...common, host: where.host, by: 'gate' }
      return { type: 'gate-error', ...common, ...where, reason: text('error') }
    default:
      return undefined
  }
}

function blockOf({ header, ...block }: Omit<Block, 'type' | 'kind' | 'secret'> & { readonly header: string }): Block {
  const kind = kindOf(block.scanner)
  return { type: 'block', ...block, kind, ...(kind === 'secret' ? { secret: secretOf(block, header) } : {}) }
}

// Both gates say what they found in the reason: `core DLP match: AWS Access ID (critical)`, `known secret leak detected
// (base64-encoded)`; of headers and bodies the reason is the names alone.
function secretOf(
  { scanner, reason, method }: Pick<Block, 'scanner' | 'reason' | 'method'>,
  header: string,
): FoundSecret {
  const named = /\bmatch: (.+?)(?: \([a-z]+\))?$/i.exec(reason)?.[1]
  const form = /^known secret leak detected(?: \((.+)\))?/i.exec(reason)
  const known = form && (form[1] ? `known secret (${form[1]})` : 'known secret')
  const places: Readonly<Record<string, string>> = {
    dlp: method === 'CONNECT' ? 'the host name' : 'the URL',
    core_dlp: method === 'CONNECT' ? 'the host name' : 'the URL',
    body_dlp: 'the body',
    header_dlp: header === '' ? 'a header' : `the header ${header.slice(0, 60).toLowerCase()}`,
  }
  return { what: (named ?? known ?? reason).slice(0, 200), where: places[scanner] ?? 'the request' }
}

function patterns(fields: Fields, clean: (text: string) => string): string {
  const names = Array.isArray(fields.patterns) ? fields.patterns.filter(one => typeof one === 'string') : []
  return [...new Set(names.map(clean))].slice(0, 5).join(', ') || 'secret found'
}

function kindOf(scanner: string): BlockKind {
  return kinds.get(scanner) ?? 'protocol'
}

function commonOf(text: (name: string) => string): Common {
  return { at: text('time'), requestId: text('request_id') }
}

/** The host that a line is about, as the gate wrote it; empty when it is about none. `placeOf` as above. */
export function hostOf(fields: Fields, placeOf = place): string {
  return placeOf(targetOf(fields)).host
}

function targetOf({ target, url, connect_host }: Fields): string {
  for (const one of [target, url, connect_host]) if (typeof one === 'string' && one !== '') return one
  return ''
}

/** Where a request went. */
export interface Place {
  readonly host: string
  readonly port: number | undefined
}

// What nearly every line has, in a tenth of the time that all there may be takes.
const usual = /^(?:([a-z\d.-]+):(\d+)$|(https?):\/\/([a-z\d.-]+)(?::(\d+))?(?:[/?#]|$))/

/** Reads `host:port`, a URL, or a bare host. */
export function place(text: string): Place {
  const [, host, port, scheme, named, numbered] = usual.exec(text) ?? []
  if (host !== undefined) return { host, port: Number(port) }
  if (named !== undefined) return { host: named, port: Number(numbered ?? (scheme === 'http' ? 80 : 443)) }
  const authority = /^([a-z]+):\/\/([^/?#]*)/i.exec(text)
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec((authority?.[2] ?? text).replace(/^.*@/, ''))
  const implied = authority?.[1]?.toLowerCase() === 'http' ? 80 : authority ? 443 : undefined
  return {
    host: (match?.[1] ?? text).replace(/^\[([^[\]]*)\]$/, '$1').toLowerCase(),
    port: match?.[2] ? Number(match[2]) : implied,
  }
}

/** Parses a JSON object; of duplicate keys the last one counts (pipelock writes `agent` twice on some lines). */
export function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(line)
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
