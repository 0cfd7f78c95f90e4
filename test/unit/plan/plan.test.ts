import { expect, test } from '@jest/globals'
import { pipelock } from '../../../src/gate/pipelock.ts'
import { harmlessGitConfig } from '../../../src/plan/git-config.ts'
import type { Host } from '../../../src/plan/host.ts'
import { parseRunId } from '../../../src/plan/names.ts'
import { planNetworks } from '../../../src/plan/networks.ts'
import { planBottle } from '../../../src/plan/plan.ts'
import { shellCommand } from '../../../src/plan/shell.ts'
import { allowedHosts } from '../../../src/spec/allowlist.ts'
import { readSpec } from '../../../src/spec/load.ts'

const host: Host = {
  runId: parseRunId('0123456789ab'),
  owner: 'boot:ns:1:1',
  now: 1_000_000,
  engine: {
    version: '28.0.4',
    apiVersion: '1.48',
    cpus: 4,
    memoryBytes: 8e9,
    rootless: false,
    hostname: 'host',
    root: '/var/lib/docker',
    unenforced: [],
    hasIpv6: true,
    isPodman: false,
    gateways: ['172.17.0.1'],
  },
  workspace: '/work/repo',
  uid: 1001,
  gid: 127,
  scratch: '/tmp/bottle-0123456789ab',
  places: [],
  lender: undefined,
  git: [
    {
      path: '/work/repo/.git',
      kind: 'folder',
      holds: { config: '[core]\n\tbare = false\n', 'config.worktree': undefined, commondir: undefined },
      folders: ['hooks'],
    },
  ],
  job: { GITHUB_SHA: 'abc' },
  set: ['API_KEY'],
}
const spec = (text = '') => {
  const { spec, placeOf } = readSpec({ text: `image: node\nrun: npm test\n${text}`, file: 'bottle.yml' })
  const allowed = allowedHosts(spec.egress, undefined, index => placeOf(['egress', 'allowlist', index]))
  return { spec, allowed, placeOf }
}
const gate = pipelock().facts

test('a plan is a plain value: the same spec and host make the same plan, and it survives JSON', () => {
  const plan = planBottle(spec('secrets: [API_KEY]\n'), host, gate)
  expect(planBottle(spec('secrets: [API_KEY]\n'), host, gate)).toEqual(plan)
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
})

test('to a rootless engine the owner of the workspace is root', () => {
  const rootless = { ...host, engine: { ...host.engine, rootless: true } }
  expect(planBottle(spec(), rootless, gate).bottle.body.User).toBe('0:0')
  const named = spec('hardening: {user: "1000:1000"}\n')
  expect(planBottle(named, rootless, gate).bottle.body.User).toBe('1000:1000')
})

test('limits that an engine cannot enforce are said before anything is trusted', () => {
  const lax = { ...host, engine: { ...host.engine, unenforced: ['memory', 'pids'] } }
  expect(planBottle(spec(), lax, gate).warnings.join()).toContain('cannot enforce limits.memory, limits.pids')
  expect(planBottle(spec(), host, gate).warnings.join()).not.toContain('cannot enforce')
})

test('the bottle goes without IPv6 where that is known to be possible', () => {
  const sysctls = (hasIpv6: boolean) =>
    planBottle(spec(), { ...host, engine: { ...host.engine, hasIpv6 } }, gate).bottle.body.HostConfig?.Sysctls
  expect(sysctls(true)).toEqual({ 'net.ipv6.conf.all.disable_ipv6': '1' })
  // A container with a setting that its kernel does not know is not started.
  expect(sysctls(false)).toBeUndefined()
})

test('the bottle is locked down', () => {
  const { body } = planBottle(spec(), host, gate).bottle
  expect(body.User).toBe('1001:127')
  expect(body.HostConfig).toMatchObject({
    CapDrop: ['ALL'],
    CapAdd: [],
    SecurityOpt: ['no-new-privileges:true'],
    Init: true,
    PidsLimit: 512,
    Memory: 4 * 2 ** 30,
    MemorySwap: 4 * 2 ** 30,
    NanoCpus: 2e9,
    Privileged: false,
    Dns: ['127.0.0.1'],
  })
  const targets = body.HostConfig?.Mounts?.map(mount => `${mount.Target}${mount.ReadOnly ? ' ro' : ''}`)
  expect(targets).toEqual([
    '/work/repo',
    '/work/repo/.git',
    '/work/repo/.git/config ro',
    '/work/repo/.git/config.worktree ro',
    '/work/repo/.git/commondir ro',
    '/work/repo/.git/hooks ro',
    '/work/repo/.git/info ro',
    '/bottle ro',
    '/etc/resolv.conf ro',
  ])
  expect(JSON.stringify(body)).not.toContain('docker.sock')
  for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) {
    expect(body.Env).toContain(
      `${name}=http://198.19.89.14:8888`.replace(/198\.\d+\.\d+\.\d+/, planBottle(spec(), host, gate).inside.sidecar),
    )
  }
})

test.each([
  ['ro', ['/work/repo ro', '/work/repo/.git/config ro']],
  ['none', []],
])('workspace: %s', (access, expected) => {
  const mounts = planBottle(spec(`workspace: ${access}\n`), host, gate).bottle.body.HostConfig?.Mounts ?? []
  const checkout = mounts
    .filter(mount => mount.Target.startsWith('/work/repo'))
    .map(mount => `${mount.Target}${mount.ReadOnly ? ' ro' : ''}`)
  expect(checkout).toEqual(expected)
})

test('everything that is created carries the labels of its run', () => {
  const plan = planBottle(spec(), host, gate)
  for (const labels of [plan.sidecar, plan.probe, plan.bottle]
    .map(one => one.body.Labels)
    .concat([plan.inside.body.Labels, plan.outside.body.Labels])) {
    expect(labels).toMatchObject({
      'io.bottle.run': '0123456789ab',
      'io.bottle.owner': 'boot:ns:1:1',
      'io.bottle.expires': '3700',
    })
  }
})

test('the inside network is closed to the host in the way the engine can', () => {
  const run = { runId: host.runId, owner: 'x', expires: 0 }
  expect(planNetworks(run, '1.48', 0).inside.body).toMatchObject({
    Internal: true,
    Options: { 'com.docker.network.bridge.gateway_mode_ipv4': 'isolated' },
  })
  expect(planNetworks(run, '1.41', 0).inside.body).toMatchObject({
    Internal: true,
    Options: { 'com.docker.network.bridge.inhibit_ipv4': 'true' },
  })
  const subnets = Array.from({ length: 64 }, (_, place) => planNetworks(run, '1.41', place)).flatMap(one => [
    one.inside.subnet,
    one.outside.subnet,
  ])
  expect(new Set(subnets).size).toBe(128)
  for (const subnet of subnets) expect(subnet).toMatch(/^198\.1[89]\.\d+\.\d+\/28$/)
})

test('a secret that is not set stops the plan; its value is never asked for', () => {
  expect(() => planBottle(spec('secrets: [API_KEY, OTHER]\n'), host, gate)).toThrow(/secret OTHER is named/)
})

test('an image that is not pinned is said aloud', () => {
  expect(planBottle(spec(), host, pipelock('mirror.test/pipelock:3').facts).warnings).toEqual([
    "pipelock's image mirror.test/pipelock:3 is not pinned by digest",
  ])
  expect(planBottle(spec(), host, gate).warnings).toEqual([])
})

test.each([
  [undefined, ['/bin/sh', '-c', expect.any(String), '/s']],
  ['bash', ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '/s']],
  ['python', ['python', '/s']],
  ['perl -w {0} x', ['perl', '-w', '/s', 'x']],
])('shell: %s', (shell, command) => {
  expect(shellCommand(shell, '/s')).toEqual(command)
})

test('the checkout’s git config loses what is secret and what git would execute', () => {
  const text = `[core]
\trepositoryformatversion = 0
\thooksPath = /tmp/evil
\tfsmonitor = /tmp/evil
\tsshCommand = evil
[remote "origin"]
\turl = https://user:pass@forge.test/a.git
\tfetch = +refs/heads/*:refs/remotes/origin/*
[http "https://github.com/"]
\textraheader = AUTHORIZATION: basic c2VjcmV0
[includeIf "gitdir:/x"]
\tpath = /runner/credentials
[credential]
\thelper = store
[alias]
\tst = !evil
[branch "main"]
\tremote = origin
`
  const clean = harmlessGitConfig(text)
  expect(clean).toContain('url = https://forge.test/a.git')
  expect(clean).toContain('[branch "main"]')
  expect(clean).toContain('repositoryformatversion = 0')
  expect(clean).not.toMatch(/pass|c2VjcmV0|credentials|helper|evil/)
})

test('a private range that holds the host itself is refused, with its place', () => {
  const text = 'egress:\n  private:\n    - 10.0.0.5/32\n    - 172.16.0.0/12\n'
  expect(() => planBottle(spec(text), host, gate)).toThrow(
    /^bottle.yml:6:7: egress.private 172.16.0.0\/12 contains 172.17.0.1/,
  )
  expect(planBottle(spec('egress: {private: [172.17.0.5/32]}\n'), host, gate).policy).toContain('172.17.0.5/32')
})
