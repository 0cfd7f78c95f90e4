import type { Readable } from 'node:stream'
import type Docker from 'dockerode'
import { label } from '../../../src/plan/names.ts'
import { startedHere } from '../started-here.ts'

/**
 * Has hosts join the outside network of every run that is started here, until the returned function is called. The engine
 * tells of each new network; a run's networks are told by their names. The inside one must be there too: where its
 * subnet was taken the run removes the other, which it could not do while hosts join it.
 */
export async function joinEveryRun(
  docker: Docker,
  hosts: readonly { wish: { readonly names: readonly string[] }; container: Docker.Container }[],
): Promise<() => void> {
  const events = (await docker.getEvents({ filters: { type: ['network'], event: ['create'] } })) as Readable
  const runs = new Map<string, Record<string, string>>()
  let rest = ''
  events.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines.filter(Boolean)) {
      const { Actor } = JSON.parse(line) as { Actor: { ID: string; Attributes: { name: string } } }
      const [, run = '', side] = /^bottle-([0-9a-f]{12})-(inside|outside)$/.exec(Actor.Attributes.name) ?? []
      if (!side) continue
      const known = { ...runs.get(run), [side]: Actor.ID }
      runs.set(run, known)
      if (known.inside && known.outside) void join(docker.getNetwork(known.outside))
    }
  })
  events.on('error', () => {})
  return () => (events as Readable & { destroy(): void }).destroy()

  async function join(network: Docker.Network): Promise<void> {
    try {
      const { Labels } = await network.inspect()
      if (!startedHere(Labels?.[label.owner])) return
      const ends = hosts.map(({ wish, container }) => ({
        Container: container.id,
        EndpointConfig: { Aliases: [...wish.names] },
      }))
      await Promise.all(ends.map(one => network.connect(one)))
    } catch {
      // The run may be torn down while its network is being joined; that is not the test's concern.
    }
  }
}
