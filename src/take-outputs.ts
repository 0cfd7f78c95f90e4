import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { type AgentOutputs, agentOutputs, longestOutputs } from './evidence/outputs.ts'
import type { Redactor } from './evidence/redact.ts'
import type { Plan } from './plan/plan.ts'
import { outputOf } from './scratch.ts'

/** Takes what the agent of a run that has ended wrote to `$BOTTLE_OUTPUT`. Never throws: what cannot be read is refused. */
export async function takeOutputs(plan: Plan, redactor: Redactor): Promise<AgentOutputs> {
  if (plan.outputs.length === 0) return { values: {}, refused: [] }
  try {
    return await agentOutputs(readSmallFile(outputOf(plan.scratch)), plan.outputs, redactor)
  } catch (error) {
    return { values: {}, refused: [error instanceof Error ? error.message : String(error)] }
  }
}

// Opened without following a link or waiting for a pipe; what it is and how long is asked of what was opened.
function readSmallFile(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const { size } = fstatSync(file)
    if (!fstatSync(file).isFile()) throw new Error('$BOTTLE_OUTPUT is no longer a file')
    if (size > longestOutputs) throw new Error(`$BOTTLE_OUTPUT holds ${size} bytes, more than ${longestOutputs}`)
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}
