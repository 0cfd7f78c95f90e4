/** An event of the gate's log: its level, the fields its lines must have beside the common ones, and what it means. */
export interface LogLine {
  readonly event: string
  readonly level: string
  readonly fields: readonly string[]
  readonly about: string
  /** Those of the fields that a line may lack. */
  readonly sometimes: readonly string[]
}

/** The fields that every line about a request has. */
export const commonFields = ['agent', 'client_ip', 'component', 'event', 'level', 'message', 'request_id', 'time']

const line = (event: string, level: string, about: string, words: string[]): LogLine => ({
  event,
  level,
  about,
  fields: words.map(word => word.replace('?', '')),
  sometimes: words.filter(word => word.endsWith('?')).map(word => word.slice(0, -1)),
})

/**
 * The events that reports are made of; a field that ends in `?` is one that not every line has. The contract suite brings
 * about those that both gates write, and asserts their fields.
 */
export const logLines: readonly LogLine[] = [
  line('startup', 'info', 'the gate listens', ['mode', 'version', 'config_hash']),
  line('shutdown', 'info', 'the gate was told to stop', ['reason']),
  line('blocked', 'warn', 'a request was refused', [
    'method',
    'target?',
    'url?',
    'scanner',
    'reason',
    'mitre_technique?',
  ]),
  line('forward_http', 'info', 'a plain HTTP request was let through', [
    'method',
    'url',
    'status_code',
    'size_bytes',
    'duration_ms',
  ]),
  line('tunnel_open', 'info', 'a tunnel was opened', ['target']),
  line('tunnel_close', 'info', 'it ended', ['target', 'total_bytes', 'duration_ms']),
  line(
    'sni_mismatch',
    'warn',
    'the TLS server name is not the tunnel’s host; `category` `timeout` is a client that said nothing, and no block',
    ['connect_host', 'sni_host?', 'category', 'mitre_technique'],
  ),
  line('error', 'error', 'a host did not answer: no block', ['method', 'error']),
  line('body_dlp', 'warn', 'a secret in a body; a block when `action` is `block`', [
    'method',
    'url',
    'patterns',
    'mitre_technique',
    'action?',
    'match_count',
  ]),
  line('header_dlp', 'warn', 'a secret in a header; a block when `action` is `block`', [
    'method',
    'patterns',
    'mitre_technique',
    'action?',
    'header?',
    'url?',
    'target?',
  ]),
  line('anomaly', 'warn', 'nothing was refused; with `scanner` `tls_intercept` a tunnel that is looked into', [
    'method',
    'reason',
    'scanner?',
    'target?',
    'url?',
    'score',
  ]),
  line('response_scan', 'warn', 'something in an answer; nothing was refused', ['url', 'action']),
  line('allowed', 'info', 'a request was let through (pipelock)', ['method', 'url']),
  line('ws_open', 'info', 'a WebSocket was opened (pipelock)', ['target']),
  line('ws_blocked', 'warn', 'one was refused (pipelock)', ['target', 'scanner', 'reason']),
  line('kill_switch_deny', 'warn', 'everything is refused (pipelock)', ['target', 'reason']),
]

/** What a field of a line holds. */
export const fieldMeanings: Readonly<Record<string, string>> = {
  action: '`block`, or `warn` when nothing was refused',
  agent: 'always `bottle`',
  category: 'what is wrong with the server name: `mismatch`, `no_sni`, `timeout`, …',
  client_ip: "the bottle's address",
  component: 'who wrote it: `pipelock` or `bottle-gate`',
  config_hash: "the sha256 of the gate's configuration",
  connect_host: 'the host that the tunnel is for',
  duration_ms: 'milliseconds',
  header: 'the name of the header',
  match_count: 'how many were found',
  score: 'how sure the gate is, from 0 to 1',
  error: 'what went wrong, in the words of the gate',
  event: 'which event it is',
  level: '`info`, `warn` or `error`',
  message: 'the event for people',
  method: 'the method of the request; CONNECT for a tunnel',
  mitre_technique: 'the number of the attack technique (MITRE ATT&CK)',
  mode: 'the mode of the gate: `strict`, or `balanced` in learn mode',
  patterns: 'names of what was found',
  reason: 'why, in the words of the gate',
  request_id: 'the same for all lines of one request or tunnel',
  scanner: 'the part of the gate that decided',
  size_bytes: 'bytes of the answer',
  sni_host: 'the TLS server name; empty when there was none',
  status_code: 'the status of the answer',
  target: '`host:port`, or a URL without its query',
  time: 'when, RFC 3339',
  total_bytes: 'bytes in both directions',
  url: 'the URL, without its query',
  version: "the gate's version",
}

/** The tables of docs/evidence.md. */
export function documentedLines(): string[] {
  const code = (name: string) => `\`${name}\``
  const fields = [...new Set([...commonFields, ...logLines.flatMap(one => one.fields)])].sort()
  return [
    '| event | level | what it says | fields beside the common ones |',
    '| --- | --- | --- | --- |',
    ...logLines.map(one => `| ${code(one.event)} | ${one.level} | ${one.about} | ${one.fields.map(code).join(', ')} |`),
    '<!-- fields -->',
    '| field | what it holds |',
    '| --- | --- |',
    ...fields.map(one => `| ${code(one)}${commonFields.includes(one) ? ' (common)' : ''} | ${fieldMeanings[one]} |`),
  ]
}
