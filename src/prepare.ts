import type { Readable } from 'node:stream'
import { type Survey, surveyWorkspace } from './checkout/survey.ts'
import { type EngineAddress, printAddress } from './docker/address.ts'
import { type Engine, openEngine } from './docker/engine.ts'
import { placesHere } from './docker/own-container.ts'
import { ownerOfThisProcess } from './docker/owner.ts'
import { reachEngine } from './docker/reach.ts'
import { assumedServices, type OfferedServices, observeServices } from './docker/services.ts'
import { BottleError } from './errors.ts'
import type { Gate } from './gate/gate.ts'
import { observeHost } from './observe.ts'
import type { EngineFacts, ObservedServices, Place } from './plan/host.ts'
import type { RunId } from './plan/names.ts'
import { type Plan, planBottle } from './plan/plan.ts'
import { scratchOf } from './scratch.ts'
import { unseenBy } from './sight.ts'
import type { AllowedHost } from './spec/allowlist.ts'
import type { Suggestible } from './spec/changeable.ts'
import type { PolicyPlace } from './spec/policy-place.ts'
import type { BottleSpec } from './spec/schema.ts'

/** What is known before anything is done: who asks, where, and with which environment. */
export interface Request {
  readonly runId: RunId
  /** Whose the run is, when it is not this process's alone: see docker/owner.ts. */
  readonly owner?: string
  readonly spec: BottleSpec
  readonly allowed: readonly AllowedHost[]
  /** Where the value at a path of the spec was written. */
  placeOf(path: readonly PropertyKey[]): string
  /** Where the allowlist is written, when that is in the repository. */
  readonly policyAt?: PolicyPlace | undefined
  /** What a suggestion is made of. */
  readonly suggestible: Suggestible
  /** What the file of `egress.tls.upstream-ca` holds, when there is one. */
  readonly upstreamCa?: string | undefined
  /** What is known of the image before the plan, a sentence each. */
  readonly notes?: readonly string[]
  readonly gate: Gate
  /** Of what the relays of services are made; there when the spec names some. */
  readonly relay?: Gate | undefined
  /** The containers that may be joined. */
  readonly offered?: OfferedServices
  /** The tar of what the image is built from, when it is. */
  readonly context?: (() => Readable) | undefined
  readonly address: EngineAddress
  readonly workspace: string
  readonly temp: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A plan and the engine to carry it out with. */
export interface Prepared {
  readonly engine: Engine
  readonly plan: Plan
  /** The workspace before the run, when the bottle gets to see it. */
  readonly survey: Survey | undefined
  readonly suggestible: Suggestible
  readonly context: Request['context']
  readonly relay: Request['relay']
  replan(place: number): Plan
}

// What a dry run assumes when no engine answers: a hosted runner's.
const assumed: EngineFacts = {
  version: 'assumed',
  apiVersion: '1.48',
  cpus: 2,
  memoryBytes: 0,
  rootless: false,
  isPodman: false,
  hostname: '',
  root: '/var/lib/docker',
  unenforced: [],
  hasIpv6: true,
  gateways: [],
}

/** Dials the engine, observes the host, and plans the run. Creates nothing. */
export async function prepare(request: Request): Promise<Prepared> {
  if (request.spec.run === undefined && request.address.kind === 'ssh') throw dialsAnew(request.address)
  const { engine, facts } = await reachEngine(request.address, request.env)
  const survey = look(request)
  const [sight, services] = await Promise.all([sightOf(request, engine, facts), servicesOf(request, engine)])
  const host = hostOf(request, facts, survey, sight, services)
  const replan = (place: number) => planBottle(request, host, request.gate.facts, place)
  const { suggestible, context, relay } = request
  return { engine, plan: replan(0), survey, suggestible, context, relay, replan }
}

/**
 * The plan alone, for a dry run: an engine that does not answer is assumed to be a hosted runner's, and services that the
 * command line gives no container for to be some job's.
 */
export async function planOnly(request: Request): Promise<Plan> {
  const engine = openEngine(request.address)
  const facts = await engine.facts().catch(() => assumed)
  const sight = facts === assumed ? { places: [] } : await sightOf(request, engine, facts)
  const { offered = none } = request
  const guessed = assumedServices(offered, request.spec.services)
  const seen = facts === assumed ? undefined : await servicesOf(request, engine)
  // On the command line there may be a job to come; in a job what is not there is a mistake.
  const elsewhere = offered.from === 'job' ? [] : guessed.found.filter(({ name }) => !guessed.names.includes(name))
  const services = seen ? { ...seen, found: [...seen.found, ...elsewhere] } : guessed
  const plan = planBottle(request, hostOf(request, facts, look(request), sight, services), request.gate.facts)
  if (facts !== assumed) return plan
  return { ...plan, warnings: [...plan.warnings, 'no engine answers; planned for a hosted runner (API 1.48, 2 CPUs)'] }
}

function dialsAnew(address: EngineAddress): BottleError {
  return new BottleError(
    `A bottle for the whole job cannot be in the engine at ${printAddress(address)}: every step would dial it anew.`,
    'Give the step a `run`, or forward the engine to a local socket and set DOCKER_HOST to that (docs/runners.md).',
  )
}

interface Sight {
  readonly places: readonly Place[]
  readonly unseen?: string | undefined
}

async function sightOf({ spec, workspace, temp }: Request, engine: Engine, facts: EngineFacts): Promise<Sight> {
  const places = await placesHere(engine)
  const wanted = spec.workspace === 'none' ? undefined : workspace
  return { places, unseen: await unseenBy(engine, facts, places, { workspace: wanted, temp }) }
}

const none: OfferedServices = { from: 'job', containers: {} }

function servicesOf({ offered = none, spec }: Request, engine: Engine): Promise<ObservedServices> {
  return observeServices(engine, offered, spec.services)
}

function hostOf(
  request: Request,
  engine: EngineFacts,
  survey: Survey | undefined,
  sight: Sight,
  services: ObservedServices,
) {
  const { runId, workspace, temp, env } = request
  const scratch = scratchOf(temp, runId)
  const { owner = ownerOfThisProcess() } = request
  return observeHost({ runId, owner, workspace, scratch, engine, ...sight, env, now: Date.now(), survey, services })
}

function look({ spec, workspace }: Request): Survey | undefined {
  return spec.workspace === 'none' ? undefined : surveyWorkspace(workspace)
}
