import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ownerOfThisProcess } from './docker/owner.ts'
import { BottleError } from './errors.ts'
import { jobFacts } from './plan/environment.ts'
import type { EngineFacts, Host } from './plan/host.ts'
import type { RunId } from './plan/names.ts'

/** Looks at this machine once, for the plan. `scratch` is the run's own folder, not made yet. */
export function observeHost(at: {
  runId: RunId
  workspace: string
  scratch: string
  engine: EngineFacts
  env: Readonly<Record<string, string | undefined>>
  now: number
}): Host {
  const { uid, gid } = ownerOf(at.workspace)
  const job = jobFacts.flatMap(name => (at.env[name] ? [[name, at.env[name]] as const] : []))
  return {
    runId: at.runId,
    owner: ownerOfThisProcess(),
    now: at.now,
    engine: at.engine,
    workspace: at.workspace,
    uid,
    gid,
    scratch: at.scratch,
    git: gitFolder(at.workspace),
    job: Object.fromEntries(job),
    set: Object.keys(at.env).filter(name => at.env[name]),
  }
}

function ownerOf(workspace: string): { uid: number; gid: number } {
  try {
    return statSync(workspace)
  } catch (cause) {
    throw new BottleError(
      `The workspace ${workspace} does not exist.`,
      'Check out the repository first (`uses: actions/checkout`).',
      {
        cause,
      },
    )
  }
}

function gitFolder(workspace: string): Host['git'] {
  try {
    return { config: readFileSync(join(workspace, '.git/config'), 'utf8') }
  } catch {
    // No checkout, or a worktree whose .git is a file: there is no folder of git's to protect here.
    return undefined
  }
}
