import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { expect, test } from '@jest/globals'
import { makeAuthority, makeIdentity } from '../../../src/run/authority.ts'
import { javaStore } from '../../../src/run/java-store.ts'

test('an authority signs itself, may sign servers and no authorities, and ends with its run', async () => {
  const until = Date.now() + 3_600_000
  const { certificate, key } = await makeAuthority('Bottle 0123456789ab', until)
  const read = new X509Certificate(certificate)
  expect(read).toMatchObject({ subject: 'CN=Bottle 0123456789ab', issuer: 'CN=Bottle 0123456789ab', ca: true })
  expect(read.verify(createPublicKey(key))).toBe(true)
  expect(Math.abs(Date.parse(read.validTo) - until)).toBeLessThan(2000)
  expect(Date.parse(read.validFrom)).toBeLessThan(Date.now() - 3_500_000)
  expect(key).toMatch(/^-----BEGIN EC PRIVATE/)
})

test('no two runs have the same', async () => {
  const [one, two] = [await makeAuthority('x', Date.now() + 1e6), await makeAuthority('x', Date.now() + 1e6)]
  expect(one.key).not.toBe(two.key)
  expect(new X509Certificate(one.certificate).serialNumber).not.toBe(new X509Certificate(two.certificate).serialNumber)
})

test('the Java store holds every certificate of a bundle, and leaves out what is none', () => {
  const bundle = [...rootCertificates.slice(0, 3), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'].join(
    '\n',
  )
  const store = javaStore(bundle, 0)
  expect([store.readUInt32BE(0), store.readUInt32BE(4), store.readUInt32BE(8)]).toEqual([0xfeedfeed, 2, 3])
  for (const pem of rootCertificates.slice(0, 3)) expect(store.includes(new X509Certificate(pem).raw)).toBe(true)
})

test('an identity is signed by its authority, for its one host and no other, and signs nothing itself', async () => {
  const authority = await makeAuthority('Bottle x', Date.now() + 1e6)
  const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.test`
  for (const host of ['api.test', long]) {
    const { certificate, key } = await makeIdentity(authority, host)
    const read = new X509Certificate(certificate)
    expect(read.checkIssued(new X509Certificate(authority.certificate))).toBe(true)
    expect(read.verify(createPublicKey(authority.key))).toBe(true)
    expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true)
    expect([read.ca, read.checkHost(host), read.checkHost(`sub.${host}`)]).toEqual([false, host, undefined])
  }
})
