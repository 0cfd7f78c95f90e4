import { createHash, X509Certificate } from 'node:crypto'

/**
 * The certificates of a PEM bundle as a JKS trust store: what a JVM reads from a file, since none reads PEM. The format
 * is Sun's (sun.security.provider.JavaKeyStore): magic, version, entries of alias, time and DER, and a digest over the
 * empty password, which is checked by nobody who gives none. `made` is epoch ms. What cannot be parsed is left out, as
 * other programs do with a bundle.
 */
export function javaStore(bundle: string, made: number): Buffer {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []
  const certificates = blocks.flatMap(pem => {
    try {
      return [new X509Certificate(pem).raw]
    } catch {
      return []
    }
  })
  const body = Buffer.concat([
    int32(0xfeedfeed),
    int32(2),
    int32(certificates.length),
    ...certificates.flatMap((der, index) => [
      int32(2),
      text(`root-${index}`),
      int64(made),
      text('X.509'),
      int32(der.length),
      der,
    ]),
  ])
  const digest = createHash('sha1').update('Mighty Aphrodite').update(body).digest()
  return Buffer.concat([body, digest])
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
}

function int64(value: number): Buffer {
  const buffer = Buffer.alloc(8)
  buffer.writeBigUInt64BE(BigInt(value))
  return buffer
}

// Java's modified UTF-8: two bytes of length; what we write is ASCII.
function text(value: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(value.length)
  return Buffer.concat([length, Buffer.from(value, 'ascii')])
}
