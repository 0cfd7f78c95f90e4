import { expect, test } from '@jest/globals'
import { BottleError } from '../../../src/errors.ts'
import { loadSpec, type SpecSource } from '../../../src/spec/load.ts'

const base = 'image: node\nrun: npm test\n'

function mistakesOf(source: Partial<SpecSource>): string[] {
  try {
    loadSpec({ text: base, file: 'bottle.yml', ...source })
  } catch (error) {
    if (error instanceof BottleError)
      return error.problems.map(one => `${one.file}:${one.line}:${one.column} ${one.path} ${one.message}`)
    throw error
  }
  return []
}

test('every default is filled, every value parsed', () => {
  expect(loadSpec({ text: base, file: 'bottle.yml' })).toEqual({
    image: 'node',
    run: 'npm test',
    workdir: '.',
    workspace: 'rw',
    env: {},
    secrets: [],
    services: [],
    outputs: [],
    receipts: false,
    egress: {
      gate: 'pipelock',
      mode: 'enforce',
      'fail-on': 'never',
      'expected-blocks': [],
      allowlist: [],
      presets: [],
      defaults: true,
      trusted: [],
      private: [],
      tls: { inspect: false, passthrough: [] },
      inject: [],
      dlp: { 'known-secrets': true },
    },
    ssh: [],
    limits: { cpus: 2, memory: 4 * 2 ** 30, pids: 512, timeout: 1_800_000 },
    hardening: { user: 'auto', 'read-only-root': false, capabilities: [] },
  })
})

test.each([
  ['egress:\n  allowlst: [a.test]', 'bottle.yml:4:3 egress.allowlst is not a key of egress; did you mean "allowlist"?'],
  [
    'zzz: 1',
    'bottle.yml:3:1 zzz is not a key of a bottle spec; known are image, build, devcontainer, run, shell, workdir, workspace, env, secrets, outputs, job-env, job-files, require-bottle, receipts, egress, ssh, services, limits, hardening',
  ],
  ['env: {N: 1}', 'bottle.yml:3:10 env.N must be a string, not 1; write "1"'],
  ['env: {HTTPS_PROXY: x}', 'bottle.yml:3:20 env.HTTPS_PROXY is set by Bottle to lead to the gate; take it out'],
  [
    'egress: {allowlist: [good.test, "a.test:1"]}',
    'bottle.yml:3:33 egress.allowlist[1] "a.test:1" has a port; write a.test (every port of an allowed host is open)',
  ],
  ['limits: {timeout: 5}', 'bottle.yml:3:19 limits.timeout must be a string, not 5; write "5"'],
  ['limits: {memory: lots}', 'bottle.yml:3:18 limits.memory "lots" is not a size; write one such as 512m or 4g'],
  ['limits: {pids: 2}', 'bottle.yml:3:16 limits.pids 2 must be at least 8'],
  [
    'egress: {presets: [cluade-code]}',
    'bottle.yml:3:20 egress.presets[0] "cluade-code" is not a preset; did you mean "claude-code"? (`bottle presets` lists them)',
  ],
  ['workspace: rwx', 'bottle.yml:3:12 workspace must be rw or ro or none, not "rwx"'],
  [
    'egress: {private: [10.0.0.5/24]}',
    'bottle.yml:3:20 egress.private[0] "10.0.0.5/24" has host bits set; write 10.0.0.0/24',
  ],
  [
    'egress: {private: [0.0.0.0/0]}',
    'bottle.yml:3:20 egress.private[0] "0.0.0.0/0" is every address there is; name the ranges the agent needs',
  ],
  [
    'egress: {private: [169.254.169.254/32]}',
    'bottle.yml:3:20 egress.private[0] "169.254.169.254/32" overlaps 169.254.0.0/16 (link-local, where cloud metadata lives), which is never reachable; write the addresses the agent needs',
  ],
  ['egress: {private: [10.0.0.5]}', 'bottle.yml:3:20 egress.private[0] "10.0.0.5" is an address; write 10.0.0.5/32'],
  [
    'egress: {private: [160.0.0.0/4]}',
    'bottle.yml:3:20 egress.private[0] "160.0.0.0/4" overlaps 169.254.0.0/16 (link-local, where cloud metadata lives), which is never reachable; write the addresses the agent needs',
  ],
  [
    'egress: {private: ["fc00::/7"]}',
    'bottle.yml:3:20 egress.private[0] "fc00::/7" overlaps fd00:ec2::254/128 (AWS\'s metadata address), which is never reachable; write the addresses the agent needs',
  ],
  [
    'egress: {private: [127.0.0.0/8]}',
    'bottle.yml:3:20 egress.private[0] "127.0.0.0/8" overlaps 127.0.0.0/8 (the sidecar\'s own loopback), which is never reachable; write the addresses the agent needs',
  ],
  [
    'secrets: [A-B]',
    'bottle.yml:3:11 secrets[0] "A-B" is not the name of an environment variable; write one such as API_KEY',
  ],
  ['secrets: API_KEY', 'bottle.yml:3:10 secrets must be a list, not "API_KEY"'],
  ['shell: fish', 'bottle.yml:3:8 shell "fish" is not bash, sh, python, node, or a command with {0}'],
  [
    'hardening: {capabilities: [NET_ADMIN]}',
    'bottle.yml:3:28 hardening.capabilities[0] "NET_ADMIN" would let the agent out of the bottle, and cannot be given',
  ],
  ['egress: [a.test]', 'bottle.yml:3:9 egress must be a mapping, not a list'],
])('%s', (extra, expected) => {
  expect(mistakesOf({ text: `${base}${extra}\n` })).toEqual([expected])
})

test('all mistakes come at once, in the order of the text', () => {
  const found = mistakesOf({
    text: 'imag: node\nrun: ""\nlimits: {pids: 1, timeout: soon}\n',
    shorthand: { allow: 'https://x.test' },
  })
  expect(found.map(one => one.split(' ')[0])).toEqual([
    'bottle.yml:1:1',
    'bottle.yml:1:1',
    'bottle.yml:2:6',
    'bottle.yml:3:16',
    'bottle.yml:3:28',
    'input',
  ])
})

test.each([
  ['a: [', /bottle\.yml:/],
  ['image: a\nimage: b\n', /unique/],
  ['image: a\n---\nimage: b\n', /a second document/],
  ['- a\n', /must be a mapping/],
])('what is no spec at all is told: %j', (text, why) => {
  expect(() => loadSpec({ text, file: 'bottle.yml' })).toThrow(why)
})

test('shorthands overlay the spec: scalars replace, lists and maps grow', () => {
  const spec = loadSpec({
    text: `${base}env: {A: "1", B: "2"}\nsecrets: [S1]\negress: {allowlist: [a.test], gate: pipelock}\n`,
    file: 'bottle.yml',
    shorthand: {
      image: 'debian',
      allow: 'b.test, c.test # why\n# a comment\n\nd.test',
      env: 'B=two=2\nC=',
      secrets: 'S2 S3',
      gate: 'built-in',
      timeout: '90s',
    },
  })
  expect(spec).toMatchObject({
    image: 'debian',
    env: { A: '1', B: 'two=2', C: '' },
    secrets: ['S1', 'S2', 'S3'],
    egress: { gate: 'built-in', allowlist: ['a.test', 'b.test', 'c.test', 'd.test'] },
    limits: { timeout: 90_000 },
  })
})

test('a mistake in a shorthand is placed in that input', () => {
  expect(mistakesOf({ shorthand: { allow: 'good.test\nbad.test/x' } })).toEqual([
    'input allow:2:1 egress.allowlist[1] "bad.test/x" has a path; write bad.test (a host is allowed whole)',
  ])
})

test('a bottle of a manifest is read with its own positions', () => {
  const text = 'bottles:\n  fix:\n    image: a\n    run: b\n  review:\n    image: a\n    rum: b\n'
  expect(loadSpec({ text, file: 'm.yml', bottle: 'fix' }).image).toBe('a')
  expect(mistakesOf({ text, bottle: 'review' })[0]).toBe(
    'bottle.yml:7:5 rum is not a key of a bottle spec; did you mean "run"?',
  )
})
