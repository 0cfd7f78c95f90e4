import type { Engine } from '../docker/engine.ts'

export type GateName = 'pipelock' | 'built-in'

/** What the plan has to know of a gate: which image, how its program is called, which version it must say it is. */
export interface GateFacts {
  readonly name: GateName
  readonly image: string
  /** The version its `startup` line must state; undefined when the user's own image may be any. */
  readonly version: string | undefined
  /** The program inside the image; verbs (`run`, `check`, `healthcheck`, `--version`) are appended. */
  readonly program: readonly string[]
  /** Can it look inside TLS? */
  readonly inspects: boolean
  /** Can it put credentials into requests (`run --inject FILE`)? */
  readonly injects: boolean
  /** Can it hold a host to some of its ports (`run --only HOST:PORT`)? */
  readonly restrictsPorts: boolean
}

/** A gate: facts for the plan, and the one effect it may need before a sidecar can be created from its image. */
export interface Gate {
  readonly facts: GateFacts
  /** Makes the image available in the engine; throws a BottleError that names both ways out. Never falls back. */
  prepare(engine: Engine, log: (line: string) => void): Promise<void>
}
