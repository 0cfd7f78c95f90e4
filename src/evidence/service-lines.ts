import type { ServiceUse } from './summary.ts'

/** What went to the joined services as lines for events.jsonl, one for each. `at` is now (RFC 3339). */
export function serviceLines(services: readonly ServiceUse[], at: string): string[] {
  return services.map(({ name, ports, use }) =>
    JSON.stringify({
      component: 'bottle',
      level: 'info',
      event: 'service',
      service: name,
      ports,
      ...use,
      time: at,
      message: use ? 'relayed' : 'not counted',
    }),
  )
}
