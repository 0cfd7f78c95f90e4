import { X509Certificate } from 'node:crypto'
import { BottleError } from '../errors.ts'

const longest = 1024 * 1024
const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g

/**
 * Reads the text of the file that `egress.tls.upstream-ca` names: PEM, certificate authorities and nothing else, none of them over.
 * Returns their PEM blocks without the text around them. `place` says where the path was written, `now` is epoch ms.
 * Throws a BottleError, above all for a private key: this text is shown in the plan and inside the bottle.
 */
export function readAuthorities(text: string, path: string, place: string, now: number): string {
  const wrong = (what: string, fix: string, cause?: unknown) =>
    new BottleError(`${place}: egress.tls.upstream-ca ${path} ${what}.`, fix, { cause })
  if (text.length > longest) throw wrong('is larger than 1 MiB', 'Name a PEM file with the authorities alone.')
  const blocks = [...text.matchAll(block)].map(([pem = '', kind = '']) => ({ pem, kind }))
  const key = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)
  if (key)
    throw wrong('holds a private key', 'Take the key out: the certificates of the authorities are all that is needed.')
  const certificates = blocks.filter(one => /^(X509 |TRUSTED )?CERTIFICATE$/.test(one.kind))
  if (certificates.length === 0)
    throw wrong('holds no PEM certificate', 'Convert it: `openssl x509 -in FILE -out ca.pem -outform pem`.')
  for (const [index, { pem }] of certificates.entries()) {
    const which = certificates.length === 1 ? 'a certificate' : `as number ${index + 1} a certificate`
    let certificate: X509Certificate
    try {
      certificate = new X509Certificate(pem)
    } catch (cause) {
      throw wrong(`holds ${which} that cannot be read`, 'Write the file again from its source.', cause)
    }
    const subject = JSON.stringify(certificate.subject)
    if (!certificate.ca)
      throw wrong(`holds ${which} of no authority: ${subject}`, 'Name the authority that signed it, not the server.')
    if (Date.parse(certificate.validTo) < now)
      throw wrong(`holds ${which} that ended on ${certificate.validTo}: ${subject}`, 'Take it out, or renew it.')
  }
  return certificates.map(one => `${one.pem}\n`).join('')
}
