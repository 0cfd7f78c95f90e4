import type { RunId } from './names.ts'
import type { GitPlace } from './repositories.ts'

/** What the engine says of itself, once. */
export interface EngineFacts {
  readonly version: string
  readonly apiVersion: string
  readonly cpus: number
  readonly memoryBytes: number
  readonly rootless: boolean
  readonly isPodman: boolean
  /** The name of the host that it runs on, and the folder where it keeps what is its own. */
  readonly hostname: string
  readonly root: string
  /** The limits that it cannot hold a container to, by their names in the spec. */
  readonly unenforced: readonly string[]
  /** Whether its kernel is known to have IPv6: only then can a container be told to go without. */
  readonly hasIpv6: boolean
  /** Where each of its networks meets the host: addresses at which the host itself answers. */
  readonly gateways: readonly string[]
}

/** A folder that the action sees at another path than the engine does: inside the job's container, and on its host. */
export interface Place {
  readonly here: string
  readonly there: string
}

/** A container that the bottle may be joined to, as the engine knows it. */
export interface ObservedService {
  readonly name: string
  /** The engine's id. */
  readonly container: string
  /** `running`, another of the engine's words, `absent`, or `assumed` where nobody could look. */
  readonly state: string
  /** The TCP ports that it exposes, in order, and what else it exposes, such as `53/udp`. */
  readonly ports: readonly number[]
  readonly uncarried: readonly string[]
  /** Its network, which has a resolver of its own; its address and the host's there. Empty when it is on none. */
  readonly network: string
  readonly address: string
  readonly gateway: string
}

/** The services there are, and what is known of those that the spec names. */
export interface ObservedServices {
  readonly from: 'job' | 'command line'
  readonly names: readonly string[]
  readonly found: readonly ObservedService[]
}

/** Facts observed once at the edge, so that planning is a pure function. Holds names of variables, never secrets. */
export interface Host {
  readonly runId: RunId
  /** Who would know that this run is still alive: see docker/owner.ts. */
  readonly owner: string
  /** Epoch milliseconds at which the run was planned. */
  readonly now: number
  readonly engine: EngineFacts
  /** Where the engine sees what this process sees, when that is elsewhere. */
  readonly places: readonly Place[]
  /** The first path that the bottle has to be given and the engine cannot see; undefined when it sees them all. */
  readonly unseen?: string | undefined
  /** Absolute path of the checkout, and who its files belong to. */
  readonly workspace: string
  readonly uid: number
  readonly gid: number
  /** Who owns the workspace's own folder, when that is somebody else and this process may give it away for a time. */
  readonly lender: { readonly uid: number; readonly gid: number } | undefined
  /** Absolute path of the run's own folder; nothing else below the runner's temp folder is ever mounted. */
  readonly scratch: string
  /** Where git takes orders from in the workspace; empty when the bottle does not see it. */
  readonly git: readonly GitPlace[]
  /** Harmless facts of the job that the agent may see, such as GITHUB_SHA. */
  readonly job: Readonly<Record<string, string>>
  /** Absent when nobody looked. */
  readonly services?: ObservedServices
  /** Names of the environment variables that hold something. */
  readonly set: readonly string[]
}
