import { expect, test } from '@jest/globals'
import { makeAuthority } from '../../../src/run/authority.ts'
import { readAuthorities } from '../../../src/spec/authorities.ts'
import { readWorkspaceFile } from '../../../src/spec/file.ts'

const now = Date.now()
function read(text: string): string {
  return readAuthorities(text, 'ca.pem', 'bottle.yml:4:20', now)
}

test('authorities are read without the words around them', async () => {
  const [one, two] = [await makeAuthority('One', now + 60_000), await makeAuthority('Two', now + 60_000)]
  expect(read(`# Company\n${one.certificate}\nand another\n${two.certificate}`)).toBe(one.certificate + two.certificate)
})

test('a private key is refused: what is read here is shown', async () => {
  const { certificate, key } = await makeAuthority('One', now + 60_000)
  expect(() => read(certificate + key)).toThrow(
    /^bottle\.yml:4:20: egress\.tls\.upstream-ca ca\.pem holds a private key/,
  )
})

test('an authority that has ended is named with its place in the file', async () => {
  const [one, two] = [await makeAuthority('One', now + 60_000), await makeAuthority('Gone', now - 60_000)]
  expect(() => read(one.certificate + two.certificate)).toThrow(/as number 2 a certificate that ended on .*: "CN=Gone"/)
})

test('what only looks like a certificate is told', () => {
  expect(() => read('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')).toThrow(/cannot be read/)
  expect(() => read('x'.repeat(2 ** 20 + 1))).toThrow(/larger than 1 MiB/)
})

test('the file is one of the workspace', () => {
  expect(() => readWorkspaceFile('/tmp', '.', 'The file', 'x')).toThrow(/outside the workspace/)
  expect(() => readWorkspaceFile('/', 'tmp', 'The file', 'x')).toThrow(/no file of at most 1 MiB/)
})
