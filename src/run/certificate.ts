import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto'

/** What a certificate says. `extensions` are made with `x509`, which is loaded when a certificate is. */
export interface Wish {
  readonly subject: string
  readonly issuer: string
  readonly publicKey: KeyObject
  /** ECDSA P-256 keys of the subject's issuer; the public one tells which of several authorities signed. */
  readonly signedBy: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
  /** Epoch ms. */
  readonly until: number
  readonly extensions: (x509: typeof import('@peculiar/asn1-x509')) => readonly Extension[]
}

/** An extension of a certificate: its object identifier, whether it must be understood, and its content. */
export type Extension = readonly [id: string, critical: boolean, content: unknown]

const hour = 3_600_000
// RFC 5758: ecdsa-with-SHA256. RFC 5280: the common name.
const ids = { signature: '1.2.840.10045.4.3.2', commonName: '2.5.4.3' } as const

/**
 * Makes an X.509 certificate in memory, as PEM: signed with ECDSA and SHA-256, valid from an hour ago (clocks differ).
 * Subject and authority key identifiers are there because Python 3.13's strict verification asks for them.
 */
export async function certify(wish: Wish): Promise<string> {
  // Loaded when asked for: most runs make no certificate.
  const [{ AsnConvert, OctetString }, x509] = await Promise.all([
    import('@peculiar/asn1-schema'),
    import('@peculiar/asn1-x509'),
  ])
  const info = (key: KeyObject) =>
    AsnConvert.parse(key.export({ type: 'spki', format: 'der' }), x509.SubjectPublicKeyInfo)
  const idOf = (key: KeyObject) =>
    bytes(
      createHash('sha1')
        .update(Buffer.from(info(key).subjectPublicKey))
        .digest(),
    )
  const algorithm = new x509.AlgorithmIdentifier({ algorithm: ids.signature })
  const name = (text: string) => {
    const value = new x509.AttributeValue({ utf8String: text })
    const type = ids.commonName
    return new x509.Name([new x509.RelativeDistinguishedName([new x509.AttributeTypeAndValue({ type, value })])])
  }
  const identifiers: readonly Extension[] = [
    [x509.id_ce_subjectKeyIdentifier, false, new x509.SubjectKeyIdentifier(idOf(wish.publicKey))],
    [
      x509.id_ce_authorityKeyIdentifier,
      false,
      new x509.AuthorityKeyIdentifier({ keyIdentifier: new x509.KeyIdentifier(idOf(wish.signedBy.publicKey)) }),
    ],
  ]
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    // Positive, and never the same twice.
    serialNumber: bytes(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    signature: algorithm,
    issuer: name(wish.issuer),
    subject: name(wish.subject),
    validity: new x509.Validity({ notBefore: new Date(Date.now() - hour), notAfter: new Date(wish.until) }),
    subjectPublicKeyInfo: info(wish.publicKey),
    extensions: new x509.Extensions(
      [...wish.extensions(x509), ...identifiers].map(
        ([extnID, critical, content]) =>
          new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(content)) }),
      ),
    ),
  })
  const signed = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), wish.signedBy.privateKey)
  const certificate = new x509.Certificate({
    tbsCertificate,
    signatureAlgorithm: algorithm,
    signatureValue: bytes(signed),
  })
  return pem('CERTIFICATE', Buffer.from(AsnConvert.serialize(certificate)))
}

function bytes(buffer: Buffer): ArrayBuffer {
  return new Uint8Array(buffer).buffer
}

function pem(kind: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`
}
