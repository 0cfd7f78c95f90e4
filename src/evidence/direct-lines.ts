import type { Direct, DirectAttempt } from './summary.ts'

/**
 * What was seen past the gate as lines for events.jsonl, beside the gate's own: one for each target, one for those of
 * which nobody knows whom they were for, or one that says why nothing was observed. `at` is now (RFC 3339).
 */
export function directLines(direct: Direct, at: string): string[] {
  if (!direct.observed)
    return [
      line({ level: 'info', event: 'direct_unobserved', reason: direct.reason, time: at, message: 'not observed' }),
    ]
  const { attempts, count, lookups } = direct
  const message = 'attempt past the gate'
  const told = attempts.map(one => {
    const { count: times, first, last } = one
    return line({ level: 'warn', event: 'direct', target: directTarget(one), count: times, first, time: last, message })
  })
  const rest = count - attempts.reduce((sum, one) => sum + one.count, 0)
  return [
    ...told,
    ...(rest > 0 ? [line({ level: 'warn', event: 'direct', count: rest, time: at, message })] : []),
    ...(lookups > 0
      ? [line({ level: 'info', event: 'direct_lookups', count: lookups, time: at, message: 'asked no resolver' })]
      : []),
  ]
}

/** Where an attempt went: `203.0.113.7:443`, or the address alone where no port was seen. */
export function directTarget({ host, port }: Pick<DirectAttempt, 'host' | 'port'>): string {
  if (port === undefined) return host
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function line(fields: Readonly<Record<string, string | number>>): string {
  return JSON.stringify({ component: 'bottle', ...fields })
}
