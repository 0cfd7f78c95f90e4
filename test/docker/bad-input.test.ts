import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { engineProxy } from '../support/engine/proxy.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(30_000)

const project = resolve(import.meta.dirname, '../..')
const good = { image: 'bottle-test/tiny:1', gate: 'built-in', run: 'echo the agent ran', upload: 'false' }

interface Case {
  readonly title: string
  readonly with: Record<string, string>
  readonly env?: Record<string, string>
  /** What the sentence must hold: what is wrong, and what to type. */
  readonly says: readonly RegExp[]
  /** Post's exit code, when nobody can tell it that nothing is left. */
  readonly post?: number
}

const cases: Case[] = [
  {
    title: 'an unknown key',
    with: { spec: 'egress:\n  allowlst: [a.test]\n' },
    says: [/input spec:2:3: egress\.allowlst is not a key of egress; did you mean "allowlist"\?/],
  },
  { title: 'a wrong type', with: { spec: 'limits:\n  pids: many\n' }, says: [/input spec:2:9: limits\.pids must be/] },
  { title: 'broken YAML', with: { spec: 'egress: [\n' }, says: [/input spec:\d+:\d+/] },
  {
    title: 'several mistakes at once',
    with: { spec: 'imag: x\nlimits: {pids: 1}\nworkspace: rwx\n' },
    says: [
      /have 3 mistakes/,
      /1:1: imag is not a key.*did you mean "image"/,
      /2:16: limits\.pids 1 must be at least 8/,
      /3:12: workspace must be rw or ro or none, not "rwx"/,
    ],
  },
  {
    title: 'a URL for a host',
    with: { allow: 'https://a.test/x' },
    says: [/input allow:1:1: .*is a URL; write a\.test/],
  },
  { title: 'a port', with: { allow: 'good.test\na.test:443' }, says: [/input allow:2:1: .*has a port; write a\.test/] },
  { title: 'every host', with: { allow: '*' }, says: [/would allow every host/] },
  { title: 'a public suffix', with: { allow: '*.co.uk' }, says: [/would allow every domain under co\.uk/] },
  { title: 'an empty run', with: { run: '   ' }, says: [/input run:1:1: .*is empty; write the commands/] },
  { title: 'no image at all', with: { image: '' }, says: [/image is missing; write one such as/] },
  {
    title: 'a secret that is not set',
    with: { secrets: 'API_KEY' },
    says: [/secret API_KEY is named in `secrets` but not set/, /Add `env: \{API_KEY: \$\{\{ secrets\.API_KEY \}\}\}`/],
  },
  {
    title: 'spec and spec-file both',
    with: { spec: 'image: x', 'spec-file': 'a.yml' },
    says: [/Both `spec` and `spec-file`/, /Keep one/],
  },
  { title: 'a spec file that is missing', with: { 'spec-file': 'no.yml' }, says: [/no\.yml does not exist/] },
  {
    title: 'a spec file outside the workspace',
    with: { 'spec-file': '../event.json' },
    says: [/outside the workspace/],
  },
  { title: 'a spec file behind a link to outside', with: { 'spec-file': 'link.yml' }, says: [/outside the workspace/] },
  { title: 'a workdir outside the workspace', with: { spec: 'workdir: ../..' }, says: [/leaves the workspace/] },
  { title: 'a gate that does not exist', with: { gate: 'built in' }, says: [/must be pipelock or built-in/] },
  {
    title: 'a pipelock image for the built-in gate',
    with: { 'pipelock-image': 'x' },
    says: [/`pipelock-image` is given, but the gate is built-in/],
  },
  {
    title: 'a timeout that is none',
    with: { timeout: '30 minutes' },
    says: [/input timeout:1:1: .*is not a duration; write one such as/],
  },
  { title: 'a flag that is none', with: { 'dry-run': 'maybe' }, says: [/dry-run is "maybe"/, /dry-run: true/] },
  {
    title: 'retention that is no number',
    with: { 'retention-days': 'week' },
    says: [/retention-days/, /retention-days: 7/],
  },
  {
    title: 'an artifact name that cannot be',
    with: { 'artifact-name': 'a/b' },
    says: [/artifact-name/, /artifact-name: a-b/],
  },
  {
    title: 'a bottle that the manifest lacks',
    with: { 'spec-file': 'many.yml', bottle: 'revew' },
    says: [/no bottle called revew\. Did you mean review\?/],
  },
  {
    title: 'a manifest and no name',
    with: { 'spec-file': 'many.yml' },
    says: [/holds several bottles: fix, review/, /bottle: fix/],
  },
  { title: 'an environment line without =', with: { env: 'JUST_A_NAME' }, says: [/input env:1:1/] },
  {
    title: 'a capability that opens the bottle',
    with: { spec: 'hardening: {capabilities: [SYS_ADMIN]}' },
    says: [/would let the agent out/],
  },
  {
    title: 'private ranges that hold our own networks',
    with: { spec: 'egress: {private: [198.18.0.0/16]}' },
    says: [/Bottle's own networks/],
  },
  {
    title: 'a word for fail-on that is none',
    with: { 'fail-on': 'always' },
    says: [/input fail-on:1:1: .*fail-on must be never or dlp or any-block, not "always"/],
  },
  {
    title: 'a block that is expected of a host that is allowed',
    with: { allow: 'b.test\na.test', spec: 'egress:\n  expected-blocks: [c.test, a.test]\n' },
    says: [
      /input spec:2:29: egress\.expected-blocks names a\.test, but it is allowed \(input allow:2\), so nothing blocks it/,
      /Take it out of one of the two/,
    ],
  },
  {
    title: 'the same below a wildcard that is allowed',
    with: { allow: '*.a.test', spec: 'egress: {expected-blocks: [x.a.test]}' },
    says: [/input spec:1:28: .*x\.a\.test, but it is allowed by \*\.a\.test \(input allow:1\)/],
  },
  {
    title: 'TLS inspection by the built-in gate',
    with: { spec: 'egress:\n  tls:\n    inspect: true\n' },
    says: [/input spec:3:14: egress\.tls\.inspect is on, but the gate is built-in/, /Write `gate: pipelock`/],
  },
  {
    title: 'the same by its input',
    with: { tls: 'inspect' },
    says: [/input tls:1: egress\.tls\.inspect is on, but the gate is built-in/],
  },
  { title: 'a word for tls that is none', with: { tls: 'on' }, says: [/input tls:1:1: .*inspect must be .*not "on"/] },
  {
    title: 'an unknown key of tls',
    with: { spec: 'egress:\n  tls: {pass-through: [a.test]}\n' },
    says: [/input spec:2:9: egress\.tls\.pass-through is not a key of egress\.tls; did you mean "passthrough"\?/],
  },
  {
    title: 'a URL to pass through',
    with: { spec: 'egress:\n  tls:\n    passthrough:\n      - https://a.test/\n' },
    says: [/input spec:4:9: egress\.tls\.passthrough\[0\] "https:\/\/a\.test\/" is a URL; write a\.test/],
  },
  {
    title: 'an authority outside the workspace',
    with: { spec: 'egress: {tls: {inspect: true, upstream-ca: ../ca.pem}}\n' },
    says: [/input spec:1:44: .*is not a path inside the workspace; write one such as certs\/company-ca\.pem/],
  },
  {
    title: 'an authority that is missing',
    with: { spec: 'egress: {tls: {inspect: true, upstream-ca: certs/ca.pem}}\n' },
    says: [/certs\/ca\.pem of egress\.tls\.upstream-ca \(input spec:1:44\) does not exist/],
  },
  {
    title: 'an authority that is none',
    with: { spec: 'egress: {tls: {inspect: true, upstream-ca: many.yml}}\n' },
    says: [/input spec:1:44: egress\.tls\.upstream-ca many\.yml holds no PEM certificate/, /openssl x509/],
  },
  {
    title: 'a socket that is not there',
    with: {},
    env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    says: [/No Docker engine answers at unix:\/\/\/nowhere/, /set DOCKER_HOST/],
    post: 1,
  },
  {
    title: 'an ssh host without its key, at a port that is none',
    with: { spec: 'ssh:\n  - {host: forge, hostname: git.test, port: 99999}\n' },
    says: [
      /have 2 mistakes/,
      /2:5: ssh\[0\]\.known-host is missing; write the public key/,
      /2:45: ssh\[0\]\.port 99999 is no port; write one from 1 to 65535/,
    ],
  },
  {
    title: 'an ssh key that is not set',
    with: { spec: 'ssh: [{host: forge, hostname: git.test, identity: DEPLOY_KEY, known-host: any}]' },
    says: [
      /input spec:1:\d+: the key DEPLOY_KEY is named in `ssh` but not set/,
      /Add `env: \{DEPLOY_KEY: \$\{\{ secrets/,
    ],
  },
  {
    title: 'an ssh key that is none',
    with: { spec: 'ssh: [{host: forge, hostname: git.test, identity: DEPLOY_KEY, known-host: any}]' },
    env: { DEPLOY_KEY: 'no-key-at-all' },
    says: [/The key DEPLOY_KEY that `ssh` names is not a private key/, /Give it the whole file/],
  },
  {
    title: 'an engine over ssh that does not answer',
    with: {},
    env: { DOCKER_HOST: 'ssh://127.0.0.1:1' },
    says: [/No Docker engine answers at ssh:\/\/127\.0\.0\.1:1/, /set DOCKER_HOST to where it listens/],
    post: 1,
  },
  {
    title: 'an engine at an address of another kind',
    with: {},
    env: { DOCKER_HOST: 'npipe:////./pipe/docker_engine' },
    says: [/not one Bottle can dial/],
  },
]

test.each(cases)(
  '$title: one clear error, and nothing is created',
  async ({ with: wish, env = {}, says, post = 0 }) => {
    await using proxy = await engineProxy()
    await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host, ...env } })
    mkdirSync(runner.workspace, { recursive: true })
    writeFileSync(
      join(runner.workspace, 'many.yml'),
      'bottles:\n  fix: {image: a, run: b}\n  review: {image: a, run: b}\n',
    )
    symlinkSync(join(runner.workspace, '../event.json'), join(runner.workspace, 'link.yml'))
    const step = runner.step({ with: { ...good, ...wish } })
    const main = await step.main()
    const said = main.annotations.map(one => one.data).join('\n')
    for (const words of says) expect(said).toMatch(words)
    expect(said).not.toMatch(/\n\s+at |node:internal|\.ts:\d/)
    expect(main.exitCode).toBe(1)
    expect(proxy.calls.filter(call => call.method !== 'GET')).toEqual([])
    expect((await step.post()).exitCode).toBe(post)
  },
)

test('an image that cannot be had: one clear error, and nothing is created', async () => {
  await using proxy = await engineProxy()
  proxy.decide = call => (call.path.includes('fromImage=') ? { fail: 'before', status: 404 } : undefined)
  await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host } })
  const main = await runner.step({ with: { ...good, image: 'registry.test/no/such:1' } }).main()
  expect(main.annotations[0]?.data).toMatch(/image registry\.test\/no\/such:1 cannot be had/)
  expect(main.exitCode).toBe(1)
  expect(proxy.calls.filter(call => /create\b/.test(call.path) && !call.path.startsWith('/images'))).toEqual([])
})

test('a pipelock image that cannot be pulled: both ways out are named, and nothing falls back', async () => {
  await using proxy = await engineProxy()
  proxy.decide = call => (call.path.includes('fromImage=') ? { fail: 'before', status: 404 } : undefined)
  await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host } })
  const main = await runner
    .step({ with: { ...good, gate: 'pipelock', 'pipelock-image': 'registry.test/no/pipelock:1' } })
    .main()
  expect(main.annotations.map(one => one.data).join()).toMatch(/cannot be pulled.*`pipelock-image:`.*`gate: built-in`/)
  expect(main.log.join('\n')).not.toContain('the agent ran')
  expect(proxy.calls.filter(call => /create\b/.test(call.path) && !call.path.startsWith('/images'))).toEqual([])
})

test('an engine that is too old, one that may not be used, and Podman are told apart', async () => {
  await using proxy = await engineProxy()
  await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host } })
  proxy.decide = call => (call.path.startsWith('/version') ? { fail: 'before', status: 403 } : undefined)
  const forbidden = await runner.step({ with: good }).main()
  expect(forbidden.annotations[0]?.data).toMatch(/No permission to use the engine.*`docker` group/)
  proxy.decide = call =>
    call.path.startsWith('/version') ? { replace: { Version: '19.03.1', ApiVersion: '1.40' } } : undefined
  const old = await runner.step({ with: good }).main()
  expect(old.annotations[0]?.data).toMatch(/version 19\.03\.1 \(API 1\.40\).*Install Docker 20\.10/)
  // As Podman 4.3.1 names itself.
  const podman = { Version: '4.3.1', ApiVersion: '1.41', Components: [{ Name: 'Podman Engine', Version: '4.3.1' }] }
  proxy.decide = call => (call.path.startsWith('/version') ? { replace: podman } : undefined)
  const other = await runner.step({ with: good }).main()
  expect(other.annotations[0]?.data).toMatch(/is Podman 4\.3\.1.*could reach the host.*Start Docker 20\.10/)
  expect(proxy.calls.filter(call => call.method !== 'GET')).toEqual([])
})

test('dry-run prints the plan and creates nothing', async () => {
  await using proxy = await engineProxy()
  await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host } })
  const main = await runner
    .step({
      with: { ...good, 'dry-run': 'true', allow: 'b.test, a.test\nc.test', secrets: 'KEY' },
      env: { KEY: 'hidden-value-1' },
    })
    .main()
  expect(main.exitCode).toBe(0)
  expect(main.raw).toContain('egress: 5 hosts allowed (a.test, api.anthropic.com, b.test, +2 more)')
  expect(main.raw).toContain('api_allowlist:')
  expect(main.raw).toContain('Nothing was created.')
  expect(main.raw.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('hidden-value-1')
  expect(proxy.calls.filter(call => call.method !== 'GET')).toEqual([])
})
