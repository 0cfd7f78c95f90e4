import { closeSync, openSync, writeSync } from 'node:fs'
import { seeded } from '../../test/support/gate/random.ts'

/** The lines of a busy gate's log, in its own shapes: half pipelock's, half the built-in gate's. */
export function* gateLines(count: number, seed = 1): Generator<string> {
  const { below, pick, chance } = seeded(seed)
  const hosts = Array.from({ length: 200 }, (_, i) => `${pick(['api', 'www', 'cdn', 'files'])}.host${i}.example`)
  const refused = Array.from({ length: 300 }, (_, i) => `${pick(['telemetry', 'ads', 'evil'])}${i}.test`)
  const start = Date.parse('2026-11-25T03:00:00Z')
  yield JSON.stringify({ level: 'info', component: 'pipelock', event: 'startup', mode: 'strict', version: '2.3.0' })
  for (let n = 1; n < count - 1; n++) {
    const own = n % 2 === 0
    const at = new Date(start + Math.floor(n / 20)).toISOString()
    const facts = { client_ip: '198.18.0.13', request_id: `req-${n}`, agent: 'bottle' }
    const line = (level: string, event: string, fields: object, message: string) =>
      JSON.stringify({
        level,
        component: own ? 'bottle-gate' : 'pipelock',
        event,
        ...fields,
        time: own ? at : `${at.slice(0, 19)}Z`,
        message,
      })
    const kind = below(100)
    const host = pick(hosts)
    if (kind < 25) yield line('info', 'tunnel_open', { target: `${host}:443`, ...facts }, 'tunnel opened')
    else if (kind < 50) {
      const traffic = { total_bytes: below(1e6), duration_ms: below(1e6) / 1000 }
      yield line('info', 'tunnel_close', { target: `${host}:443`, ...facts, ...traffic }, 'tunnel closed')
    } else if (kind < 70) {
      // A registry's files come again; half of them are asked for once.
      const file = chance(0.5) ? below(500) : n
      const url = `http://${host}/package-${file}/-/package-${file}-1.${below(4)}.0.tgz`
      const answer = { status_code: 200, size_bytes: below(1e6), duration_ms: below(1e5) / 1000 }
      yield line('info', 'forward_http', { method: 'GET', url, ...facts, ...answer }, 'forward proxy request')
    } else if (kind < 97) {
      // Every tenth goes to a host that nobody asked for before.
      const name = chance(0.1) ? `h${n}.flood.test` : pick(refused)
      const reason = `domain not in allowlist: ${name}`
      const block = { method: 'CONNECT', target: `${name}:443`, ...facts, scanner: 'allowlist', reason }
      yield line('warn', 'blocked', { ...block, mitre_technique: 'T1071.001' }, 'request blocked')
    } else if (kind < 98) {
      const hit = { method: 'POST', url: `http://${host}/upload`, action: 'block', ...facts }
      yield line(
        'warn',
        'body_dlp',
        { ...hit, match_count: 1, patterns: ['GitHub Token'] },
        'request body DLP scan hit',
      )
    } else if (kind < 99) {
      const block = { method: 'GET', url: `http://${host}/?q=${n}x${below(1e9)}`, ...facts, scanner: 'core_dlp' }
      yield line('warn', 'blocked', { ...block, reason: 'core DLP match: AWS Access ID (critical)' }, 'request blocked')
    } else {
      const error = `dial tcp: lookup ${host}: no such host`
      yield line('error', 'error', { method: 'CONNECT', target: `${host}:443`, ...facts, error }, 'request error')
    }
  }
  yield JSON.stringify({ level: 'info', component: 'pipelock', event: 'shutdown', reason: 'signal received' })
}

/** Writes so many of them to a new file; returns its size in bytes. */
export function writeGateLog(path: string, count: number): number {
  const file = openSync(path, 'wx')
  let [text, size] = ['', 0]
  const flush = () => {
    size += writeSync(file, text)
    text = ''
  }
  for (const line of gateLines(count)) {
    text += `${line}\n`
    if (text.length > 1024 * 1024) flush()
  }
  flush()
  closeSync(file)
  return size
}
