import type { RunId } from './names.ts'
import type { GitPlace } from './repositories.ts'

/** What the engine says of itself, once. */
export interface EngineFacts {
  readonly version: string
  readonly apiVersion: string
  readonly cpus: number
  readonly memoryBytes: number
  readonly rootless: boolean
  /** Where each of its networks meets the host: addresses at which the host itself answers. */
  readonly gateways: readonly string[]
}

/** Facts observed once at the edge, so that planning is a pure function. Holds names of variables, never secrets. */
export interface Host {
  readonly runId: RunId
  /** Who would know that this run is still alive: see docker/owner.ts. */
  readonly owner: string
  /** Epoch milliseconds at which the run was planned. */
  readonly now: number
  readonly engine: EngineFacts
  /** Absolute path of the checkout, and who owns it. */
  readonly workspace: string
  readonly uid: number
  readonly gid: number
  /** Absolute path of the run's own folder; nothing else below the runner's temp folder is ever mounted. */
  readonly scratch: string
  /** Where git takes orders from in the workspace; empty when the bottle does not see it. */
  readonly git: readonly GitPlace[]
  /** Harmless facts of the job that the agent may see, such as GITHUB_SHA. */
  readonly job: Readonly<Record<string, string>>
  /** Names of the environment variables that hold something. */
  readonly set: readonly string[]
}
