import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { certify } from './certificate.ts'

/** A certificate and its key, in PEM. No key of a run ever goes onto the host's disk. */
export interface Identity {
  readonly certificate: string
  readonly key: string
}

/** A run's own certificate authority. The key goes to a gate that inspects, else nowhere. */
export interface Authority extends Identity {
  readonly name: string
  /** Until when it is valid, epoch ms. */
  readonly until: number
}

/**
 * Makes a certificate authority in memory: ECDSA P-256, self-signed, valid until `until` (epoch ms), for signing servers'
 * certificates and no further authorities. The key is SEC1 PEM, the only form that pipelock 2.3 reads (facts/pipelock §3.6).
 */
export async function makeAuthority(name: string, until: number): Promise<Authority> {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = await certify({
    subject: name,
    issuer: name,
    publicKey: keys.publicKey,
    signedBy: keys,
    until,
    extensions: x509 => [
      [x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: true, pathLenConstraint: 0 })],
      [x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.keyCertSign)],
    ],
  })
  return { name, until, certificate, key: keys.privateKey.export({ type: 'sec1', format: 'pem' }).toString() }
}

/** Makes what a server of the name `host` shows to clients that trust the authority. */
export async function makeIdentity(authority: Authority, host: string): Promise<Identity> {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const privateKey = createPrivateKey(authority.key)
  const certificate = await certify({
    // RFC 5280 allows 64 characters; clients read the alternative name.
    subject: host.slice(0, 64),
    issuer: authority.name,
    publicKey: keys.publicKey,
    signedBy: { privateKey, publicKey: createPublicKey(privateKey) },
    until: authority.until,
    extensions: x509 => [
      [x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: false })],
      [x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.digitalSignature)],
      [x509.id_ce_extKeyUsage, false, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])],
      [x509.id_ce_subjectAltName, false, new x509.SubjectAlternativeName([new x509.GeneralName({ dNSName: host })])],
    ],
  })
  return { certificate, key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}
