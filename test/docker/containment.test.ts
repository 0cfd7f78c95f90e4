import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import type { Summary } from '../../src/evidence/summary.ts'
import { type Call, engineProxy, type Fate } from '../support/engine/proxy.ts'
import { presentGates } from '../support/gates.ts'
import { agentImage } from '../support/hosts/internet.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const docker = new Docker()
const gates = await presentGates()
const hosts: Record<string, Docker.Container> = {}

// Containers that a leak makes reachable: on a network of their own until a test lets them into a run's.
beforeAll(async () => {
  const start = async (name: string, program: string, env: string[]) => {
    const container = await docker.createContainer({
      Image: agentImage,
      Entrypoint: [
        'sh',
        '-c',
        `mkdir -p /tls && cd /tls && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=x -keyout key.pem -out cert.pem 2>/dev/null; exec node /hosts/${program}`,
      ],
      Env: env,
      HostConfig: { Init: true, Binds: [`${join(project, 'test/support/hosts')}:/hosts:ro`] },
    })
    await container.start()
    hosts[name] = container
  }
  await Promise.all([
    start('listener', 'server.ts', ['ROLE=listener']),
    start('forbidder', 'server.ts', ['ROLE=forbidder']),
    start('resolver', 'resolver.ts', ['VERDICT=nxdomain']),
    start('liar', 'resolver.ts', ['VERDICT=198.18.0.1']),
  ])
})
afterAll(async () => {
  await Promise.all(Object.values(hosts).map(host => host.remove({ force: true, v: true })))
})

interface Body {
  Name?: string
  HostConfig?: Record<string, unknown>
  Env?: string[]
  Internal?: boolean
  IPAM?: { Config: { Subnet: string }[] }
}

const inside = (call: Call) => call.path.startsWith('/networks/create') && /-inside$/.test(String(call.body?.Name))
const isProbe = (call: Call) => call.path.startsWith('/containers/create') && call.path.includes('-probe')
const at = (subnet: string, last: number) => subnet.replace(/(\d+)\/28$/, (_, base) => String(Number(base) + last))

/** A leak: how the engine's calls are bent, given the run's inside subnet once it is known. */
interface Leak {
  readonly name: string
  readonly leaked: readonly string[]
  /** Leaks on some engines alone: since 25, an internal network's firewall keeps the other bridges' addresses shut. */
  readonly perhaps?: readonly string[]
  bend(call: Call, subnet: string): Fate | undefined
}

const join5 = (host: string) => async (subnet: string, answer: { body: string }) =>
  docker
    .getNetwork(JSON.parse(answer.body).Id)
    .connect({ Container: hosts[host]?.id ?? '', EndpointConfig: { IPAMConfig: { IPv4Address: at(subnet, 5) } } })

const letIn = (host: string, call: Call): Fate | undefined =>
  inside(call)
    ? { effected: answer => join5(host)((call.body as Body).IPAM?.Config[0]?.Subnet ?? '', answer) }
    : undefined

const throughHost =
  (host: string) =>
  (call: Call, subnet: string): Fate | undefined => {
    const env = (call.body as Body | undefined)?.Env
    if (!call.path.endsWith('/exec') || !env?.some(one => one.startsWith('HTTP_PROXY='))) return letIn(host, call)
    return { rewrite: { ...call.body, Env: [`HTTP_PROXY=http://${at(subnet, 5)}:80`] } }
  }

const askedOf =
  (host: string) =>
  (call: Call, subnet: string): Fate | undefined =>
    isProbe(call)
      ? { rewrite: { ...call.body, HostConfig: { ...(call.body as Body).HostConfig, Dns: [at(subnet, 5)] } } }
      : letIn(host, call)

const gatewayIn = 'the host, at the inside gateway'
const gatewayOut = 'the host, at the outside gateway'
const leaks: Leak[] = [
  {
    name: 'an engine that ignores the closed gateway',
    leaked: [gatewayIn],
    perhaps: [gatewayOut],
    bend: call => (inside(call) ? { rewrite: { ...call.body, Options: {} } } : undefined),
  },
  {
    name: 'an inside network that is not internal',
    leaked: [gatewayIn, gatewayOut],
    bend: call => (inside(call) ? { rewrite: { ...call.body, Options: {}, Internal: false } } : undefined),
  },
  {
    name: 'a second way out, on the outside network',
    leaked: [gatewayOut, "the sidecar's outside address"],
    bend: call => (isProbe(call) ? { effected: answer => joinOutside(JSON.parse(answer.body).Id) } : undefined),
  },
  { name: 'a resolver outside that knows no such name', leaked: ['external DNS'], bend: askedOf('resolver') },
  { name: 'a resolver outside that knows every name', leaked: ['external DNS'], bend: askedOf('liar') },
  {
    name: 'a gate that lets a denied name through',
    leaked: ['a denied name through the gate'],
    bend: throughHost('listener'),
  },
  {
    name: 'a gate that denies but does not log',
    leaked: ['a denied name through the gate'],
    bend: throughHost('forbidder'),
  },
]

let outside = ''
async function joinOutside(container: string): Promise<void> {
  const networks = await docker.listNetworks({ filters: { label: [`io.bottle.run=${outside}`] } })
  await docker.getNetwork(networks.find(one => !one.Internal)?.Id ?? '').connect({ Container: container })
}

const cases = gates.flatMap(gate => leaks.map(leak => ({ gate, leak, title: `${leak.name} (${gate.name})` })))

test.each(cases)('$title stops the run before the agent starts', async ({ gate, leak }) => {
  await using proxy = await engineProxy()
  await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host } })
  let subnet = ''
  proxy.decide = call => {
    if (inside(call)) {
      subnet = (call.body as Body).IPAM?.Config[0]?.Subnet ?? ''
      outside = /bottle-([0-9a-f]{12})-/.exec(String(call.body?.Name))?.[1] ?? ''
    }
    return leak.bend(call, subnet)
  }
  const main = await runner
    .step({ with: { ...gate.inputs, image: 'bottle-test/tiny:1', run: 'echo the agent ran', upload: 'false' } })
    .main()
  const summary = JSON.parse(readFileSync(join(main.outputs['evidence-path'] ?? '', 'summary.json'), 'utf8')) as Summary
  const found = summary.containment.filter(one => one.leaked && !leak.perhaps?.includes(one.probe))
  // With what each probe was told, for whoever reads that it failed.
  expect({ found: found.map(one => one.probe), of: summary.containment }).toEqual({
    found: leak.leaked,
    of: summary.containment,
  })
  expect(main.log.join('\n')).not.toContain('the agent ran')
  expect(main.outputs).toMatchObject({ enforced: 'false', 'exit-code': '' })
  expect(main.exitCode).toBe(1)
  expect(main.annotations.map(one => one.data).join()).toContain(leak.leaked[0])
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

test.each(gates)('without a leak every probe holds, and is asked no more than it must ($name)', async ({ inputs }) => {
  await using proxy = await engineProxy()
  await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host } })
  let asked = 0
  proxy.decide = ({ path, body }) => {
    if (path.endsWith('/exec') && /dns-probe\.example/.test(String(body?.Cmd))) asked += 1
    return undefined
  }
  const main = await runner
    .step({ with: { ...inputs, image: 'bottle-test/tiny:1', run: 'echo the agent ran', upload: 'false' } })
    .main()
  expect(main.log.join('\n')).toContain('the agent ran')
  expect(main.outputs.enforced).toBe('true')
  // A lookup that finds nobody is an answer; on a busy machine the first may not have got to look.
  expect([1, 2]).toContain(asked)
})
