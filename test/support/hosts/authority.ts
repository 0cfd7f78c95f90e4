import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Docker from 'dockerode'

/** What to certify: names of hosts, where, and the image and labels of the container that does it. */
export interface Certified {
  readonly folder: string
  readonly names: readonly string[]
  readonly Image: string
  readonly Labels: Record<string, string>
}

/**
 * Makes one authority, and one certificate for every name, in a folder: by openssl in a container of the image, so that
 * the machine needs none. Throws with what openssl said.
 */
export async function certify(docker: Docker, { folder, names, Image, Labels }: Certified): Promise<void> {
  const script = `set -e; cd /tls
    openssl ecparam -name prime256v1 -genkey -noout -out ca-key.pem
    openssl req -x509 -new -key ca-key.pem -days 2 -subj "/CN=Bottle test authority" -out ca.pem
    openssl ecparam -name prime256v1 -genkey -noout -out key.pem
    openssl req -new -key key.pem -subj "/CN=bottle.test" -out request.pem
    printf 'subjectAltName=${names.map(name => `DNS:${name}`).join(',')}\\n' > names
    openssl x509 -req -in request.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -extfile names -out cert.pem
    chmod 644 *.pem`
  const container = await docker.createContainer({
    Image,
    Entrypoint: ['sh', '-c', script],
    Labels,
    HostConfig: { NetworkMode: 'none', Binds: [`${folder}:/tls`] },
  })
  await container.start()
  const { StatusCode } = await container.wait()
  const said = StatusCode === 0 ? '' : (await container.logs({ stdout: true, stderr: true })).toString('utf8')
  await container.remove({ force: true })
  if (StatusCode !== 0 || !readFileSync(join(folder, 'cert.pem')).length) throw new Error(`no certificate: ${said}`)
}
