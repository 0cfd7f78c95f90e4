import { createHash } from 'node:crypto'
import type { Gate, GateFacts } from '../gate/gate.ts'
import type { AllowedHost } from '../spec/allowlist.ts'
import type { BuildSpec } from '../spec/build.ts'
import { type Injection, schemeOf } from '../spec/inject.ts'
import type { PolicyPlace } from '../spec/policy-place.ts'
import { type BottleSpec, secretNames } from '../spec/schema.ts'
import { agentUser } from './agent-user.ts'
import { bottle, type ContainerPlan, probe, secretsFile, sidecar } from './containers.ts'
import { digestOf } from './digest.ts'
import { clientFiles } from './environment.ts'
import { checkFit } from './fit.ts'
import type { Host } from './host.ts'
import { type JobPlan, longestJob, planJob } from './job.ts'
import type { RunId } from './names.ts'
import { type NetworkPlan, planNetworks } from './networks.ts'
import { renderPolicy } from './policy.ts'
import { type Probe, planProbes } from './probes.ts'
import { gitFiles, gitPlaceholders, type Placeholder } from './repositories.ts'
import { type JoinedService, planServices, serviceWarnings } from './services.ts'
import { passwd, planSsh, type SshPlan } from './ssh.ts'
import { heldToPorts, openedRanges } from './ssh-egress.ts'
import { planTls, roots, type TlsPlan, trustFiles } from './tls.ts'
import { placesOf, planTravel, type TravelPlan } from './travel.ts'
import { warnings } from './warnings.ts'

/** Everything decided, nothing done: JSON all the way, no secret in it. What `bottle plan` prints is what gets built. */
export interface Plan {
  readonly version: 1
  readonly runId: RunId
  readonly owner: string
  /** Epoch milliseconds. */
  readonly planned: number
  readonly expires: number
  readonly timeoutMs: number
  readonly gate: GateFacts
  readonly engine: { readonly version: string; readonly apiVersion: string }
  readonly image: string
  /** How the image is made, when it is not pulled. */
  readonly build: BuildSpec | undefined
  readonly workspace: string
  readonly workspaceAccess: BottleSpec['workspace']
  readonly scratch: string
  readonly mode: BottleSpec['egress']['mode']
  /** Which blocks make the step fail, and the hosts that are meant to be blocked. */
  readonly failOn: BottleSpec['egress']['fail-on']
  readonly expected: readonly string[]
  readonly allowlist: readonly string[]
  /** Where each entry of the allowlist came from. */
  readonly origins: Readonly<Record<string, readonly string[]>>
  /** Names of the variables that the spec's own `env` sets. */
  readonly literals: readonly string[]
  /** Where the allowlist is written, when that is in the repository. */
  readonly policyAt?: PolicyPlace
  /** Names of environment variables; their values join the bottle's create call and the gate's secrets file only. */
  readonly secrets: readonly string[]
  /** Present when the spec names ssh hosts; holds names of keys, never a key. */
  readonly ssh?: SshPlan
  /** Credentials that the gate puts into requests: names and hosts, never a value. */
  readonly injected: readonly (Injection & { readonly scheme: ReturnType<typeof schemeOf> })[]
  readonly knownSecrets: boolean
  readonly tls: TlsPlan
  /** Is the evidence to be signed? */
  readonly receipts: boolean
  /** Names that the agent may set as outputs. */
  readonly outputs: readonly string[]
  /** There when the bottle stays up for the job; `timeoutMs` is then for each step. */
  readonly job?: JobPlan
  /** The gate's configuration, and the sha256 of its bytes, which the gate repeats when it starts. */
  readonly policy: string
  readonly policyDigest: string
  /** The sha256 of what was asked for: the effective spec, allowlist and gate, without anything of this one run. */
  readonly specDigest: string
  readonly inside: NetworkPlan
  readonly outside: NetworkPlan
  readonly sidecar: ContainerPlan
  readonly probe: ContainerPlan
  readonly bottle: ContainerPlan
  /** There when the bottle is to trust the run's authority: a container that never starts, to read the image's own roots from. */
  readonly roots: ContainerPlan | undefined
  /** Services of the job that the bottle reaches, each through a relay. */
  readonly services: readonly JoinedService[]
  readonly probes: readonly Probe[]
  /** Files of the run's own folder that the bottle sees read-only: name to text. */
  readonly files: Readonly<Record<string, string>>
  /** The workspace's own folder, when the agent's user has to be given it for the time of the run. */
  readonly loan: Loan | undefined
  /** Made in the workspace before the run, to be mounted over; the files among them are removed after it. */
  readonly placeholders: readonly Placeholder[]
  /** There when the engine cannot see the workspace, or the run's own folder: how they get there and back. */
  readonly travel?: TravelPlan
  /** What the user should know before trusting this plan. */
  readonly warnings: readonly string[]
}

/** A folder that changes hands for the time of a run. */
export interface Loan {
  readonly path: string
  readonly from: { readonly uid: number; readonly gid: number }
  readonly to: { readonly uid: number; readonly gid: number }
}

// Setting up and tearing down take seconds; a run that outlives its timeout by this much is dead.
const grace = 15 * 60_000

/** What the user wrote: the spec, and the effective allowlist that it makes. */
export interface Written {
  readonly spec: BottleSpec
  readonly allowed: readonly AllowedHost[]
  /** Where the value at a path of the spec was written. */
  placeOf(path: readonly PropertyKey[]): string
  /** Where the allowlist is written, when that is in the repository. */
  readonly policyAt?: PolicyPlace | undefined
  /** What the file of `egress.tls.upstream-ca` holds, when there is one. */
  readonly upstreamCa?: string | undefined
  /** What is known of the image before the plan, a sentence each. */
  readonly notes?: readonly string[]
  /** Of what the relays of services are made; there when the spec names some. */
  readonly relay?: Pick<Gate, 'facts'> | undefined
}

/**
 * Decides a whole run from what the user wrote and what was observed. Pure. `place` is the choice of subnets:
 * 0 first, the next when the engine reports an overlap. Throws a BottleError when the spec does not fit the host.
 */
export function planBottle(written: Written, host: Host, gate: GateFacts, place = 0): Plan {
  const { spec, allowed } = written
  checkFit(written, host, gate)
  const tls = planTls(spec, written.upstreamCa)
  const job = planJob(spec, host.workspace)
  const lifetime = job ? longestJob : spec.limits.timeout
  const expires = host.now + lifetime + grace
  const travel = planTravel({ ...host, expires }, spec, gate.image)
  const run = { ...host, expires, ...(travel ? { places: placesOf(travel, host) } : {}) }
  const { inside, outside } = planNetworks(run, host.engine.apiVersion, place)
  const ssh = planSsh(spec, inside.sidecar)
  const only = gate.restrictsPorts && spec.egress.mode === 'enforce' ? heldToPorts(allowed) : []
  const services = planServices(spec, run, inside, written.relay?.facts, written.placeOf)
  const placement = { spec, host: run, gate, inside, outside, only, ssh, services }
  const knownSecrets = spec.egress.dlp['known-secrets'] && secretNames(spec).length > 0
  const allowlist = allowed.map(one => one.host)
  const policy = renderPolicy({
    mode: spec.egress.mode,
    allowlist,
    trusted: spec.egress.trusted,
    private: [...new Set(openedRanges(spec).map(one => one.range))],
    passthrough: tls.inspect ? tls.passthrough : undefined,
    secretsFile: knownSecrets ? secretsFile : undefined,
    own: [inside.subnet, `${outside.gateway}/32`, `${outside.sidecar}/32`],
    timeoutMs: lifetime,
  })
  return {
    version: 1,
    runId: host.runId,
    owner: host.owner,
    planned: host.now,
    expires,
    timeoutMs: spec.limits.timeout,
    gate,
    engine: { version: host.engine.version, apiVersion: host.engine.apiVersion },
    image: spec.image,
    build: spec.build,
    workspace: host.workspace,
    workspaceAccess: spec.workspace,
    scratch: host.scratch,
    mode: spec.egress.mode,
    failOn: spec.egress['fail-on'],
    expected: spec.egress['expected-blocks'],
    allowlist,
    origins: Object.fromEntries(allowed.map(({ host: name, from }) => [name, from])),
    literals: Object.keys(spec.env),
    ...(written.policyAt ? { policyAt: written.policyAt } : {}),
    secrets: spec.secrets,
    ...(ssh ? { ssh } : {}),
    injected: spec.egress.inject.map(one => ({ ...one, scheme: schemeOf(one) })),
    knownSecrets,
    tls,
    receipts: spec.receipts,
    outputs: spec.outputs,
    ...(job ? { job } : {}),
    policy,
    policyDigest: createHash('sha256').update(policy).digest('hex'),
    specDigest: digestOf({ spec, allowlist, gate, authorities: tls.upstreamCa ?? '' }),
    inside,
    outside,
    sidecar: sidecar(placement),
    probe: probe(placement),
    bottle: bottle(placement),
    roots: tls.authority ? roots(spec.image, run) : undefined,
    services,
    probes: planProbes(host.runId, inside, outside, spec.egress.mode, services),
    files: {
      ...(spec.run === undefined ? {} : { script: spec.run.endsWith('\n') ? spec.run : `${spec.run}\n` }),
      'resolv.conf': 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n',
      // Mounted before they can be written: the run's authority is made and the image's roots are read meanwhile.
      ...(tls.authority ? Object.fromEntries(Object.values(trustFiles).map(name => [name, ''])) : {}),
      ...clientFiles,
      ...(ssh ? { passwd: passwd(...agentUser(spec, host)) } : {}),
      ...gitFiles(host.git),
      // Where the writable file is mounted: a mount needs something to be mounted on.
      ...(spec.outputs.length > 0 && !job ? { output: '' } : {}),
    },
    loan: travel ? undefined : loanOf(spec, host),
    placeholders: spec.workspace === 'rw' ? gitPlaceholders(host.git) : [],
    ...(travel ? { travel } : {}),
    warnings: [...warnings(written, host, gate), ...serviceWarnings(services)],
  }
}

// A user that the spec names is the spec's business.
function loanOf({ hardening, workspace }: BottleSpec, { lender, workspace: path, uid, gid }: Host): Loan | undefined {
  if (!lender || workspace !== 'rw' || hardening.user !== 'auto') return undefined
  return { path, from: lender, to: { uid, gid } }
}
