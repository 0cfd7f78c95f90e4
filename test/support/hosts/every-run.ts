import type { Readable } from 'node:stream'
import type Docker from 'dockerode'
import { label } from '../../../src/plan/names.ts'
import { startedHere } from '../started-here.ts'

/**
 * Has hosts join the outside network of every run that is started here, until the returned function is called. The engine
 * tells of each new network; a run's outside network is told by its name.
 */
export async function joinEveryRun(
  docker: Docker,
  hosts: readonly { wish: { readonly names: readonly string[] }; container: Docker.Container }[],
): Promise<() => void> {
  const events = (await docker.getEvents({ filters: { type: ['network'], event: ['create'] } })) as Readable
  let rest = ''
  events.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines.filter(Boolean)) {
      const { Actor } = JSON.parse(line) as { Actor: { ID: string; Attributes: { name: string } } }
      if (!/^bottle-[0-9a-f]{12}-outside$/.test(Actor.Attributes.name)) continue
      const network = docker.getNetwork(Actor.ID)
      // The run may be torn down while its network is being joined; that is not the test's concern.
      network
        .inspect()
        .then(async ({ Labels }) => {
          if (!startedHere(Labels?.[label.owner])) return
          const join = ({ wish, container }: (typeof hosts)[number]) =>
            network.connect({ Container: container.id, EndpointConfig: { Aliases: [...wish.names] } })
          await Promise.all(hosts.map(join))
        })
        .catch(() => {})
    }
  })
  events.on('error', () => {})
  return () => (events as Readable & { destroy(): void }).destroy()
}
