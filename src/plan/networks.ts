import { createHash } from 'node:crypto'
import { mostServices } from '../spec/services.ts'
import { labelsOf, nameOf, type RunId } from './names.ts'

/** One of a run's two networks: its create body for the engine, and the addresses the plan hands out on it. */
export interface NetworkPlan {
  readonly name: string
  readonly subnet: string
  /** The bridge's own address on the host; on the inside network nothing may answer there. */
  readonly gateway: string
  readonly sidecar: string
  readonly bottle: string
  readonly probe: string
  /** For the relays of services, of which a run has as many as it joins. */
  readonly relays: readonly string[]
  readonly body: NetworkBody
}

/** The part of the engine's `POST /networks/create` body that we use. */
export interface NetworkBody {
  readonly Name: string
  readonly Driver: 'bridge'
  readonly CheckDuplicate: true
  readonly Internal: boolean
  readonly Attachable: false
  readonly EnableIPv6: false
  readonly IPAM: { readonly Driver: 'default'; readonly Config: readonly [{ Subnet: string; Gateway?: string }] }
  readonly Options: Readonly<Record<string, string>>
  readonly Labels: Readonly<Record<string, string>>
}

// 198.18.0.0/15 is the benchmarking range (RFC 2544): never routed, in nobody's LAN. 8192 /28s, two for a run.
const slots = 4096

/** How many places a run may try before the pool counts as full. */
export const placesToTry = 64

/**
 * The two networks of a run at its `place`-th choice in the pool (0 first; the next when the engine says "overlaps").
 * `apiVersion` decides how the inside bridge is closed to the host: the isolated gateway mode exists since Docker 28
 * (API 1.48, facts/platform §10.2); before it the bridge gets no address at all (`inhibit_ipv4`, works since 20.10).
 */
export function planNetworks(
  run: { runId: RunId; owner: string; expires: number },
  apiVersion: string,
  place: number,
): { inside: NetworkPlan; outside: NetworkPlan } {
  const slot = (createHash('sha256').update(run.runId).digest().readUInt32BE() + place * 1031) % slots
  const isolated = atLeast(apiVersion, '1.48')
  const closed: Record<string, string> = isolated
    ? {
        'com.docker.network.bridge.gateway_mode_ipv4': 'isolated',
        'com.docker.network.bridge.gateway_mode_ipv6': 'isolated',
      }
    : { 'com.docker.network.bridge.inhibit_ipv4': 'true' }
  return {
    inside: network(
      nameOf(run.runId, 'inside'),
      slot * 2,
      { internal: true, gateway: !isolated },
      closed,
      labelsOf(run, 'inside'),
    ),
    outside: network(
      nameOf(run.runId, 'outside'),
      slot * 2 + 1,
      { internal: false, gateway: true },
      {},
      labelsOf(run, 'outside'),
    ),
  }
}

function network(
  name: string,
  slot: number,
  kind: { internal: boolean; gateway: boolean },
  options: Record<string, string>,
  labels: Record<string, string>,
): NetworkPlan {
  const at = (host: number) => address(slot * 16 + host)
  const subnet = `${at(0)}/28`
  return {
    name,
    subnet,
    gateway: at(1),
    // From the top: engines hand out free addresses from the bottom, to whatever else joins (services, test hosts).
    sidecar: at(14),
    bottle: at(13),
    probe: at(12),
    relays: Array.from({ length: mostServices }, (_, index) => at(11 - index)),
    body: {
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Internal: kind.internal,
      Attachable: false,
      EnableIPv6: false,
      IPAM: { Driver: 'default', Config: [{ Subnet: subnet, ...(kind.gateway ? { Gateway: at(1) } : {}) }] },
      Options: options,
      Labels: labels,
    },
  }
}

function address(offset: number): string {
  return `198.${18 + (offset >> 16)}.${(offset >> 8) & 255}.${offset & 255}`
}

/** Compares two engine API versions such as `1.41` and `1.48`: is `have` at least `want`? */
export function atLeast(have: string, want: string): boolean {
  const [major = 0, minor = 0] = have.split('.').map(Number)
  const [wantMajor = 0, wantMinor = 0] = want.split('.').map(Number)
  return major > wantMajor || (major === wantMajor && minor >= wantMinor)
}
