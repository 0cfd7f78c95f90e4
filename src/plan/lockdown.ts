import type { ContainerCreateOptions } from 'dockerode'

type HostConfig = NonNullable<ContainerCreateOptions['HostConfig']>

/** Limits and rights of the bottle, as the spec asks for them. Sizes in bytes. */
export interface Lockdown {
  readonly memoryBytes: number
  readonly cpus: number
  readonly pids: number
  readonly capabilities: readonly string[]
  readonly readOnlyRoot: boolean
}

/** What every container of ours gets: no capability, no new privileges, no restart, a bounded log. */
const bare: HostConfig = {
  CapDrop: ['ALL'],
  SecurityOpt: ['no-new-privileges:true'],
  RestartPolicy: { Name: 'no' },
  IpcMode: 'private',
  Privileged: false,
  PublishAllPorts: false,
}

/** The agent's container: seccomp and AppArmor stay the engine's defaults, resources are bounded, no core files. */
export function bottleHostConfig(lockdown: Lockdown): HostConfig {
  return {
    ...bare,
    CapAdd: [...lockdown.capabilities],
    ReadonlyRootfs: lockdown.readOnlyRoot,
    Init: true,
    PidsLimit: lockdown.pids,
    Memory: lockdown.memoryBytes,
    MemorySwap: lockdown.memoryBytes,
    NanoCpus: Math.round(lockdown.cpus * 1e9),
    OomScoreAdj: 500,
    Ulimits: [{ Name: 'core', Soft: 0, Hard: 0 }],
    // The output is attached to, never stored; `none` still streams to an attached client (facts/platform §10.7).
    LogConfig: { Type: 'none', Config: {} },
    // Explicit servers are dialled from the bottle's own namespace, where nothing listens (facts/platform §10.1).
    Dns: ['127.0.0.1'],
    DnsOptions: ['timeout:1', 'attempts:1'],
    DnsSearch: [],
  }
}

/** Where the engine keeps the gate's log: a bottle that floods it fills no disk, and it is followed as it grows. */
export const sidecarLogs = { Type: 'json-file', Config: { 'max-size': '100m', 'max-file': '2' } }

/** The sidecar and the probe: our own program or pipelock's, read-only, small, and never a router. */
export function gateHostConfig(): HostConfig {
  return {
    ...bare,
    ReadonlyRootfs: true,
    PidsLimit: 256,
    Memory: 512 * 1024 * 1024,
    MemorySwap: 512 * 1024 * 1024,
    Sysctls: { 'net.ipv4.ip_forward': '0' },
    LogConfig: sidecarLogs,
  }
}
