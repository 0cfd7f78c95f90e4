import { setSecret, summary, warning } from '@actions/core'
import { BottleError } from '../errors.ts'
import type { RunId } from '../plan/names.ts'
import type { Request } from '../prepare.ts'
import { type PolicyChange, renderPolicyChange, tellPolicyChange } from '../report/policy-change.ts'
import { fromWorkspace, type ReadPolicyFile, requestOf } from '../request.ts'
import { policyChanges } from '../spec/changes.ts'
import { fileAtBase } from './base-file.ts'
import { neutralise } from './fence.ts'
import type { StepInputs } from './inputs.ts'
import { baseOf } from './judged.ts'

/**
 * What was asked for, with the files that decide on the policy (`spec-file`, and what a spec names) from where they may be
 * taken: when a change is being judged, the base commit, unless the workflow says `trust: head`. What the change would
 * do to the policy is shown in the job summary first, so that it is seen whatever becomes of the run. What stands in the
 * workflow itself is taken as it is.
 */
export async function judgedRequest(
  inputs: StepInputs,
  runId: RunId,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Request> {
  if (inputs.token) setSecret(inputs.token)
  const files: string[] = []
  let commit = ''
  const read: ReadPolicyFile = async (path, what, such) => {
    const base = baseOf(env)
    if (!base) return fromWorkspace(env)(path, what, such)
    files.push(path)
    commit = base.commit
    return fileAtBase(path, what, base, inputs.token, env)
  }
  const request = await requestOf(inputs, runId, env, inputs.trust === 'base' ? read : undefined)
  if (files.length === 0) return request
  const { changes, changeable } = await changesOfHead(request, requestOf(inputs, runId, env))
  if (changes.length > 0) await show({ base: commit.slice(0, 7), file: files.join(', '), changes })
  return { ...request, suggestible: { ...request.suggestible, changeable } }
}

// What a suggestion changes is the file that is checked out: who reads it has that one open.
async function changesOfHead(request: Request, head: Promise<Request>) {
  try {
    const read = await head
    return { changes: policyChanges(request, read), changeable: read.suggestible.changeable }
  } catch (error) {
    // The head's spec is not used, so its mistakes are something to show and nothing to stop for.
    if (!(error instanceof BottleError)) throw error
    return {
      changes: [`cannot be read: ${error.message.replace(/\s+/g, ' ')}`],
      changeable: request.suggestible.changeable,
    }
  }
}

async function show(change: PolicyChange): Promise<void> {
  warning(neutralise(tellPolicyChange(change)))
  await summary.addRaw(renderPolicyChange(change)).write()
}
