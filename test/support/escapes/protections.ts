import type { ContainerCreateOptions } from 'dockerode'
import type { NetworkBody } from '../../../src/plan/networks.ts'
import { gateway, host, inside, mounted, ownMounts, policy, type Removal, sixth, sized, writable } from './removal.ts'

type Body = ContainerCreateOptions

const capabilities = [
  ...['CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'SETUID', 'SETGID', 'NET_RAW', 'NET_ADMIN', 'SYS_CHROOT'],
  ...['MKNOD', 'SYS_ADMIN', 'SYS_TIME', 'SYS_BOOT', 'SYSLOG', 'SYS_NICE', 'SYS_RESOURCE', 'SYS_PTRACE'],
] as const
type Capability = `no ${(typeof capabilities)[number]}`

const named = {
  'closed network': {
    without: 'the inside network is an ordinary bridge',
    plan: inside(network => ({ Internal: false, Options: {}, IPAM: gateway(network) })),
  },
  'closed gateway': {
    without: 'the inside bridge has its address on the host',
    plan: inside(network => ({ Options: {}, IPAM: gateway(network) })),
  },
  'refused broadcasts': { without: 'the host takes what comes from the inside bridge, whoever sent it', hears: true },
  'inside alone': { without: 'the bottle is on the outside network too', joins: 'outside' },
  'own network': { without: "the bottle is on another bottle's network too", joins: 'neighbour' },
  'no metadata network': { without: "the bottle is on the metadata service's network too", joins: 'metadata' },
  'no neighbours': { without: 'another host is on the inside network', guest: 'guest' },
  'no IPv6': {
    without: 'the inside network has IPv6, and the bottle may use it',
    body: host(() => ({ Sysctls: {} })),
    plan: inside(network => ({
      EnableIPv6: true as unknown as false,
      // Where the engine knows isolated gateways the host would have no address of IPv6's there.
      Options: Object.fromEntries(Object.entries(network.body.Options).filter(([name]) => !name.endsWith('_ipv6'))),
      IPAM: {
        ...network.body.IPAM,
        Config: [...network.body.IPAM.Config, { Subnet: sixth(network) }] as unknown as NetworkBody['IPAM']['Config'],
      },
    })),
  },
  'no resolver': {
    without: "the engine's resolver asks a name server",
    guest: 'guest',
    body: host((_, { guestAddress }) => ({ Dns: [guestAddress] })),
  },
  'own resolv.conf': {
    without: "the bottle has the engine's resolv.conf",
    body: ownMounts(target => target !== '/etc/resolv.conf'),
  },
  'no search domain': { without: 'a search domain is set', body: host(() => ({ DnsSearch: ['search.test'] })) },
  'no host alias': {
    without: 'host.docker.internal is given',
    body: host(() => ({ ExtraHosts: ['host.docker.internal:host-gateway'] })),
  },
  allowlist: {
    without: 'the gate refuses no name (learn mode)',
    spec: spec => ({ ...spec, egress: { ...spec.egress, mode: 'learn' } }),
  },
  'address guard': {
    without: 'the name may lead to private addresses (egress.trusted)',
    spec: spec => ({ ...spec, egress: { ...spec.egress, trusted: ['inner.test'] } }),
  },
  gate: { without: 'a proxy that judges nothing stands in for the gate', guest: 'proxy' },
  'metrics on loopback': {
    without: "the gate's metrics listen on every address",
    plan: policy(now => ({ ...now, metrics_listen: '0.0.0.0:9091' })),
  },
  'metrics apart': {
    without: "the gate's metrics are on its own port",
    plan: policy(({ metrics_listen: _, ...now }) => now),
  },
  'sidecar is no router': {
    without: 'the sidecar forwards packets',
    plan: plan => ({
      ...plan,
      sidecar: {
        ...plan.sidecar,
        body: {
          ...plan.sidecar.body,
          HostConfig: { ...plan.sidecar.body.HostConfig, Sysctls: { 'net.ipv4.ip_forward': '1' } },
        },
      },
    }),
  },
  'volumes of its own': {
    without: "the sidecar's volume is mounted",
    body: host(({ Mounts = [] }, { runId }) => ({
      Mounts: [...Mounts, { Type: 'volume', Source: `bottle-${runId}-config`, Target: '/config', ReadOnly: false }],
    })),
  },
  'no new privileges': { without: 'setuid programs gain privileges', body: host(() => ({ SecurityOpt: [] })) },
  seccomp: {
    without: 'every system call is let through',
    body: host(({ SecurityOpt = [] }) => ({ SecurityOpt: [...SecurityOpt, 'seccomp=unconfined'] })),
  },
  'masked paths': { without: 'nothing of /proc is masked', body: host(() => ({ MaskedPaths: [] })) },
  'read-only paths': { without: 'nothing of /proc is read-only', body: host(() => ({ ReadonlyPaths: [] })) },
  'own /sys': { without: "the host's /sys is mounted", body: mounted(() => '/sys') },
  'device rules': { without: 'every device may be opened', body: host(() => ({ DeviceCgroupRules: ['a *:* rwm'] })) },
  'own processes': { without: "the bottle sees the host's processes", body: host(() => ({ PidMode: 'host' })) },
  'own IPC': {
    without: "the bottle shares another container's IPC",
    body: host((_, { decoy }) => ({ IpcMode: `container:${decoy}` })),
  },
  'own loopback': {
    without: "the bottle is in the host's network namespace",
    body: ({ NetworkingConfig: _, Hostname: __, ...body }, scene) =>
      host(() => ({ NetworkMode: 'host', Dns: [], DnsOptions: [], Sysctls: {} }))(body, scene),
  },
  'no engine socket': { without: "the engine's socket is mounted", body: mounted(() => '/var/run/docker.sock') },
  'own folder only': { without: "the runner's temp folder is mounted", body: mounted(({ temp }) => temp) },
  'read-only script': { without: "the run's own folder is writable", body: writable(/^\/(bottle|etc\/resolv.conf)/) },
  'read-only git': { without: "git's config and hooks are the checkout's", body: writable(/\.git\/(config|hooks)$/) },
  'git without credentials': {
    without: "git's config is the checkout's",
    body: ownMounts(target => !target.endsWith('.git/config')),
  },
  'git mounted apart': { without: '.git is no mount', body: ownMounts(target => !/\.git(\/|$)/.test(target)) },
  'workspace: ro': { without: 'the workspace is writable', body: writable(/workspace$/) },
  'pids limit': { without: 'no limit of processes', body: host(() => ({ PidsLimit: -1 })) },
  'memory limit': { without: 'no limit of memory', body: host(() => ({ Memory: 0, MemorySwap: 0 })) },
  'size of home': {
    without: "the home in memory has the host's size",
    body: host(({ Tmpfs = {} }) => ({ Tmpfs: sized(Tmpfs, '600m') })),
  },
  'size of /dev/shm': { without: '/dev/shm is large', body: host(() => ({ ShmSize: 600 * 2 ** 20 })) },
  'read-only root': {
    without: "the image's file system is writable",
    body: host(({ Tmpfs = {} }) => ({
      ReadonlyRootfs: false,
      Tmpfs: Object.fromEntries(Object.entries(Tmpfs).filter(([path]) => path !== '/tmp' && path !== '/run')),
    })),
  },
  'no core files': {
    without: 'core files have no limit',
    body: host(() => ({ Ulimits: [{ Name: 'core', Soft: -1, Hard: -1 }] })),
  },
  'output is not stored': {
    without: "the bottle's output goes to the engine's log",
    body: host(() => ({ LogConfig: { Type: 'json-file', Config: {} } })),
  },
  'the step is a container': { without: 'the step is an exec in a container that lives on', lives: true },
  'killed at the end': { without: 'the step is stopped by SIGTERM alone', stop: 'SIGTERM' },
  // Not protections: what some attempts find changed in both runs.
  'ordinary user': { without: 'the agent is not root', body: (body: Body) => ({ ...body, User: '1000:1000' }) },
  'small limits': {
    without: 'limits are small',
    only: 'bottle',
    spec: spec => ({ ...spec, limits: { ...spec.limits, pids: 64, memory: 128 * 2 ** 20 } }),
  },
  'root read-only': {
    without: 'hardening.read-only-root is on',
    only: 'bottle',
    spec: spec => ({
      ...spec,
      limits: { ...spec.limits, memory: 128 * 2 ** 20 },
      hardening: { ...spec.hardening, 'read-only-root': true },
    }),
  },
  'workspace read-only': { without: 'workspace: ro', only: 'bottle', spec: spec => ({ ...spec, workspace: 'ro' }) },
} satisfies Readonly<Record<string, Removal>>

export type ProtectionName = keyof typeof named | Capability

/** Every protection by name, and how it is removed. */
export const protections: Readonly<Record<ProtectionName, Removal>> = {
  ...named,
  ...(Object.fromEntries(
    capabilities.map(one => [
      `no ${one}`,
      { without: `the bottle has ${one}`, body: host(({ CapAdd = [] }) => ({ CapAdd: [...(CapAdd ?? []), one] })) },
    ]),
  ) as unknown as Record<Capability, Removal>),
}
