import { posix } from 'node:path'

/** A place in a file of the repository, for tools that show results beside the source. Lines count from 1. */
export interface PolicyPlace {
  /** Relative to the root of the repository. */
  readonly file: string
  readonly line?: number
}

/**
 * Where the allowlist is written: `place` is its place as messages tell it (`bottle.yml:7:5`, `input allow:1`). An input
 * is in the workflow, whose file the runner names in GITHUB_WORKFLOW_REF (`octo/repo/.github/workflows/ci.yml@refs/…`);
 * the line of it nobody knows. Undefined on a command line without a spec file, and for a file outside the workspace.
 */
export function policyPlace(
  place: string,
  workspace: string,
  workflowRef: string | undefined,
): PolicyPlace | undefined {
  const [, file, line] = /^(.*):(\d+):\d+$/.exec(place) ?? []
  if (file === undefined || file.startsWith('input ')) {
    const workflow = /^[^/]+\/[^/]+\/(.+?)@/.exec(workflowRef ?? '')?.[1]
    return workflow === undefined ? undefined : { file: workflow }
  }
  const path = posix.relative(workspace, posix.resolve(workspace, file))
  return path.startsWith('..') ? undefined : { file: path, line: Number(line) }
}
