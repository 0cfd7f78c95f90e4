import { execFileSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Makes an authority, a server's certificate for an address, and a client's, with the names that Docker has for them
 * (`ca.pem`, `cert.pem`, `key.pem`; Docker's documentation, "Protect the Docker daemon socket").
 */
export function makeCertificates(folder: string, address: string): void {
  const at = (name: string) => join(folder, name)
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'ignore' })
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl(
    'req',
    '-x509',
    ...curve,
    '-keyout',
    at('ca-key.pem'),
    '-out',
    at('ca.pem'),
    '-days',
    '2',
    '-subj',
    '/CN=test',
  )
  const sign = (name: string, extensions: string) => {
    const [key, asked, certificate, more] = ['key.pem', 'csr', 'cert.pem', 'ext'].map(one => at(`${name}-${one}`)) as [
      string,
      string,
      string,
      string,
    ]
    writeFileSync(more, extensions)
    openssl('req', ...curve, '-keyout', key, '-out', asked, '-subj', `/CN=${name}`)
    const by = ['-CA', at('ca.pem'), '-CAkey', at('ca-key.pem'), '-CAcreateserial']
    openssl('x509', '-req', '-in', asked, ...by, '-out', certificate, '-days', '2', '-extfile', more)
  }
  sign('server', `subjectAltName=IP:${address}\nextendedKeyUsage=serverAuth\n`)
  sign('client', 'extendedKeyUsage=clientAuth\n')
  copyFileSync(at('client-cert.pem'), at('cert.pem'))
  copyFileSync(at('client-key.pem'), at('key.pem'))
}
