import { writeSync } from 'node:fs'

/** A field of a log line. Undefined fields are left out. */
export type Field = string | number | readonly string[] | undefined

/** Writes one event: pipelock's names and fields (facts/pipelock §5.2), so that everything after us is one path. */
export type Log = (level: 'info' | 'warn' | 'error', event: string, fields: Readonly<Record<string, Field>>) => void

const messages: Readonly<Record<string, string>> = {
  startup: 'gate started',
  shutdown: 'gate stopping',
  blocked: 'request blocked',
  anomaly: 'anomaly detected',
  forward_http: 'forward proxy request',
  tunnel_open: 'tunnel opened',
  tunnel_close: 'tunnel closed',
  sni_mismatch: 'SNI verification failed',
  body_dlp: 'request body DLP scan hit',
  header_dlp: 'request header DLP scan hit',
  error: 'request error',
  relay_startup: 'relay started',
  relay_counts: 'relayed so far',
  relay_end: 'relay stopping',
}

/** The attack technique that pipelock names for a scanner (facts/pipelock §5.5). */
export const techniques: Readonly<Record<string, string>> = {
  allowlist: 'T1071.001',
  dlp: 'T1048',
  header_dlp: 'T1048',
  body_dlp: 'T1048',
  subdomain_entropy: 'T1048',
  length: 'T1048',
  ssrf: 'T1046',
  core_ssrf: 'T1046',
  crlf_injection: 'T1190',
}

/** Makes a log over a function that writes a whole line. Text is cut to a sane length and cleaned of control characters. */
export function openLog(write: (line: string) => void, now: () => Date = () => new Date()): Log {
  return (level, event, fields) => {
    const clean = Object.entries(fields).flatMap(([name, value]) => {
      if (value === undefined || value === '') return []
      return [[name, typeof value === 'string' ? sanitise(value) : value]]
    })
    const line = { level, component: 'bottle-gate', event, ...Object.fromEntries(clean), time: now().toISOString() }
    write(`${JSON.stringify({ ...line, message: messages[event] ?? event })}\n`)
  }
}

/** Writes to standard output before it returns: a block is in the log before its answer is on the wire. */
export function writeLine(line: string): void {
  const data = Buffer.from(line)
  for (let at = 0; at < data.length; ) {
    try {
      at += writeSync(1, data, at)
    } catch (error) {
      // The reader of a pipe is slow: nothing may be lost, so wait for it here.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}

function sanitise(text: string): string {
  return text.slice(0, 4096).replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, ' ')
}
