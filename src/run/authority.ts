import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A run's own certificate authority, in PEM. The key goes to the sidecar and nowhere else: never onto the host's disk. */
export interface Authority {
  readonly certificate: string
  readonly key: string
}

const hour = 3_600_000
// RFC 5758: ecdsa-with-SHA256. RFC 5280: the common name, and the extensions an authority has.
const ids = { signature: '1.2.840.10045.4.3.2', commonName: '2.5.4.3' } as const

/**
 * Makes a certificate authority in memory: ECDSA P-256, self-signed, valid from an hour ago (clocks differ) until
 * `until` (epoch ms), for signing servers' certificates and no further authorities. The key is SEC1 PEM, the only form
 * that pipelock 2.3 reads (facts/pipelock §3.6). Subject and authority key identifiers are there because Python 3.13's
 * strict verification asks for them.
 */
export async function makeAuthority(name: string, until: number): Promise<Authority> {
  // Loaded when asked for: most runs look into no TLS.
  const [{ AsnConvert, OctetString }, x509] = await Promise.all([
    import('@peculiar/asn1-schema'),
    import('@peculiar/asn1-x509'),
  ])
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keyInfo = AsnConvert.parse(publicKey.export({ type: 'spki', format: 'der' }), x509.SubjectPublicKeyInfo)
  const keyId = createHash('sha1').update(Buffer.from(keyInfo.subjectPublicKey)).digest()
  const algorithm = new x509.AlgorithmIdentifier({ algorithm: ids.signature })
  const value = new x509.AttributeValue({ utf8String: name })
  const subject = new x509.Name([
    new x509.RelativeDistinguishedName([new x509.AttributeTypeAndValue({ type: ids.commonName, value })]),
  ])
  const extension = (extnID: string, critical: boolean, content: unknown) =>
    new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(content)) })
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    // Positive, and never the same twice.
    serialNumber: bytes(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    signature: algorithm,
    issuer: subject,
    subject,
    validity: new x509.Validity({ notBefore: new Date(Date.now() - hour), notAfter: new Date(until) }),
    subjectPublicKeyInfo: keyInfo,
    extensions: new x509.Extensions([
      extension(x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: true, pathLenConstraint: 0 })),
      extension(x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.keyCertSign)),
      extension(x509.id_ce_subjectKeyIdentifier, false, new x509.SubjectKeyIdentifier(bytes(keyId))),
      extension(
        x509.id_ce_authorityKeyIdentifier,
        false,
        new x509.AuthorityKeyIdentifier({ keyIdentifier: new x509.KeyIdentifier(bytes(keyId)) }),
      ),
    ]),
  })
  const signed = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), privateKey)
  const certificate = new x509.Certificate({
    tbsCertificate,
    signatureAlgorithm: algorithm,
    signatureValue: bytes(signed),
  })
  return {
    certificate: pem('CERTIFICATE', Buffer.from(AsnConvert.serialize(certificate))),
    key: privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
  }
}

function bytes(buffer: Buffer): ArrayBuffer {
  return new Uint8Array(buffer).buffer
}

function pem(kind: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`
}
