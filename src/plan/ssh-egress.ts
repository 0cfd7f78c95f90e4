import type { GateFacts } from '../gate/gate.ts'
import type { AllowedHost } from '../spec/allowlist.ts'
import type { BottleSpec } from '../spec/schema.ts'
import { addressRanges, isAddress } from '../spec/ssh.ts'

/** A range that the gate may dial although it is private, and the path in the spec that asked for it. */
export interface OpenedRange {
  readonly range: string
  readonly path: readonly PropertyKey[]
}

/** The ranges of `egress.private`, and every ssh host that is an address. */
export function openedRanges({ egress, ssh }: Pick<BottleSpec, 'egress' | 'ssh'>): OpenedRange[] {
  return [
    ...egress.private.map((range, index) => ({ range, path: ['egress', 'private', index] })),
    ...ssh.flatMap((host, index) => addressRanges([host]).map(range => ({ range, path: ['ssh', index, 'hostname'] }))),
  ]
}

/** The `host:port` pairs that hosts are held to when ssh alone asked for them. */
export function heldToPorts(allowed: readonly AllowedHost[]): string[] {
  return allowed.flatMap(({ host, ports = [] }) =>
    ports.map(port => `${host.includes(':') ? `[${host}]` : host}:${port}`),
  )
}

/** What the user should know of the ssh hosts, a sentence each. */
export function sshWarnings(
  { ssh, egress: { tls } }: Pick<BottleSpec, 'egress' | 'ssh'>,
  allowed: readonly AllowedHost[],
  gate: GateFacts,
): string[] {
  const unseen = allowed.filter(({ host, ports }) => !ports && ssh.some(one => one.hostname === host))
  const strangers = ssh.filter(one => one['known-host'] === 'any')
  const addresses = ssh.filter(one => isAddress(one.hostname))
  const held = allowed.filter(one => one.ports !== undefined).map(one => one.host)
  return [
    ...strangers.map(
      ({ host, hostname }) => `ssh ${host}: whoever answers as ${hostname} is believed (known-host: any)`,
    ),
    ...addresses.map(
      ({ host, hostname }) =>
        `ssh ${host}: ${hostname} is an address, and open even when it is private (egress.private)`,
    ),
    ...(tls.inspect ? unseen : []).map(
      ({ host }) =>
        `TLS to ${host} is not looked into, since ssh to it would not survive that (egress.tls.passthrough)`,
    ),
    ...(gate.restrictsPorts || held.length === 0
      ? []
      : [`${gate.name} holds no host to a port: all of ${held.join(', ')} is open, not ssh alone (docs/gates.md)`]),
  ]
}
