import type { Readable } from 'node:stream'
import type { Engine } from './docker/engine.ts'
import { sweep } from './docker/sweep.ts'
import { reasonOf } from './errors.ts'
import {
  type ContainmentResult,
  type Direct,
  type ImageIds,
  type Limits,
  notWatched,
  type Outcome,
  type ServiceUse,
  unwatched,
} from './evidence/summary.ts'
import type { Gate } from './gate/gate.ts'
import type { Plan } from './plan/plan.ts'
import { type AgentOutput, type Ended, runAgent } from './run/agent.ts'
import { checkContainment } from './run/containment.ts'
import { unlessAborted } from './run/deadline.ts'
import { deliveryOf } from './run/delivery.ts'
import { followGateLog, type GateLog } from './run/gate-log.ts'
import { startIdle } from './run/idle.ts'
import { prepareImages } from './run/images.ts'
import { prepareInspection } from './run/inspection.ts'
import { createNetworks } from './run/networks.ts'
import { raise } from './run/raise.ts'
import { countServices, joinedServices } from './run/service-counts.ts'
import { gateIsReady, lastLine } from './run/sidecar.ts'
import { broughtHome, depart, type Luggage } from './run/travel.ts'
import { type Loss, watchSidecar } from './run/watch.ts'

/** What a run touches of the world. The caller owns teardown: it must follow whatever happens here. */
export interface World {
  readonly engine: Engine
  readonly gate: Gate
  /** Of what the relays of services are made, when the plan has some. */
  readonly relay?: Gate | undefined
  /** The tar of what the image is built from, when it is. */
  readonly context?: (() => Readable) | undefined
  /** The files that travel, when the plan has them do so. */
  readonly luggage?: Luggage | undefined
  /** Values of the plan's secrets, by name. */
  readonly secrets: ReadonlyMap<string, string>
  /** Progress of ours, a line at a time. */
  readonly say: (line: string) => void
  readonly agent: AgentOutput
  /** Takes every line of the gate's log as it comes. */
  readonly record: (line: string) => void
  /** Aborted with the signal's name (`SIGINT`, `SIGTERM`) when the step is cancelled. */
  readonly cancelled: AbortSignal
  /** The same plan at another place in the pool of subnets. */
  readonly replan: (place: number) => Plan
}

/** How a run went: the plan that held, what the containment check found, and how the agent ended. */
export interface RunResult {
  readonly plan: Plan
  readonly containment: readonly ContainmentResult[]
  readonly end: Outcome['end']
  readonly limits: Limits
  /** What the agent tried past the gate. */
  readonly direct: Direct
  /** What went to the joined services. */
  readonly services: readonly ServiceUse[]
  /** What really ran; there when the plan asks for receipts. */
  readonly imageIds?: ImageIds | undefined
}

/** A bottle that is up and stays: the plan that held, what the check found, and the engine's ids. */
export interface UpBottle {
  readonly plan: Plan
  readonly containment: readonly ContainmentResult[]
  readonly bottle: string
  readonly sidecar: string
  readonly hasBash: boolean
}

/**
 * One life of a bottle, top to bottom: images, networks, sidecar, readiness, containment check, agent, last log line.
 * Throws when it could not be raised (the agent has not run then); everything after the agent's start is in the result.
 */
export async function runBottle(first: Plan, world: World): Promise<RunResult> {
  return contained(first, world, async ({ plan, containment, bottle, sidecar, log, lost, carrier }) => {
    const { engine, cancelled, luggage } = world
    const imageIds = plan.receipts ? await unlessAborted(cancelled, idsOf(engine, bottle, sidecar)) : undefined
    // From here on the agent may have run: whatever happens, the result says what it was contained by.
    const input = deliveryOf(plan, world.secrets)
    const ended = await runAgent(engine, plan, bottle, world.agent, { cancelled, lost }, input).catch(failed)
    const [services] = await Promise.all([countServices(engine, plan.runId, plan), lastLine(engine, sidecar, log)])
    const home = luggage && carrier ? await broughtHome(world, luggage, plan, { carrier, bottle }, ended) : ended
    return { plan, containment, imageIds, services, ...home }
  })
}

/**
 * The same up to where the agent would start: the bottle is started idle, and everything stays up. Returns how it ended
 * when the check found a leak; throws when it could not be raised.
 */
export async function raiseBottle(first: Plan, world: World): Promise<RunResult | UpBottle> {
  return contained(first, world, async ({ plan, containment, bottle, sidecar, lost }) => {
    const gone = lost.then(async why => {
      throw new Error(await why())
    })
    gone.catch(() => {})
    const up = startIdle(world.engine, bottle, deliveryOf(plan, world.secrets))
    up.catch(() => {})
    const hasBash = await unlessAborted(world.cancelled, Promise.race([up, gone]))
    return { plan, containment, bottle, sidecar, hasBash }
  })
}

/** A bottle that was made and not started, behind a gate that guards. */
interface Contained {
  readonly plan: Plan
  readonly containment: readonly ContainmentResult[]
  readonly bottle: string
  readonly sidecar: string
  readonly log: GateLog
  readonly lost: Promise<Loss>
  /** What the files that travelled are reached by. */
  readonly carrier: string | undefined
}

async function contained<T>(first: Plan, world: World, then: (one: Contained) => Promise<T>): Promise<T | RunResult> {
  const { engine, cancelled } = world
  const life = new AbortController()
  const now = <T>(promise: Promise<T>) => unlessAborted(cancelled, promise)
  try {
    const gates = [world.gate, ...(world.relay && world.relay.facts.image !== first.gate.image ? [world.relay] : [])]
    await now(prepareImages(engine, first, gates, world.say, world.context, life.signal))
    const swept = sweep(engine, Date.now(), first.runId).catch(() => [])
    const inspection = first.tls.authority ? prepareInspection(engine, first) : undefined
    const plan = await now(createNetworks(engine, first, world.replan))
    for (const text of plan.warnings.slice(first.warnings.length)) world.say(`Warning: ${text}.`)
    const carrier =
      plan.travel && world.luggage
        ? depart(engine, plan.travel, world.luggage, inspection?.trusted ?? Promise.resolve(), world.say, life.signal)
        : undefined
    carrier?.catch(() => {})
    const raised = await now(raise(engine, plan, world.secrets, life.signal, inspection, carrier))
    const log = followGateLog(raised.output, world.record, life.signal)
    const lost = watchSidecar(engine, plan, raised.sidecar, log, life.signal)
    const ready = gateIsReady(engine, plan, raised.sidecar, log, lost, life.signal)
    ready.catch(() => {})
    const containment = await now(checkContainment(engine, plan, raised, ready, life.signal))
    await now(Promise.all([ready, raised.relays]))
    for (const runId of await now(swept)) world.say(`Removed what a dead run ${runId} had left.`)
    const leak = containment.find(one => one.leaked)
    if (leak)
      return {
        plan,
        containment,
        limits: unwatched,
        direct: notWatched('the agent did not run'),
        services: joinedServices(plan),
        end: { kind: 'refused', reason: `${leak.probe} (${leak.target}): ${leak.detail}` },
      }
    world.say(containedWords(plan, containment))
    const bottle = await now(raised.bottle)
    // Its work is done; teardown finds it if this does not.
    raised.probe.then(id => engine.remove('container', id)).catch(() => {})
    return await then({ plan, containment, bottle, sidecar: raised.sidecar, log, lost, carrier: await carrier })
  } finally {
    life.abort()
  }
}

async function idsOf(engine: Engine, bottle: string, sidecar: string): Promise<ImageIds> {
  const [agent, gate] = await Promise.all([engine.imageOf(bottle), engine.imageOf(sidecar)])
  return { agent, gate }
}

function failed(error: unknown): Ended {
  return {
    end: { kind: 'failed', reason: reasonOf(error) },
    limits: unwatched,
    direct: notWatched('the engine failed'),
  }
}

function containedWords(plan: Plan, containment: readonly ContainmentResult[]): string {
  const gate = [plan.gate.name, plan.gate.version].filter(Boolean).join(' ')
  return `Contained: ${containment.length} of ${containment.length} probes held. Gate: ${gate}.`
}
