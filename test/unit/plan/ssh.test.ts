import { expect, test } from '@jest/globals'
import { pipelock } from '../../../src/gate/pipelock.ts'
import type { Host } from '../../../src/plan/host.ts'
import { parseRunId } from '../../../src/plan/names.ts'
import { planBottle } from '../../../src/plan/plan.ts'
import { passwd } from '../../../src/plan/ssh.ts'
import { deliveryOf } from '../../../src/run/delivery.ts'
import { allowedHosts } from '../../../src/spec/allowlist.ts'
import { readSpec } from '../../../src/spec/load.ts'

const host: Host = {
  runId: parseRunId('0123456789ab'),
  owner: 'boot:ns:1:1',
  now: 1_000_000,
  engine: {
    version: '28',
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
  git: [],
  places: [],
  lender: undefined,
  job: {},
  set: ['DEPLOY_KEY'],
}

function plan(text: string, restrictsPorts = true) {
  const { spec, placeOf } = readSpec({ text: `image: node\nrun: npm test\n${text}`, file: 'b.yml' })
  const allowed = allowedHosts(spec.egress, undefined, index => placeOf(['egress', 'allowlist', index]), spec.ssh)
  return planBottle({ spec, allowed, placeOf }, host, { ...pipelock().facts, restrictsPorts })
}
const one = (more = '', hostname = 'git.test') =>
  `ssh: [{host: forge, hostname: ${hostname}, known-host: any${more}}]\n`

test('without ssh nothing of it is there', () => {
  const { ssh, bottle, files, sidecar } = plan('')
  expect(ssh).toBeUndefined()
  expect(bottle.body).toMatchObject({ OpenStdin: false, AttachStdin: false, Entrypoint: ['/bin/sh'] })
  expect(Object.keys(files)).not.toContain('passwd')
  expect(sidecar.body.Cmd).not.toContain('--only')
})

test('the host joins the allowlist with its origin, held to its ports when nothing else asked for it', () => {
  const { allowlist, origins, sidecar } = plan(one(', port: 2222'))
  expect(allowlist).toContain('git.test')
  expect(origins['git.test']).toEqual(['ssh forge'])
  expect(sidecar.body.Cmd?.slice(-2)).toEqual(['--only', 'git.test:2222'])
  for (const entry of ['git.test', '"*.git.test"'])
    expect(plan(`egress: {allowlist: [${entry}]}\n${one()}`).sidecar.body.Cmd).not.toContain('--only')
  expect(plan(`egress: {mode: learn}\n${one()}`).sidecar.body.Cmd).not.toContain('--only')
  const open = plan(one(), false)
  expect(open.sidecar.body.Cmd).not.toContain('--only')
  expect(open.warnings.join()).toContain('holds no host to a port: all of git.test is open, not ssh alone')
})

test('an address is opened even when private, says so, and may not be where the host itself answers', () => {
  const { policy, warnings, sidecar } = plan(one('', '10.1.2.3'))
  expect(policy).toContain('ip_allowlist:\n    - 10.1.2.3/32')
  expect(policy).toContain('- 10.1.2.3\n')
  expect(warnings.join()).toContain(
    'ssh forge: 10.1.2.3 is an address, and open even when it is private (egress.private)',
  )
  expect(sidecar.body.Cmd).toContain('10.1.2.3:22')
  expect(() => plan(one('', '172.17.0.1'))).toThrow(
    /b\.yml:3:31: the ssh host 172\.17\.0\.1\/32 contains 172\.17\.0\.1/,
  )
})

test('under TLS inspection ssh is passed through, and said when that hides more than ssh', () => {
  const inspected = (egress: string) => plan(`egress: {tls: {inspect: true}${egress}}\n${one()}`)
  expect(inspected('').policy).toMatch(/passthrough_domains:\n\s+- git\.test/)
  expect(inspected('').warnings.join()).not.toContain('is not looked into')
  expect(inspected(', allowlist: [git.test]').warnings.join()).toContain('TLS to git.test is not looked into')
})

test('a key that is not set is a mistake with its place', () => {
  expect(() => plan(one(', identity: OTHER'))).toThrow(/b\.yml:3:\d+: the key OTHER is named in `ssh` but not set/)
})

test('the configuration, the known hosts and the key are files of the home folder', () => {
  const known = `ssh-ed25519 ${Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.alloc(36)]).toString('base64')}`
  const { ssh, bottle, files, inside } = plan(
    `env: {NODE_OPTIONS: --x, A: b}\nssh:\n  - {host: forge, hostname: git.test, user: me, port: 2222, identity: DEPLOY_KEY, known-host: "${known}"}\n  - {host: any, hostname: any.test, known-host: any}\n`,
  )
  expect(ssh?.files['/home/bottle/.ssh/config']).toBe(`Host forge git.test
  HostName git.test
  User me
  Port 2222
  IdentityFile /home/bottle/.ssh/DEPLOY_KEY
Host any any.test
  HostName any.test
  User git
  Port 22
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
Host *
  ProxyCommand 9>&-; unset LD_PRELOAD LD_LIBRARY_PATH NODE_OPTIONS NODE_EXTRA_CA_CERTS; exec /bottle/ssh/loader --library-path /bottle/ssh /bottle/ssh/node /bottle/ssh/index.js tunnel ${inside.sidecar}:8888 %h %p
  StrictHostKeyChecking yes
  UserKnownHostsFile /home/bottle/.ssh/known_hosts
  GlobalKnownHostsFile /dev/null
  UpdateHostKeys no
  IdentitiesOnly yes
  BatchMode yes
`)
  expect(ssh?.files['/home/bottle/.ssh/known_hosts']).toBe(`[git.test]:2222 ${known}\n`)
  expect(ssh?.keys).toEqual({ '/home/bottle/.ssh/DEPLOY_KEY': 'DEPLOY_KEY' })
  expect(files.passwd).toBe(passwd(1001, 127))
  expect(bottle.body).toMatchObject({ OpenStdin: true, StdinOnce: true, Entrypoint: ['/bottle/ssh/loader'] })
  expect(bottle.body.Env).toContain('A=b')
  expect(bottle.body.Env?.join()).not.toMatch(/NODE_OPTIONS|DEPLOY_KEY/)
  const given = JSON.parse(deliveryOf({ ssh } as never, new Map([['DEPLOY_KEY', 'a\r\nb']])) ?? '{}')
  expect(given.env).toEqual({ NODE_OPTIONS: '--x' })
  expect(given.files.at(-1)).toEqual({ path: '/home/bottle/.ssh/DEPLOY_KEY', text: 'a\nb\n' })
})

test('the user is known to the image, whoever it is', () => {
  expect(passwd(1001, 127).split('\n')[0]).toBe('bottle:x:1001:127::/home/bottle:/bin/sh')
  expect(passwd(0, 0)).toBe('root:x:0:0::/home/bottle:/bin/sh\nnobody:x:65534:65534::/nonexistent:/bin/sh\n')
})
