import { statSync } from 'node:fs'
import { gitPlaces } from './checkout/git-places.ts'
import type { Survey } from './checkout/survey.ts'
import { BottleError } from './errors.ts'
import { jobFacts } from './plan/environment.ts'
import type { EngineFacts, Host, ObservedServices, Place } from './plan/host.ts'
import type { RunId } from './plan/names.ts'

/** Looks at this machine once, for the plan. `scratch` is the run's own folder, not made yet. */
export function observeHost(at: {
  runId: RunId
  workspace: string
  scratch: string
  engine: EngineFacts
  /** Where the engine sees what this process sees. */
  places?: readonly Place[]
  /** The first path that the engine cannot see. */
  unseen?: string | undefined
  env: Readonly<Record<string, string | undefined>>
  now: number
  /** What is in the workspace, when the bottle gets to see it. */
  survey: Survey | undefined
  /** Whose the run is: see docker/owner.ts. */
  owner: string
  services?: ObservedServices
}): Host {
  const places = at.places ?? []
  const lends = ownerOf(at.workspace)
  // In a job container every step is root and makes files of root's; only the folder around them is the runner's.
  const lender = places.length > 0 && process.getuid?.() === 0 && lends.uid !== 0 ? lends : undefined
  const { uid, gid } = lender ? { uid: 0, gid: 0 } : lends
  const job = jobFacts.flatMap(name => (at.env[name] ? [[name, at.env[name]] as const] : []))
  return {
    runId: at.runId,
    owner: at.owner,
    now: at.now,
    engine: at.engine,
    places,
    unseen: at.unseen,
    workspace: at.workspace,
    uid,
    gid,
    lender,
    scratch: at.scratch,
    git: gitPlaces(at.workspace, at.survey?.git ?? []),
    job: Object.fromEntries(job),
    ...(at.services ? { services: at.services } : {}),
    set: Object.keys(at.env).filter(name => at.env[name]),
  }
}

function ownerOf(workspace: string): { uid: number; gid: number } {
  try {
    const { uid, gid } = statSync(workspace)
    return { uid, gid }
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
