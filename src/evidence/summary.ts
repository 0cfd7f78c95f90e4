import type { BlockKind, Distrust } from '../gate/events.ts'

/** A limit of the bottle, apart from its time: memory, processes, and the disk where the workspace is. */
export type Limit = 'oom' | 'pids' | 'disk'

/** The limits that a bottle exceeded, and those of which nobody could see whether it did. */
export interface Limits {
  readonly exceeded: readonly Limit[]
  readonly unobserved: readonly Limit[]
}

/** What is known of the limits of a bottle that nobody watched. */
export const unwatched: Limits = { exceeded: [], unobserved: ['oom', 'pids', 'disk'] }

/** A target of attempts past the gate: an address, and a port where one was seen. Times are this host's clock (RFC 3339). */
export interface DirectAttempt {
  readonly host: string
  readonly port?: number | undefined
  readonly count: number
  readonly first: string
  readonly last: string
}

/**
 * What the agent tried past the gate, none of which got out. `count` is all of it, of most of which the kernel does not
 * say whom it was for; `attempts` are those whose target was seen. `lookups` are questions to the resolver that is not
 * there, in packets. Or why nobody could see it, which is never 0.
 */
export type Direct =
  | {
      readonly observed: true
      readonly count: number
      readonly attempts: readonly DirectAttempt[]
      readonly lookups: number
    }
  | { readonly observed: false; readonly reason: string }

/** What is known of a bottle that nobody watched for attempts past the gate. */
export const notWatched = (reason: string): Direct => ({ observed: false, reason })

/** A service that the bottle was joined to, and what went through its relay. */
export interface ServiceUse {
  readonly name: string
  readonly ports: readonly number[]
  /**
   * Connections, those of them that did not get to the service, and bytes to and from it. Not `whole`: the relay ended
   * early, and there may have been more. Absent when its relay could not be asked.
   */
  readonly use?:
    | {
        readonly connections: number
        readonly failed: number
        readonly sent: number
        readonly received: number
        readonly whole: boolean
      }
    | undefined
}

/** How a run ended, facts first. `refused`: the containment check found a leak, so the agent did not run. */
export interface Outcome {
  readonly end:
    | { readonly kind: 'exited'; readonly code: number }
    | { readonly kind: 'timed-out'; readonly afterMs: number }
    | { readonly kind: 'cancelled'; readonly signal: string }
    | { readonly kind: 'refused'; readonly reason: string }
    | { readonly kind: 'failed'; readonly reason: string }
  readonly limits: Limits
  readonly startedAt: string
  readonly endedAt: string
}

/** Which blocks make the step fail, those that are expected left out. */
export type FailOn = 'never' | 'dlp' | 'any-block'

/** What one probe of the containment check found. */
export interface ContainmentResult {
  readonly probe: string
  readonly target: string
  readonly leaked: boolean
  readonly detail: string
}

/** Blocks of the same host, port, method and kind. Times are the gate's. */
export interface BlockGroup {
  readonly host: string
  readonly port?: number | undefined
  readonly method: string
  readonly kind: BlockKind
  readonly reason: string
  /** There for the kind `secret`: what was found where, such as `AWS Access ID in the body`; the first few of them. */
  readonly secrets?: readonly string[] | undefined
  /** There when the spec says that they are meant to be blocked. */
  readonly expected?: true | undefined
  readonly count: number
  readonly first: string
  readonly last: string
}

/** How often a host was let through. */
export interface ReachedHost {
  readonly host: string
  readonly count: number
}

/** How often a certificate was refused: the gate's by a program in the bottle, or a host's by the gate. */
export interface DistrustGroup {
  readonly host: string
  readonly by: Distrust['by']
  readonly count: number
}

/**
 * Requests over time, by the gate's clock: bucket i begins at `start + i * widthMs` (epoch milliseconds). The columns
 * are of one length, at most 240, and each adds up to its count; `blocked` includes `dlp`.
 */
export interface Timeline {
  readonly start: number
  readonly widthMs: number
  readonly allowed: readonly number[]
  readonly blocked: readonly number[]
  readonly dlp: readonly number[]
}

/** A file of the evidence that holds a part of its lines: how many there were, and how many it holds. */
export interface Truncated {
  readonly file: string
  readonly lines: number
  readonly written: number
}

/** Everything counted. `blocked` includes `dlp` and `expected`; `byKind` adds up to `blocked`, and so do the groups and `ungrouped`. */
export interface Tally {
  readonly allowed: number
  readonly blocked: number
  readonly dlp: number
  /** Blocks that the spec says are meant. */
  readonly expected: number
  readonly warnings: number
  readonly gateErrors: number
  readonly unreadable: number
  readonly byKind: Readonly<Partial<Record<BlockKind, number>>>
  readonly groups: readonly BlockGroup[]
  /** The hosts that were let through, most used first; at most 2000 are told apart. */
  readonly reached: readonly ReachedHost[]
  readonly distrust: readonly DistrustGroup[]
  /** Blocks beyond the number of groups that are kept. */
  readonly ungrouped: number
  /** Undefined when there was no request. */
  readonly timeline: Timeline | undefined
  readonly startupSeen: boolean
  /** The version the gate said it is. */
  readonly gateVersion: string | undefined
  readonly shutdownSeen: boolean
  /** There when a file was too small for all; whatever is counted is exact all the same. */
  readonly truncated?: readonly Truncated[]
}

/** What an agent left that tools of later steps take orders from. Paths are relative to the workspace: hostile text. */
export interface Planted {
  /** Repositories that were not there before, or are something else now: git obeys them wherever it is run. */
  readonly repositories: readonly string[]
  /** Files that were made, changed or removed. */
  readonly files: readonly string[]
  /** How many there are of both; the lists are cut. */
  readonly count: number
  /** False when the workspace was too large to be looked at whole. */
  readonly complete: boolean
}

/** The engine's ids (`sha256:…`) of the agent's and the gate's image. */
export interface ImageIds {
  readonly agent: string
  readonly gate: string
}

/** A step of a job that ran inside. `step` is its id in the workflow, or what the runner calls one without (hostile text). */
export interface StepInside {
  readonly step: string
  readonly startedAt: string
  /** Both absent when its end was not seen: the step was killed. */
  readonly exitCode?: number | undefined
  readonly durationMs?: number | undefined
}

/** A step of the job after the bottle's own that does not use it, and where the workflow says so (hostile text). */
export interface StepOutside {
  readonly step: string
  readonly kind: 'run' | 'uses'
  readonly file: string
  readonly line: number
}

/** What a bottle that stayed up for its job was used for. */
export interface Job {
  readonly inside: readonly StepInside[]
  /** How many there were; the list is cut. */
  readonly count: number
  /** Undefined when the workflow could not be read. */
  readonly outside?: readonly StepOutside[] | undefined
}

/** summary.json: what a run was, in one value; every other report is made of it. */
export interface Summary {
  readonly version: 1
  readonly bottle: string
  readonly verdict: string
  /** True only when the containment check passed before the agent started, and the gate held the allowlist to the end. */
  readonly enforced: boolean
  /** Does the gate's log go from its first line to its last? Otherwise every count is what is known, and there may be more. */
  readonly whole: boolean
  readonly outcome: Outcome
  readonly gate: { readonly name: string; readonly version?: string | undefined; readonly image: string }
  readonly engine: string
  readonly image: string
  /** The engine's ids of the images that really ran; absent unless receipts were asked for. */
  readonly imageIds?: ImageIds | undefined
  /** In `learn` mode the allowlist refused nothing. */
  readonly mode: 'enforce' | 'learn'
  /** Which blocks make the step fail. */
  readonly failOn: FailOn
  readonly allowlist: readonly string[]
  readonly policyDigest: string
  /** The same for runs that were asked for the same: the output `policy-digest`. */
  readonly specDigest: string
  readonly containment: readonly ContainmentResult[]
  readonly counts: Pick<
    Tally,
    'allowed' | 'blocked' | 'dlp' | 'expected' | 'warnings' | 'gateErrors' | 'unreadable' | 'byKind' | 'ungrouped'
  >
  readonly blocks: readonly BlockGroup[]
  readonly reached: readonly ReachedHost[]
  /** Undefined when there was no request. */
  readonly timeline?: Timeline | undefined
  /** Did the gate look inside TLS? But for `passthrough`, and then `allowed` counts connections and not requests. */
  readonly tls: { readonly inspected: boolean; readonly passthrough: readonly string[] }
  readonly distrust: readonly DistrustGroup[]
  /** What ignored the gate. */
  readonly direct: Direct
  /** There when the bottle was joined to services. */
  readonly services?: readonly ServiceUse[] | undefined
  readonly blockedHosts: readonly string[]
  /** Undefined when the workspace was not writable inside, or could not be looked at. */
  readonly planted?: Planted | undefined
  readonly durationMs: number
  /** There when the bottle stayed up for the job. */
  readonly job?: Job | undefined
  /** There when the log was too long to be kept whole; the counts are exact all the same. */
  readonly truncated?: readonly Truncated[] | undefined
}
