import { expect, test } from '@jest/globals'
import { BottleError } from '../../../src/errors.ts'
import { loadSpec } from '../../../src/spec/load.ts'

// What is written under `egress:` on line 4, column 3, and the one sentence that answers it.
const mistakes: readonly (readonly [string, string])[] = [
  ['allowlist: ["*"]', '4:15: egress.allowlist[0] "*" would allow every host; name the hosts, or use `*.example.com`'],
  ['allowlist: ["*.com"]', '4:15: egress.allowlist[0] "*.com" would allow every domain under com'],
  ['allowlist: [https://x.test/p]', '4:15: egress.allowlist[0] "https://x.test/p" is a URL; write x.test'],
  ['allowlist: ["x.test:80"]', '4:15: egress.allowlist[0] "x.test:80" has a port; write x.test'],
  ['allowlist: [x.test, 8080]', '4:23: egress.allowlist[1] must be a string, not 8080; write "8080"'],
  ['trusted: ["*.co.uk"]', '4:13: egress.trusted[0] "*.co.uk" would allow every domain under co.uk'],
  ['trusted: [127.0.0.1]', '4:13: egress.trusted[0] "127.0.0.1" is a loopback address, which is never reachable'],
  ['private: [db.internal]', '4:13: egress.private[0] "db.internal" is not a CIDR; write one such as 10.0.0.5/32'],
  ['private: ["::/0"]', '4:13: egress.private[0] "::/0" is every address there is; name the ranges'],
  ['private: [168.63.129.0/24]', "overlaps 168.63.129.16/32 (Azure's metadata address)"],
  ['private: [100.64.0.0/10]', "overlaps 100.100.100.200/32 (Alibaba Cloud's metadata address)"],
  ['private: [198.18.4.0/24]', "overlaps 198.18.0.0/15 (where Bottle's own networks are)"],
  [
    'presets: [nmp]',
    '4:13: egress.presets[0] "nmp" is not a preset; did you mean "npm"? (`bottle presets` lists them)',
  ],
  ['presets: [claud]', '4:13: egress.presets[0] "claud" is not a preset; did you mean "claude-code"?'],
  ['fail-on: any', '4:12: egress.fail-on must be never or dlp or any-block, not "any"'],
  ['fail-on: [dlp]', '4:12: egress.fail-on must be never or dlp or any-block, not a list'],
  ['expected-block: [x.test]', '4:3: egress.expected-block is not a key of egress; did you mean "expected-blocks"?'],
  ['expected-blocks: x.test', '4:20: egress.expected-blocks must be a list, not "x.test"'],
  ['expected-blocks: [a.test, 8080]', '4:29: egress.expected-blocks[1] must be a string, not 8080; write "8080"'],
  [
    'expected-blocks: ["*"]',
    '4:21: egress.expected-blocks[0] "*" would expect every block, so that none is told; name the hosts, or use `*.example',
  ],
  [
    'expected-blocks: ["*.com"]',
    '4:21: egress.expected-blocks[0] "*.com" would expect the blocks of every domain under com',
  ],
  ['expected-blocks: [https://x.test/p]', '4:21: egress.expected-blocks[0] "https://x.test/p" is a URL; write x.test'],
  [
    'expected-blocks: ["x.test:443"]',
    '4:21: egress.expected-blocks[0] "x.test:443" has a port; write x.test (all ports of a host are meant)',
  ],
  [
    'expected-blocks: [x.test/api]',
    '4:21: egress.expected-blocks[0] "x.test/api" has a path; write x.test (all paths of a host are meant)',
  ],
  [
    'expected-blocks: [10.0.0.0/8]',
    '4:21: egress.expected-blocks[0] "10.0.0.0/8" is a range of addresses; write the addresses one by one',
  ],
  [
    'expected-blocks: ["a.*.test"]',
    '4:21: egress.expected-blocks[0] "a.*.test" has a `*` where it means nothing; a wildcard is',
  ],
  ['expected-blocks: [a_b.test]', '4:21: egress.expected-blocks[0] "a_b.test" has an underscore'],
  [
    'expected-blocks: ["0x7f000001"]',
    '4:21: egress.expected-blocks[0] "0x7f000001" is the address 127.0.0.1 in another',
  ],
  ['mode: audit', '4:9: egress.mode must be enforce or learn, not "audit"'],
  ['gate: pipelok', '4:9: egress.gate must be pipelock or built-in, not "pipelok"'],
  ['alowlist: [x.test]', '4:3: egress.alowlist is not a key of egress; did you mean "allowlist"?'],
  [
    'dlp: {known-secret: true}',
    '4:9: egress.dlp.known-secret is not a key of egress.dlp; did you mean "known-secrets"?',
  ],
  ['private: [10.0.0.5]', '4:13: egress.private[0] "10.0.0.5" is an address; write 10.0.0.5/32'],
  ['private: [10.0.0.0/33]', '4:13: egress.private[0] "10.0.0.0/33" is not a CIDR; write one such as 10.0.0.5/32'],
  ['private: [169.254.0.0/16]', '4:13: egress.private[0] "169.254.0.0/16" overlaps 169.254.0.0/16 (link-local'],
  ['tls: {inspect: maybe}', '4:18: egress.tls.inspect must be true or false, not "maybe"'],
  ['tls: {inspekt: true}', '4:9: egress.tls.inspekt is not a key of egress.tls; did you mean "inspect"?'],
  [
    'tls: {passthrough: [https://x.test/p]}',
    '4:23: egress.tls.passthrough[0] "https://x.test/p" is a URL; write x.test',
  ],
  ['tls: {passthrough: ["*"]}', '4:23: egress.tls.passthrough[0] "*" would allow every host; name the hosts'],
  [
    'tls: {upstream-ca: /etc/ca.pem}',
    '4:22: egress.tls.upstream-ca "/etc/ca.pem" is not a path inside the workspace; write one such as certs/',
  ],
  [
    'inject: [{host: "*.x.test", header: x, secret: K}]',
    '4:19: egress.inject[0].host "*.x.test" is a wildcard; write the one host that the credential is for, such as api.x.test',
  ],
  [
    'inject: [{host: x.test, header: host, secret: K}]',
    '4:35: egress.inject[0].header "host" says how a message travels and cannot carry a credential; write one such as auth',
  ],
  [
    'inject: [{host: x.test, header: x, secret: 9K}]',
    '4:46: egress.inject[0].secret "9K" is not the name of an environment variable; write one such as API_KEY',
  ],
  ['inject: [{host: x.test, header: x}]', '4:12: egress.inject[0].secret is missing; write the name of the variable'],
  ['inject: [{header: x, secret: K}]', '4:12: egress.inject[0].host is missing; write the one host'],
  ['inject: [{host: x.test, secret: K}]', '4:12: egress.inject[0].header is missing; write the header'],
  [
    'inject: [{host: x.test, header: x, secret: K, paths: [v1]}]',
    '4:57: egress.inject[0].paths[0] "v1" is not a path; write one such as /OWNER/REPOSITORY.git/*',
  ],
  [
    'inject: [{host: x.test, header: x, secret: K, paths: ["/v1?a"]}]',
    '4:57: egress.inject[0].paths[0] "/v1?a" holds a query; a path is matched without it, so write what stands before',
  ],
  [
    'inject: [{host: x.test, header: x, secret: K, methods: [get]}]',
    '4:59: egress.inject[0].methods[0] "get" is not a method; write one such as GET',
  ],
  [
    'inject: [{host: x.test, header: x, secrt: K, secret: K}]',
    '4:38: egress.inject[0].secrt is not a key of egress.inject[0]; did you mean "secret"?',
  ],
]

// What is written on line 2 instead of an image.
const built: readonly (readonly [string, string])[] = [
  [
    'build: {context: /srv}',
    '2:18: build.context "/srv" leaves the workspace; write a path inside it, such as . or docker/agent',
  ],
  [
    'build: {dockerfile: ../Dockerfile}',
    '2:21: build.dockerfile "../Dockerfile" leaves the workspace; write a path inside',
  ],
  ['build: {contxt: .}', '2:9: build.contxt is not a key of build; did you mean "context"?'],
  ['build: {args: {A-B: x}}', '2:16: build.args.A-B is not the name of a build argument; write one such as VERSION'],
  ['build: {target: "a b"}', '2:17: build.target "a b" is not the name of a stage; write one such as test'],
  ['build: {network: host}', '2:18: build.network must be default or none, not "host"'],
]

test('what may be expected: names, wildcards, and addresses that can never be reached', () => {
  const list = '[X.test, "*.sentry.io", 169.254.169.254, localhost, "::1"]'
  const { egress } = loadSpec({ text: `image: a\nrun: b\negress: {expected-blocks: ${list}}\n`, file: 'b.yml' })
  expect(egress['expected-blocks']).toEqual(['x.test', '*.sentry.io', '169.254.169.254', 'localhost', '::1'])
})

test.each(built)('%s: its place, why, and what to write', (line, says) => {
  expect(() => loadSpec({ text: `run: b\n${line}\n`, file: 'b.yml' })).toThrow(
    expect.objectContaining({ message: expect.stringContaining(says) }),
  )
})

test.each(mistakes)('%s: its place, why, and what to write', (line, says) => {
  const text = `image: a\nrun: b\negress:\n  ${line}\n`
  expect(() => loadSpec({ text, file: 'b.yml' })).toThrow(BottleError)
  expect(() => loadSpec({ text, file: 'b.yml' })).toThrow(
    expect.objectContaining({ message: expect.stringContaining(says) }),
  )
})
