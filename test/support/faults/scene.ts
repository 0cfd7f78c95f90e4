import type Docker from 'dockerode'
import type { EngineProxy } from '../engine/proxy.ts'

/** A bottle whose agent has just reached an allowed host, and all that a fault may lay hands on. */
export interface Scene {
  readonly docker: Docker
  readonly sidecar: Docker.Container
  readonly bottle: Docker.Container
  readonly inside: Docker.Network
  readonly outside: Docker.Network
  /** The sidecar's address inside. */
  readonly address: string
  /** Stands between Bottle and the engine. */
  readonly proxy: EngineProxy
  /** The network of the test hosts, where a container that stands in for the sidecar is made ready. */
  readonly hosts: string
  /** Where Bottle keeps the run: a small file system of its own, when the row asks for one. */
  readonly temp: string
  /** Sets the clock of Bottle and of the built-in gate, from now on, by so many milliseconds. */
  setClock(offset: number): void
  /** Ends what is heard of the sidecar in the middle of the next line. */
  cutLog(): void
  /** Resolves when the agent has reached the allowed host once more. */
  again(): Promise<void>
  /** Has the agent do something else: `flood` the gate with bodies, or be `done` and exit with 0. */
  tell(word: 'flood' | 'done'): void
  /** Takes care of something when the scene is over. */
  later(undo: () => Promise<unknown>): void
}

/** What can befall a bottle while its agent runs, how it is done, and what the step has to say of it. */
export interface Fault {
  readonly name: string
  /** What happens then, for people. */
  readonly outcome: string
  strike(scene: Scene): Promise<void>
  /** What the annotation says; undefined when nothing may be wrong. */
  readonly says?: RegExp
  /** A part of the scene that not every machine can raise. */
  readonly needs?: 'small disk' | 'clock'
  /** The engine is not there for post: post is red too, and what is left is swept when it is back. */
  readonly swept?: true
}
