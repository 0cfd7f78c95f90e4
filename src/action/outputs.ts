import { setOutput } from '@actions/core'
import type { Summary } from '../evidence/summary.ts'
import { exitCodeOf } from '../exit-code.ts'
import type { Life } from '../live.ts'
import { suggestedHosts } from '../report/suggest.ts'

/**
 * Sets every output that main knows. The counts are the evidence's own. What the agent set comes as one JSON object on
 * one line: a name of its choice can never be another output's.
 */
export function publishOutputs(summary: Summary, evidence: string, life: Pick<Life, 'outputs' | 'receiptKey'>): void {
  const { counts } = summary
  // Of a log that breaks off nobody can say "0".
  const known = (number: number) => (summary.whole || number > 0 ? number : '')
  const values: Record<string, string | number | boolean> = {
    'exit-code': ['failed', 'refused'].includes(summary.outcome.end.kind) ? '' : exitCodeOf(summary.outcome.end),
    enforced: summary.enforced,
    'limits-exceeded': [
      ...(summary.outcome.end.kind === 'timed-out' ? ['timeout'] : []),
      ...summary.outcome.limits.exceeded,
    ].join(','),
    'blocked-count': known(counts.blocked),
    'dlp-count': known(counts.dlp),
    'expected-count': known(counts.expected),
    // Of what nobody could see neither.
    'direct-count': summary.direct.observed ? summary.direct.count : '',
    'allowed-count': known(counts.allowed),
    'blocked-hosts': JSON.stringify(summary.blockedHosts),
    'suggested-allowlist': suggestedHosts(summary).join('\n'),
    'evidence-path': evidence,
    outputs: JSON.stringify(life.outputs.values),
    'receipt-key': life.receiptKey ?? '',
    'policy-digest': summary.specDigest,
  }
  for (const [name, value] of Object.entries(values)) setOutput(name, String(value))
}
