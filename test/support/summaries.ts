import type { Summary } from '../../src/evidence/summary.ts'

/** A group of blocks of one host. */
export const group = (host: string, kind: Summary['blocks'][number]['kind'] = 'not-allowed', count = 1) => ({
  host,
  port: 443,
  method: 'CONNECT',
  kind,
  reason: '',
  count,
  first: '',
  last: '',
})

/** The summary of a run that went well, with these blocks; `more` replaces any part. */
export function summary(blocks: Summary['blocks'], more: Partial<Summary> = {}): Summary {
  const blocked = blocks.reduce((sum, one) => sum + one.count, 0)
  return {
    version: 1,
    bottle: '0123456789ab',
    verdict: 'The agent ran in a bottle.',
    enforced: true,
    whole: true,
    outcome: { end: { kind: 'exited', code: 0 }, limits: { exceeded: [], unobserved: [] }, startedAt: '', endedAt: '' },
    gate: { name: 'built-in', version: '0.1.0', image: 'x' },
    engine: '20.10',
    image: 'node',
    mode: 'enforce',
    failOn: 'never',
    allowlist: [],
    policyDigest: '',
    specDigest: '',
    containment: [],
    counts: {
      allowed: 2,
      blocked,
      dlp: 0,
      expected: 0,
      warnings: 0,
      gateErrors: 0,
      unreadable: 0,
      byKind: {},
      ungrouped: 0,
    },
    blocks,
    reached: [],
    tls: { inspected: false, passthrough: [] },
    distrust: [],
    direct: { observed: true, count: 0, attempts: [], lookups: 0 },
    blockedHosts: [],
    planted: undefined,
    durationMs: 2100,
    ...more,
  }
}

/** Texts that would mean something where they are printed. */
export const hostile = [
  '<img src=x onerror=alert(1)>',
  '](javascript:x) [a',
  '`code`',
  '| cell |',
  '@everyone',
  'a\nb\n::error::x',
  '\u202egnp.exe',
  '&lt;',
  '</code></td></table><h1>',
  '\x1b[2J',
  '<!--',
  '#1',
]
