import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { BottleError } from '../../../src/errors.ts'
import { loadSpec } from '../../../src/spec/load.ts'
import { checkKeys } from '../../../src/ssh-keys.ts'

const text = 'image: a\nrun: b\nssh: [{host: a, hostname: a.test, identity: KEY, known-host: any}]\n'
const hosts = loadSpec({ text, file: 'b.yml' }).ssh
const check = (value: string) => () => checkKeys(hosts, new Map([['KEY', value]]))
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const armour = (kind: string, body: string) => `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----\n`

/** The head of OpenSSH's own format, which is all that is looked at: the magic, then the cipher's name. */
function openssh(cipher: string): string {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(cipher.length)
  const key = Buffer.concat([Buffer.from('openssh-key-v1\0'), length, Buffer.from(cipher), Buffer.alloc(60)])
  return armour('OPENSSH PRIVATE KEY', key.toString('base64'))
}

test('keys that ssh can use pass, with or without their last newline, in DOS lines too', () => {
  const pem = privateKey.export({ format: 'pem', type: 'pkcs1' }).toString()
  for (const key of [pem, pem.trim(), pem.replaceAll('\n', '\r\n'), openssh('none')]) expect(check(key)).not.toThrow()
  expect(() => checkKeys(hosts, new Map())).not.toThrow()
})

test.each([
  ['a public key', 'ssh-ed25519 AAAA', /KEY that `ssh` names is not a private key/],
  ['a key whose lines were joined', openssh('none').trim().replaceAll('\n', ' '), /not a private key/],
  ['a path', '/home/me/.ssh/id_ed25519', /not a private key/],
  ['the first half of a key', openssh('none').slice(0, 80), /not a private key/],
  ['a passphrase, in OpenSSH format', openssh('aes256-ctr'), /protected by a passphrase/],
  [
    'a passphrase, in PKCS#8',
    privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
    /protected by a passphrase/,
  ],
  [
    'a passphrase, in PEM',
    privateKey.export({ format: 'pem', type: 'pkcs1', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
    /protected by a passphrase/,
  ],
])('%s is said, and none of it repeated', (_, key, says) => {
  let said: unknown
  try {
    check(key)()
  } catch (error) {
    said = error
  }
  expect(said).toBeInstanceOf(BottleError)
  expect((said as BottleError).message).toMatch(says)
  expect(`${(said as BottleError).message}${(said as BottleError).fix}`).not.toContain(key.slice(5, 60))
})
