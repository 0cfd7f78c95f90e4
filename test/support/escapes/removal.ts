import { createHash } from 'node:crypto'
import type { ContainerCreateOptions } from 'dockerode'
import { parse, stringify } from 'yaml'
import type { NetworkBody, NetworkPlan } from '../../../src/plan/networks.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import type { BottleSpec } from '../../../src/spec/schema.ts'
import type { Scene } from './arena.ts'

type Body = ContainerCreateOptions
type HostConfig = NonNullable<Body['HostConfig']>

/** How a protection is taken away, and nothing else: a change of the plan that the product made. */
export interface Removal {
  /** The world without it, in words. */
  readonly without: string
  /** The spec is another; the whole run is planned from it, or (`only: 'bottle'`) the bottle's body alone. */
  readonly spec?: (spec: BottleSpec) => BottleSpec
  readonly only?: 'bottle'
  /** The plan of networks, sidecar and policy is another. */
  readonly plan?: (plan: Plan) => Plan
  /** The bottle's create body is another. */
  readonly body?: (body: Body, scene: Scene) => Body
  /** The bottle is connected to one more network. */
  readonly joins?: 'outside' | 'neighbour' | 'metadata'
  /** A test host stands on the inside network, at its address .5. */
  readonly guest?: 'guest' | 'proxy'
  /** The host does not check the source of what comes from the inside network. */
  readonly hears?: true
  /** The step is stopped by this signal alone. */
  readonly stop?: 'SIGTERM'
  /** The step is an exec in a container that lives on. */
  readonly lives?: true
}

/** Another part of the bottle's HostConfig. */
export const host =
  (change: (now: HostConfig, scene: Scene) => HostConfig) =>
  (body: Body, scene: Scene): Body => ({
    ...body,
    HostConfig: { ...body.HostConfig, ...change(body.HostConfig ?? {}, scene) },
  })

/** Another create body of the inside network. */
export const inside =
  (change: (now: NetworkPlan) => Partial<NetworkBody>) =>
  (plan: Plan): Plan => ({ ...plan, inside: { ...plan.inside, body: { ...plan.inside.body, ...change(plan.inside) } } })

/** Another configuration of the gate. */
export const policy =
  (change: (now: Record<string, unknown>) => object) =>
  (plan: Plan): Plan => {
    const text = stringify(change(parse(plan.policy)), { lineWidth: 0 })
    return { ...plan, policy: text, policyDigest: createHash('sha256').update(text).digest('hex') }
  }

/** The address plan of a network whose bridge has its gateway address. */
export const gateway = (network: NetworkPlan): NetworkBody['IPAM'] => ({
  Driver: 'default',
  Config: [{ Subnet: network.subnet, Gateway: network.gateway }],
})

/** Only some of the bottle's mounts. */
export const ownMounts = (keep: (target: string) => boolean) =>
  host(({ Mounts = [] }) => ({ Mounts: Mounts.filter(one => keep(one.Target)) }))
/** Mounts that are writable where they were not. */
export const writable = (targets: RegExp) =>
  host(({ Mounts = [] }) => ({
    Mounts: Mounts.map(one => (targets.test(one.Target) ? { ...one, ReadOnly: false } : one)),
  }))
/** One more mount, at its own path. */
export const mounted = (source: (scene: Scene) => string) =>
  host(({ Mounts = [] }, scene) => ({
    Mounts: [...Mounts, { Type: 'bind', Source: source(scene), Target: source(scene), ReadOnly: false }],
  }))

/** The IPv6 subnet that belongs to an inside network when it has one: unique local, made of its IPv4 one. */
export function sixth({ subnet }: NetworkPlan): string {
  const [a = 0, b = 0, c = 0, d = 0] = (subnet.split('/')[0] ?? '').split('.').map(Number)
  return `fd00:${hex(a, b)}:${hex(c, d)}::/64`
}

const hex = (high: number, low: number) => ((high << 8) | low).toString(16)

/** Every tmpfs in another size. */
export const sized = (tmpfs: Record<string, string>, size: string) =>
  Object.fromEntries(
    Object.entries(tmpfs).map(([path, options]) => [path, options.replace(/size=\d+/, `size=${size}`)]),
  )
