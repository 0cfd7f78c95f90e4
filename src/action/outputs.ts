import { setOutput } from '@actions/core'
import type { Summary } from '../evidence/summary.ts'
import { exitCodeOf } from '../exit-code.ts'
import { suggestedHosts } from '../report/suggest.ts'

/** Sets every output that main knows. The counts are the evidence's own. */
export function publishOutputs(summary: Summary, evidence: string): void {
  const { counts } = summary
  const values: Record<string, string | number | boolean> = {
    'exit-code': ['failed', 'refused'].includes(summary.outcome.end.kind) ? '' : exitCodeOf(summary.outcome.end),
    enforced: summary.enforced,
    'blocked-count': counts.blocked,
    'dlp-count': counts.dlp,
    'allowed-count': counts.allowed,
    'blocked-hosts': JSON.stringify(summary.blockedHosts),
    'suggested-allowlist': suggestedHosts(summary).join('\n'),
    'evidence-path': evidence,
    'policy-digest': summary.specDigest,
  }
  for (const [name, value] of Object.entries(values)) setOutput(name, String(value))
}
