import { resolve } from 'node:path'
import Docker from 'dockerode'
import { agentImage, until } from '../hosts/internet.ts'

/** A name server of the tests' own: every name leads to one address. */
export interface Resolver extends AsyncDisposable {
  readonly address: string
  /** The names it was asked for so far, in lower case. */
  names(): Promise<string[]>
}

/** Raises a name server on a test network; `answer` is the address it gives, for every name. */
export async function openResolver(network: string, answer: string): Promise<Resolver> {
  const container = await new Docker().createContainer({
    Image: agentImage,
    Entrypoint: ['node', '--disable-warning=ExperimentalWarning', '/hosts/resolver.ts'],
    Env: [`VERDICT=${answer}`],
    HostConfig: { Init: true, NetworkMode: network, Binds: [`${resolve(import.meta.dirname, '../hosts')}:/hosts:ro`] },
  })
  await container.start()
  const said = async () => (await container.logs({ stdout: true, stderr: false })).toString('utf8')
  await until(async () => (await said()).includes('"ready"'))
  const { NetworkSettings } = await container.inspect()
  return {
    address: Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '',
    names: async () => [...(await said()).matchAll(/"name":"([^"]*)"/g)].map(match => (match[1] ?? '').toLowerCase()),
    [Symbol.asyncDispose]: () => container.remove({ force: true, v: true }),
  }
}
