import { resolve } from 'node:path'
import Docker from 'dockerode'
import { agentImage, until } from './internet.ts'

/** A name server of the tests' own on a test network. */
export interface NameServer extends AsyncDisposable {
  readonly address: string
  /** The addresses it has answered with so far, oldest first. */
  answered(): Promise<string[]>
}

/** Raises a name server that answers each question for an address with the next of these, and the last for ever. */
export async function openNameServer(network: string, answers: readonly string[]): Promise<NameServer> {
  const docker = new Docker()
  const container = await docker.createContainer({
    Image: agentImage,
    Entrypoint: ['node', '--disable-warning=ExperimentalWarning', '/hosts/resolver.ts'],
    Env: [`VERDICT=${answers.join(',')}`],
    HostConfig: { Init: true, NetworkMode: network, Binds: [`${resolve(import.meta.dirname)}:/hosts:ro`] },
  })
  await container.start()
  const said = async () => (await container.logs({ stdout: true, stderr: false })).toString('latin1')
  await until(async () => (await said()).includes('"ready"'))
  const { NetworkSettings } = await container.inspect()
  return {
    address: Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '',
    answered: async () => [...(await said()).matchAll(/"url":"([^"]+)"/g)].map(match => match[1] ?? ''),
    [Symbol.asyncDispose]: () => container.remove({ force: true, v: true }),
  }
}
