import { lstatSync, readFileSync, statSync } from 'node:fs'
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
  const git = join(workspace, '.git')
  // A worktree's `.git` is a file, and a folder without a config is no checkout: nothing of git's to protect.
  if (kindOf(git) !== 'folder' && kindOf(git) !== 'other') return undefined
  // An agent of an earlier step may have made these: a link would have any folder of the host mounted and shown to the
  // next agent, a FIFO would be read for ever.
  const wanted = { [git]: 'folder', [join(git, 'config')]: 'file', [join(git, 'hooks')]: 'folder' }
  for (const [path, kind] of Object.entries(wanted)) {
    const found = kindOf(path)
    if (found !== kind && found !== 'nothing') throw planted(path, kind)
  }
  if (kindOf(join(git, 'config')) === 'nothing') return undefined
  return { config: readFileSync(join(git, 'config'), 'utf8') }
}

/** What stands at a path itself, links not followed. */
function kindOf(path: string): 'nothing' | 'file' | 'folder' | 'other' {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return 'nothing'
  if (found.isDirectory()) return 'folder'
  return found.isFile() ? 'file' : 'other'
}

function planted(path: string, kind: string): BottleError {
  return new BottleError(
    `${path} is a link or a special file, not a ${kind}.`,
    'Remove it and check out again: Bottle mounts what is there, and an earlier step may have planted it.',
  )
}
