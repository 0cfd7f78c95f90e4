import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import Docker from 'dockerode'

/** A service of a job, as far as a workflow's `services:` are played. */
export interface ServiceWish {
  readonly image: string
  readonly env?: Readonly<Record<string, string>>
  /** `5432`, or `5432/udp`: published at a port of the host's own choice. */
  readonly ports?: readonly (string | number)[]
  /** Those of `docker create` that are about its health. */
  readonly options?: string
}

/** The containers of a job's services, as the runner makes them (runner, ContainerOperationProvider.cs, DockerCommandManager.cs). */
export interface JobServices extends AsyncDisposable {
  readonly network: string
  /** What `job.services` holds. */
  /** Everything that the engine says of the containers, their network, and who is on it. */
  seen(): Promise<{ found: Docker.ContainerInspectInfo[]; network: Docker.NetworkInspectInfo }>
  readonly context: Readonly<Record<string, { id: string; network: string; ports: Readonly<Record<string, string>> }>>
}

/** Makes the job's network, and on it a container for each service under its name. All carry the runner's label. */
export async function startJobServices(wishes: Readonly<Record<string, ServiceWish>>): Promise<JobServices> {
  const docker = new Docker()
  const label = { [randomBytes(3).toString('hex')]: '' }
  const network = `github_network_${randomBytes(16).toString('hex')}`
  const made = await docker.createNetwork({ Name: network, Driver: 'bridge', Labels: label, CheckDuplicate: true })
  const started = await Promise.all(
    Object.entries(wishes).map(async ([name, { image, env = {}, ports = [], options = '' }]) => {
      const published = ports.map(port => (String(port).includes('/') ? String(port) : `${port}/tcp`))
      const container = await docker.createContainer({
        name: `${randomBytes(16).toString('hex')}_${image.replace(/[^a-z0-9]/gi, '')}_${randomBytes(3).toString('hex')}`,
        Image: image,
        Labels: label,
        Env: [...Object.entries(env).map(([key, value]) => `${key}=${value}`), 'GITHUB_ACTIONS=true', 'CI=true'],
        Healthcheck: healthcheck(options),
        ExposedPorts: Object.fromEntries(published.map(port => [port, {}])),
        NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [name] } } },
        HostConfig: {
          NetworkMode: network,
          PortBindings: Object.fromEntries(published.map(port => [port, [{ HostPort: '' }]])),
        },
      })
      await container.start()
      await healthy(container)
      const { NetworkSettings } = await container.inspect()
      const shown = Object.entries(NetworkSettings.Ports).flatMap(([port, at]) => {
        return at?.[0] ? [[port.replace(/\/.*/, ''), at[0].HostPort] as const] : []
      })
      return { name, container, ports: Object.fromEntries(shown) }
    }),
  )
  return {
    network,
    async seen() {
      const found = await Promise.all(started.map(({ container }) => container.inspect()))
      return { found, network: (await made.inspect()) as Docker.NetworkInspectInfo }
    },
    context: Object.fromEntries(
      started.map(({ name, container, ports }) => [name, { id: container.id, network, ports }]),
    ),
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map(({ container }) => container.remove({ force: true, v: true })))
      await made.remove()
    },
  }
}

function healthcheck(options: string): Docker.HealthConfig | undefined {
  const words = [...options.matchAll(/--health-(cmd|interval|retries)[ =](?:"([^"]*)"|(\S+))/g)]
  if (words.map(([word]) => word).join(' ') !== options.trim()) throw new Error(`nobody plays the options ${options}`)
  const of = (name: string) =>
    words.filter(([, key]) => key === name).map(([, , quoted, bare]) => quoted ?? bare ?? '')[0]
  const command = of('cmd')
  if (command === undefined) return undefined
  const Interval = Number.parseInt(of('interval') ?? '30', 10) * 1e9
  return { Test: ['CMD-SHELL', command], Interval, Retries: Number(of('retries') ?? 3) }
}

// The runner begins no step before (ContainerHealthcheck in its ContainerOperationProvider.cs).
async function healthy(container: Docker.Container): Promise<void> {
  for (;;) {
    const { Status } = (await container.inspect()).State.Health ?? { Status: 'healthy' }
    if (Status === 'healthy') return
    if (Status === 'unhealthy') throw new Error('Failed to initialize, a service is unhealthy')
    await pause(100)
  }
}
