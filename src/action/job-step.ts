import { addPath, setOutput } from '@actions/core'
import type { StepOutside } from '../evidence/summary.ts'
import type { Plan } from '../plan/plan.ts'
import type { Request } from '../prepare.ts'
import type { UpBottle } from '../run.ts'
import { evidenceFolder } from '../scratch.ts'
import { placeShell } from '../shell-program.ts'
import { saveUp } from './state.ts'

/**
 * Hands a bottle that stays up over to the later steps of the job: what post has to know, the program behind
 * `shell: bottle {0}` on their PATH, and the outputs that are known by now. Returns a line for the log.
 */
export function handOver(
  up: UpBottle,
  { address }: Pick<Request, 'address'>,
  startedAt: string,
  outside: readonly StepOutside[] | undefined,
): string {
  const { plan, containment, bottle, sidecar, hasBash } = up
  const { job } = plan
  if (!job) throw new Error('a plan without a job part stays up for none')
  saveUp({ startedAt, containment, bottle, sidecar, outside: outside?.slice(0, mostOutside) })
  const folder = placeShell({
    engine: address,
    apiVersion: plan.engine.apiVersion,
    bottle,
    sidecar,
    hasBash,
    scratch: plan.scratch,
    workspace: plan.workspaceAccess === 'none' ? undefined : plan.workspace,
    job,
    outputs: plan.outputs,
    secrets: plan.secrets,
    env: plan.ssh?.env ?? {},
    timeoutMs: plan.timeoutMs,
  })
  addPath(folder)
  publish(plan)
  return 'The bottle is up for this job: `shell: bottle {0}` runs a later step in it.'
}

// The state of an action is an environment variable, and those have a longest length (facts/platform §1.6).
const mostOutside = 200

// What is counted is known when the job ends; the allowlist is enforced from here on, and the summary says for how long.
function publish(plan: Plan): void {
  setOutput('enforced', String(plan.mode === 'enforce'))
  setOutput('evidence-path', evidenceFolder(plan.scratch))
  setOutput('policy-digest', plan.specDigest)
}
