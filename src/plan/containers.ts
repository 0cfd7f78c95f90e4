import type { ContainerCreateOptions } from 'dockerode'
import type { GateFacts } from '../gate/gate.ts'
import type { BottleSpec } from '../spec/schema.ts'
import { agentUser } from './agent-user.ts'
import { clientFileSettings, environment } from './environment.ts'
import { home, ownFolder } from './folders.ts'
import type { Host } from './host.ts'
import { idle } from './job.ts'
import { bottleHostConfig, gateHostConfig } from './lockdown.ts'
import { mounts, outputFile } from './mounts.ts'
import { labelsOf, nameOf, type Role } from './names.ts'
import { atLeast, type NetworkPlan } from './networks.ts'
import { seenByEngine } from './places.ts'
import type { JoinedService } from './services.ts'
import { shellCommand } from './shell.ts'
import { entering, type SshPlan } from './ssh.ts'
import { trustMounts, upstreamVariables } from './tls.ts'

/** A container of the run: its name and the body of its create call, complete but for secret values. */
export interface ContainerPlan {
  readonly name: string
  readonly body: ContainerCreateOptions
}

/** What the engine calls a mount in a create body. */
type Mount = NonNullable<NonNullable<ContainerCreateOptions['HostConfig']>['Mounts']>[number]

/** The run as far as its containers need to know it. */
export interface Placement {
  readonly spec: BottleSpec
  readonly host: Host & { readonly expires: number }
  readonly gate: GateFacts
  readonly inside: NetworkPlan
  readonly outside: NetworkPlan
  /** Hosts that are open at these ports alone, as `host:port`. */
  readonly only: readonly string[]
  readonly ssh: SshPlan | undefined
  readonly services: readonly JoinedService[]
}

/** Folder of the sidecar's own volume, and the files put there: pipelock's image has no folder to put them in. */
export const configFolder = '/config'
export const configFile = `${configFolder}/gate.yaml`
export const secretsFile = `${configFolder}/known-secrets`
export const injectionsFile = `${configFolder}/injections.json`

/** The uid and gid the gate runs as: `nonroot`, owner of no file on the host. */
export const gateUser = 65532

/** The sidecar: starts on the outside network; the run connects it inside before it starts. */
export function sidecar({ spec, host, gate, outside, only }: Placement): ContainerPlan {
  const volume: Mount = {
    Type: 'volume',
    Source: nameOf(host.runId, 'config'),
    Target: configFolder,
    VolumeOptions: { NoCopy: true, Labels: labelsOf(host, 'config') } as NonNullable<Mount['VolumeOptions']>,
  }
  return gateContainer('sidecar', { host, gate }, outside, outside.sidecar, {
    Cmd: [
      ...gate.program.slice(1),
      ...['run', '--config', configFile],
      ...only.flatMap(one => ['--only', one]),
      ...(spec.egress.inject.length > 0 ? ['--inject', injectionsFile] : []),
    ],
    Env: upstreamVariables(spec.egress.tls),
    HostConfig: { ...gateHostConfig(), Mounts: [volume] },
  })
}

/**
 * The probe: the gate's image in the bottle's network position, there only for the containment check. Its kernel gives
 * up on a silent neighbour after 0.1 s instead of 3, so that every question gets a conclusive answer quickly.
 */
export function probe({ host, gate, inside }: Placement): ContainerPlan {
  const { Dns, DnsOptions } = bottleHostConfig({
    memoryBytes: 0,
    cpus: 0,
    pids: 0,
    capabilities: [],
    readOnlyRoot: true,
  })
  const plain = gateHostConfig()
  const settings = ['neigh.IFNAME.mcast_solicit=1', 'neigh.IFNAME.retrans_time_ms=100'].map(one => `net.ipv4.${one}`)
  // Since API 1.46 an interface's settings belong to its endpoint; before, to the container (docker run reference).
  const perEndpoint = atLeast(host.engine.apiVersion, '1.46')
  const Sysctls = Object.fromEntries(settings.map(one => one.replace('IFNAME', 'eth0').split('=')))
  return gateContainer('probe', { host, gate }, inside, inside.probe, {
    Cmd: [...gate.program.slice(1), 'run', '--listen', '127.0.0.1:8888'],
    ...(perEndpoint
      ? {
          NetworkingConfig: endpoint(inside, inside.probe, {
            'com.docker.network.endpoint.sysctls': settings.join(','),
          }),
        }
      : {}),
    HostConfig: {
      ...plain,
      ...(perEndpoint ? {} : { Sysctls: { ...plain.Sysctls, ...Sysctls } }),
      ...(Dns ? { Dns } : {}),
      ...(DnsOptions ? { DnsOptions } : {}),
    },
  })
}

/** The bottle: the agent's step in the user's image, on the inside network alone. */
export function bottle({ spec, host, inside, ssh, services }: Placement): ContainerPlan {
  const [uid, gid] = agentUser(spec, host)
  const workspace = spec.workspace === 'none' ? undefined : host.workspace
  const memory = (share: number) =>
    `rw,exec,nosuid,nodev,mode=0700,uid=${uid},gid=${gid},size=${Math.floor(spec.limits.memory * share)}`
  const isForJob = spec.run === undefined
  const shell = isForJob ? idle : shellCommand(spec.shell, `${ownFolder}/script`)
  const [command = '/bin/sh', ...rest] = ssh ? entering(shell) : shell
  const folder = workspace ?? home
  const trusts = spec.egress.tls.inspect || spec.egress.inject.length > 0
  const own = { ...clientFileSettings(ownFolder), ...spec.env }
  const direct = services.flatMap(one => [one.name, one.address])
  const env = {
    ...environment(inside.sidecar, workspace, host.job, own, trusts ? ownFolder : undefined, direct),
    ...(spec.outputs.length > 0 && !isForJob ? { BOTTLE_OUTPUT: outputFile } : {}),
  }
  return {
    name: nameOf(host.runId, 'bottle'),
    body: {
      Image: spec.image,
      Hostname: 'bottle',
      User: `${uid}:${gid}`,
      WorkingDir: spec.workdir === '.' ? folder : `${folder}/${spec.workdir}`,
      Entrypoint: [command],
      Cmd: rest,
      Env: Object.entries(env).flatMap(([name, value]) => (ssh?.env[name] === undefined ? [`${name}=${value}`] : [])),
      AttachStdin: ssh !== undefined,
      AttachStdout: true,
      AttachStderr: true,
      OpenStdin: ssh !== undefined,
      StdinOnce: ssh !== undefined,
      Tty: false,
      Healthcheck: { Test: ['NONE'] },
      Labels: labelsOf(host, 'bottle'),
      NetworkingConfig: endpoint(inside, inside.bottle),
      HostConfig: {
        ...bottleHostConfig({
          memoryBytes: spec.limits.memory,
          cpus: Math.min(spec.limits.cpus, host.engine.cpus),
          pids: spec.limits.pids,
          capabilities: spec.hardening.capabilities,
          readOnlyRoot: spec.hardening['read-only-root'],
        }),
        // Engines from 26 on leave ::1 where nothing else is IPv6: Node would listen there on `localhost`, and call 127.0.0.1.
        ...(host.engine.hasIpv6 ? { Sysctls: { 'net.ipv6.conf.all.disable_ipv6': '1' } } : {}),
        // Nothing is resolved inside but what is written there.
        ...(services.length > 0 ? { ExtraHosts: services.map(one => `${one.name}:${one.address}`) } : {}),
        Tmpfs: {
          [home]: memory(0.5),
          ...(spec.hardening['read-only-root'] ? { '/tmp': memory(0.5), '/run': memory(0.05) } : {}),
        },
        Mounts: seenByEngine(host.places, [
          ...mounts(host, spec, ssh !== undefined),
          ...(trusts ? trustMounts(host.scratch) : []),
        ]),
      },
    },
  }
}

/** A container of our own program or pipelock's, at an address of one network. `body` has what its role adds. */
export function gateContainer(
  role: Role,
  { host, gate }: Pick<Placement, 'host' | 'gate'>,
  network: NetworkPlan,
  address: string,
  body: ContainerCreateOptions,
): ContainerPlan {
  return {
    name: nameOf(host.runId, role),
    body: {
      Image: gate.image,
      Hostname: role === 'sidecar' ? 'gate' : role,
      User: `${gateUser}:${gateUser}`,
      Entrypoint: gate.program.slice(0, 1),
      Env: [],
      Healthcheck: { Test: ['NONE'] },
      Labels: labelsOf(host, role),
      NetworkingConfig: endpoint(network, address),
      ...body,
    },
  }
}

function endpoint(
  network: NetworkPlan,
  address: string,
  options?: Record<string, string>,
): NonNullable<ContainerCreateOptions['NetworkingConfig']> {
  const settings = { IPAMConfig: { IPv4Address: address }, ...(options ? { DriverOpts: options } : {}) }
  return { EndpointsConfig: { [network.name]: settings } }
}
