import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Redactor } from './evidence/redact.ts'
import type { Summary } from './evidence/summary.ts'
import type { Plan } from './plan/plan.ts'
import { printedJson } from './report/printed-json.ts'
import { sarifOf } from './report/sarif.ts'

/** The name of the SARIF file among the evidence's files. */
export const sarifFile = 'bottle.sarif'

/**
 * Writes bottle.sarif (mode 600) from a summary, which is redacted already. Always, also without a block: uploading it
 * is what closes the alerts of an earlier run.
 */
export async function writeSarif(folder: string, summary: Summary, plan: Plan, redactor: Redactor): Promise<void> {
  const log = sarifOf(summary, await redactor.value(plan.policyAt))
  writeFileSync(join(folder, sarifFile), `${printedJson(log)}\n`, { mode: 0o600 })
}
