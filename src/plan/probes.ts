import { createHash } from 'node:crypto'
import type { RunId } from './names.ts'
import type { NetworkPlan } from './networks.ts'
import { gatePort } from './policy.ts'
import type { JoinedService } from './services.ts'

/**
 * One question of the containment check, asked from the bottle's network position with the gate's `healthcheck --addr`.
 * `unreachable`: nothing may answer at all, not even with a refusal (a refused connection is an answer from the host).
 * `unresolved`: no resolver may answer for the name, not even that it does not exist.
 * `denied`: the gate must answer 403 and log the block.
 * `closed`: a relay that listens elsewhere must not answer here; that it refuses the connection is no leak.
 */
export interface Probe {
  readonly name: string
  readonly target: string
  readonly expect: 'unreachable' | 'unresolved' | 'denied' | 'closed'
}

/** The containment check of a run. The names asked for exist nowhere and are this run's own. */
export function planProbes(
  runId: RunId,
  inside: NetworkPlan,
  outside: NetworkPlan,
  mode: 'enforce' | 'learn',
  services: readonly JoinedService[],
): Probe[] {
  const { resolved, denied } = probeHosts(runId)
  const gate = { name: 'a denied name through the gate', target: `${denied}:80`, expect: 'denied' } as const
  return [
    { name: 'the host, at the inside gateway', target: `${inside.gateway}:22`, expect: 'unreachable' },
    { name: 'the host, at the outside gateway', target: `${outside.gateway}:22`, expect: 'unreachable' },
    { name: "the sidecar's outside address", target: `${outside.sidecar}:${gatePort}`, expect: 'unreachable' },
    { name: 'external DNS', target: `${resolved}:80`, expect: 'unresolved' },
    // A gate that learns denies no name, so there is none to ask it for.
    ...(mode === 'enforce' ? [gate] : []),
    ...services.flatMap(serviceProbes),
  ]
}

// By its own address everything of a service would answer, and by the gateway of its network the host.
function serviceProbes({ name, address, own, gateway, ports }: JoinedService): Probe[] {
  // Nobody has looked where it is: there is nothing to ask, and nothing will be run.
  if (own === '') return []
  const at = (host: string, port: number) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)
  return [
    { name: `another port of the service ${name}`, target: at(address, unexposed(ports)), expect: 'closed' },
    { name: `the service ${name} past its relay`, target: at(own, ports[0] ?? 80), expect: 'unreachable' },
    ...(gateway === ''
      ? []
      : [{ name: `the host, at the network of ${name}`, target: at(gateway, 22), expect: 'unreachable' } as const]),
  ]
}

function unexposed(ports: readonly number[]): number {
  return [8888, 22, 9091].find(port => !ports.includes(port)) ?? 1
}

/** The names that a run's containment check asks for. The agent cannot know them, so whoever asks is the check. */
export function probeHosts(runId: RunId): { resolved: string; denied: string } {
  const own = createHash('sha256').update(`probe ${runId}`).digest('hex').slice(0, 12)
  return { resolved: `${own}.dns-probe.example`, denied: `${own}.denied-probe.example` }
}
