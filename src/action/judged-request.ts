import { setSecret, summary, warning } from '@actions/core'
import { BottleError } from '../errors.ts'
import type { RunId } from '../plan/names.ts'
import type { Request } from '../prepare.ts'
import { type PolicyChange, renderPolicyChange, tellPolicyChange } from '../report/policy-change.ts'
import { oneSpec, requestOf } from '../request.ts'
import { policyChanges } from '../spec/changes.ts'
import { specAtBase } from './base-spec.ts'
import { neutralise } from './fence.ts'
import type { StepInputs } from './inputs.ts'
import { baseOf } from './judged.ts'

/**
 * What was asked for, with the spec file from where it may be taken: when a change is being judged, the base commit,
 * unless the workflow says `trust: head`. What the change would do to the policy is shown in the job summary first, so
 * that it is seen whatever becomes of the run. What stands in the workflow itself is taken as it is.
 */
export async function judgedRequest(
  inputs: StepInputs,
  runId: RunId,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Request> {
  if (inputs.token) setSecret(inputs.token)
  const base = inputs.specFile === undefined || inputs.trust === 'head' ? undefined : baseOf(env)
  if (!base || inputs.specFile === undefined) return requestOf(inputs, runId, env)
  oneSpec(inputs)
  const request = requestOf(inputs, runId, env, await specAtBase(inputs.specFile, base, inputs.token, env))
  const changes = changesOfHead(request, () => requestOf(inputs, runId, env))
  if (changes.length > 0) await show({ base: base.commit.slice(0, 7), file: inputs.specFile, changes })
  return request
}

function changesOfHead(request: Request, head: () => Request): string[] {
  try {
    return policyChanges(request, head())
  } catch (error) {
    // The head's spec is not used, so its mistakes are something to show and nothing to stop for.
    if (error instanceof BottleError) return [`cannot be read: ${error.message.replace(/\s+/g, ' ')}`]
    throw error
  }
}

async function show(change: PolicyChange): Promise<void> {
  warning(neutralise(tellPolicyChange(change)))
  await summary.addRaw(renderPolicyChange(change)).write()
}
