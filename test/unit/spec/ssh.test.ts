import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { BottleError } from '../../../src/errors.ts'
import { loadSpec } from '../../../src/spec/load.ts'

/** A real key in the form that known_hosts has: the type's name and the key, each after its length. */
function hostKey(): string {
  const raw = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const part = (data: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, data.length]), data])
  return `ssh-ed25519 ${Buffer.concat([part(Buffer.from('ssh-ed25519')), part(raw)]).toString('base64')}`
}
const key = hostKey()

function read(entry: string) {
  return loadSpec({ text: `image: a\nrun: b\nssh:\n  - ${entry}\n`, file: 'b.yml' }).ssh
}

function mistakes(entry: string): string[] {
  try {
    read(entry)
  } catch (error) {
    if (error instanceof BottleError)
      return error.problems.map(one => `${one.line}:${one.column} ${one.path} ${one.message}`)
    throw error
  }
  return []
}

test('an entry is read whole: defaults, canonical names, several keys, a comment dropped', () => {
  expect(read(`{host: forge, hostname: Git.Example.ORG., known-host: "${key} me@laptop"}`)).toEqual([
    { host: 'forge', hostname: 'git.example.org', user: 'git', port: 22, 'known-host': { keys: [key] } },
  ])
  const other = hostKey()
  const both = { keys: [key, other] }
  expect(read(`{host: a, hostname: a.test, known-host: ["${key}", "${other}"]}`)[0]?.['known-host']).toEqual(both)
  expect(read(`{host: a, hostname: a.test, known-host: "${key}\\n${other}\\n"}`)[0]?.['known-host']).toEqual(both)
  expect(read('{host: a, hostname: a.test, known-host: any}')[0]?.['known-host']).toBe('any')
})

const good = `host: a, hostname: a.test, known-host: any`
test.each<[string, string, RegExp]>([
  ['no host', '{hostname: a.test, known-host: any}', /^4:5 ssh\[0\]\.host is missing; write the name that ssh/],
  ['no hostname', '{host: a, known-host: any}', /^4:5 ssh\[0\]\.hostname is missing; .*`hostname: git\.example\.org`/],
  ['no known-host', '{host: a, hostname: a.test}', /^4:5 ssh\[0\]\.known-host is missing; .*public key.*or `any`/],
  [
    'a key that is none',
    `{${good}, prot: 22}`,
    /^4:\d+ ssh\[0\]\.prot is not a key of ssh\[0\]; did you mean "port"\?/,
  ],
  [
    'a pattern for a host',
    '{host: "*", hostname: a.test, known-host: any}',
    /^4:12 ssh\[0\]\.host "\*" is not a name for ssh/,
  ],
  ['two words for a host', '{host: a b, hostname: a.test, known-host: any}', /write one word, such as forge/],
  ['an option for a host', '{host: -oX, hostname: a.test, known-host: any}', /is not a name for ssh/],
  [
    'a wildcard',
    '{host: a, hostname: "*.a.test", known-host: any}',
    /4:25 .*"\*\.a\.test" is a wildcard; .*such as git\.a\.test/,
  ],
  ['a URL', '{host: a, hostname: "ssh://git@a.test/x", known-host: any}', /is a URL; write a\.test/],
  ['a user in the hostname', '{host: a, hostname: git@a.test, known-host: any}', /has a user name; write a\.test/],
  ['a port in the hostname', '{host: a, hostname: "a.test:22", known-host: any}', /has a port; write a\.test/],
  ['loopback', '{host: a, hostname: 127.0.0.1, known-host: any}', /loopback address, which is never reachable/],
  ['metadata', '{host: a, hostname: 168.63.129.16, known-host: any}', /168\.63\.129\.16.*never reachable/],
  ["Bottle's own networks", '{host: a, hostname: 198.18.0.9, known-host: any}', /Bottle's own networks/],
  ['a port of nothing', `{${good}, port: 0}`, /4:\d+ ssh\[0\]\.port 0 is no port; write one from 1 to 65535/],
  ['a port too many', `{${good}, port: 65536}`, /ssh\[0\]\.port 65536 is no port/],
  ['a port in words', `{${good}, port: ssh}`, /ssh\[0\]\.port must be a number, not "ssh"/],
  ['a user with a blank', `{${good}, user: a b}`, /ssh\[0\]\.user "a b" is not a user name; write one such as git/],
  [
    'a file for an identity',
    `{${good}, identity: id-ed25519}`,
    /"id-ed25519" is not the name of an environment variable; write one such as DEPLOY_KEY/,
  ],
  [
    'a fingerprint',
    `{host: a, hostname: a.test, known-host: "SHA256:abc"}`,
    /"SHA256:abc…" is a fingerprint; write the line/,
  ],
  [
    'the output of ssh-keyscan',
    `{host: a, hostname: a.test, known-host: "a.test ${key}"}`,
    /before the key's type; write it from ssh-ed25519 on/,
  ],
  ['a DSA key', '{host: a, hostname: a.test, known-host: ssh-dss AAAA}', /DSA key, which OpenSSH accepts no more/],
  [
    'a key cut short',
    `{host: a, hostname: a.test, known-host: "${key.slice(0, 50)}"}`,
    /is not a whole ssh-ed25519 key/,
  ],
  [
    'a key of another type',
    `{host: a, hostname: a.test, known-host: "${key.replace('ssh-ed25519', 'ssh-rsa')}"}`,
    /is not a whole ssh-rsa key/,
  ],
  [
    'the second of two keys',
    `{host: a, hostname: a.test, known-host: ["${key}", nonsense]}`,
    /ssh\[0\]\.known-host\[1\] "nonsense…" is not a public key/,
  ],
  ['no key at all', '{host: a, hostname: a.test, known-host: ""}', /holds no key; write the key of the server, or any/],
  [
    'a number for a key',
    '{host: a, hostname: a.test, known-host: 5}',
    /known-host 5 must be a public key, a list of them, or any/,
  ],
])('%s: its place, why, and what to write', (_, entry, says) => {
  const told = mistakes(entry)
  expect(told.join('\n')).toMatch(says)
  expect(told).toHaveLength(1)
})

test('two entries of one name: the second is the mistake', () => {
  expect(mistakes(`{${good}}\n  - {${good}}`)).toEqual([
    '5:12 ssh[1].host "a" is the name of ssh[0] already; give each entry a name of its own',
  ])
})

test('a private key in the wrong place is not repeated', () => {
  const secret = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const told = ['identity', 'known-host'].flatMap(name =>
    mistakes(`${JSON.stringify({ host: 'a', hostname: 'a.test', 'known-host': 'any', [name]: secret })}`),
  )
  expect(told).toHaveLength(2)
  expect(told.join()).toMatch(/holds a private key/)
  expect(told.join()).not.toContain(secret.split('\n')[1]?.slice(0, 8))
})
