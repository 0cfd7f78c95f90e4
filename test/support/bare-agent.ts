import { randomInt } from 'node:crypto'
import type Docker from 'dockerode'
import { agentImage } from './hosts/internet.ts'

/** An image of the agent's with ssh and git, and with nothing else that could open a connection. */
export interface BareAgent extends AsyncDisposable {
  readonly image: string
}

const removed = 'node python3* perl* nc nc.openbsd curl openssl bash telnet socat wget'

/** Makes that image for one suite: programs are deleted from the test agent's. It is removed when disposed of. */
export async function bareAgentImage(docker: Docker): Promise<BareAgent> {
  const script = `for dir in /usr/local/bin /usr/bin /bin; do for name in ${removed}; do rm -f $dir/$name; done; done`
  const container = await docker.createContainer({
    Image: agentImage,
    Entrypoint: ['sh', '-c', script],
    HostConfig: { NetworkMode: 'none' },
  })
  await container.start()
  await container.wait()
  const tag = `${process.pid}-${randomInt(1e6)}`
  await container.commit({ repo: 'bottle-test/bare', tag })
  await container.remove({ force: true })
  const image = `bottle-test/bare:${tag}`
  return { image, [Symbol.asyncDispose]: () => docker.getImage(image).remove() }
}
