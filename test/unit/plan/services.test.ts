import { expect, test } from '@jest/globals'
import { assumedServices, observeServices } from '../../../src/docker/services.ts'
import { BottleError, explain } from '../../../src/errors.ts'
import { pipelock } from '../../../src/gate/pipelock.ts'
import { explainHost } from '../../../src/plan/explain.ts'
import type { Host, ObservedServices } from '../../../src/plan/host.ts'
import { parseRunId } from '../../../src/plan/names.ts'
import { planBottle } from '../../../src/plan/plan.ts'
import { renderPlan } from '../../../src/report/plan.ts'
import { allowedHosts } from '../../../src/spec/allowlist.ts'
import { readSpec } from '../../../src/spec/load.ts'

const id = (digit: string) => digit.repeat(64)
const running = {
  id: id('a'),
  status: 'running',
  exposed: ['5432/tcp', '80/tcp', '53/udp', '80/tcp'],
  networks: {
    bridge: { address: '172.17.0.2', gateway: '172.17.0.1' },
    jobs: { address: '172.18.0.2', gateway: '172.18.0.1' },
  },
}
const engine = (answer: object | undefined) => ({ neighbour: async () => answer as typeof running | undefined })
const offered = (from: 'job' | 'command line' = 'job') => ({
  from,
  containers: { postgres: { id: id('a'), network: 'jobs' }, redis: { id: id('b'), network: 'jobs' } },
})
const host: Host = {
  runId: parseRunId('0123456789ab'),
  owner: 'boot:ns:1:1',
  now: 1_000_000,
  engine: {
    version: '28.0.4',
    apiVersion: '1.48',
    cpus: 4,
    memoryBytes: 8e9,
    rootless: false,
    unenforced: [],
    hasIpv6: true,
    isPodman: false,
    gateways: [],
    hostname: 'runner',
    root: '/var/lib/docker',
  },
  workspace: '/work/repo',
  uid: 1001,
  gid: 127,
  scratch: '/tmp/bottle-0123456789ab',
  places: [],
  lender: undefined,
  git: [],
  job: {},
  set: [],
}
const gate = pipelock().facts
const relay = {
  facts: { ...gate, name: 'built-in' as const, image: 'bottle-gate:1', program: ['/node', '/gate/index.js'] },
}
const written = (services: string) => {
  const { spec, placeOf } = readSpec({
    text: `image: node\nrun: npm test\nservices: ${services}\n`,
    file: 'bottle.yml',
  })
  return { spec, placeOf, relay, allowed: allowedHosts(spec.egress, undefined, () => 'here') }
}
const planOf = (services: string, observed: ObservedServices | undefined) =>
  planBottle(written(services), { ...host, ...(observed ? { services: observed } : {}) }, gate)
const observed = (answer: object | undefined, from: 'job' | 'command line' = 'job') =>
  observeServices(engine(answer), offered(from), ['postgres'])

test('a relay stands between: locked down, inside, told one container and its TCP ports', async () => {
  const plan = planOf('[postgres]', await observed(running))
  const [service] = plan.services
  expect(service).toMatchObject({ name: 'postgres', network: 'jobs', ports: [80, 5432], uncarried: ['53/udp'] })
  expect(service?.relay.name).toBe('bottle-0123456789ab-relay-1')
  const body = service?.relay.body
  expect(body).toMatchObject({
    Image: 'bottle-gate:1',
    User: '65532:65532',
    Labels: { 'io.bottle.run': '0123456789ab', 'io.bottle.role': 'relay' },
    HostConfig: {
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      ReadonlyRootfs: true,
      PidsLimit: 256,
      Sysctls: { 'net.ipv4.ip_forward': '0' },
      Dns: ['127.0.0.1'],
    },
  })
  const to = ['relay', '--listen', service?.address, '--to', 'a'.repeat(12), '--port', '80', '--port', '5432']
  expect(body?.Cmd).toEqual(['/gate/index.js', ...to])
  expect(Object.keys(body?.NetworkingConfig?.EndpointsConfig ?? {})).toEqual([plan.inside.name])
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
})

test('the bottle knows the name by its hosts file, asks no gate for it, and the check asks what must not answer', async () => {
  const plan = planOf('[postgres]', await observed(running))
  const address = plan.services[0]?.address ?? ''
  const { HostConfig, Env } = plan.bottle.body
  expect(HostConfig?.ExtraHosts).toEqual([`postgres:${address}`])
  for (const name of ['NO_PROXY', 'no_proxy'])
    expect(Env).toContain(`${name}=localhost,127.0.0.1,::1,postgres,${address}`)
  expect(Env?.join('\n')).toContain(`-Dhttp.nonProxyHosts=localhost|127.*|[::1]|postgres|${address}`)
  expect(plan.probes.slice(-3)).toEqual([
    { name: 'another port of the service postgres', target: `${address}:8888`, expect: 'closed' },
    { name: 'the service postgres past its relay', target: '172.18.0.2:80', expect: 'unreachable' },
    { name: 'the host, at the network of postgres', target: '172.18.0.1:22', expect: 'unreachable' },
  ])
  const without = planOf('[]', undefined)
  expect(JSON.stringify([without.bottle, without.probes])).not.toMatch(/ExtraHosts|nonProxyHosts|service/)
})

test('what is joined stands in the printed plan, with what to know of it', async () => {
  const printed = renderPlan(planOf('[postgres]', await observed(running)))
  expect(printed).toMatch(/^service {3}postgres: 80, 5432 \(relay 198\.1[89]\.\d+\.\d+, on jobs\)$/m)
  expect(printed).toContain('warning: the agent can have postgres do whatever it lets a client do')
  expect(printed).toContain('warning: of the service postgres only TCP is carried, not 53/udp')
})

test.each([
  [
    'an unknown name',
    '[postgre]',
    running,
    'job',
    /no service of this job; did you mean postgres\? It has postgres, redis/,
  ],
  [
    'one that stopped',
    '[postgres]',
    { ...running, status: 'exited' },
    'job',
    /its container is exited\. Look at why with `docker logs aaaaaaaaaaaa`/,
  ],
  [
    'one without a port',
    '[postgres]',
    { ...running, exposed: ['53/udp'] },
    'job',
    /exposes no TCP port \(53\/udp is not carried\).*ports: \['5432'\]/,
  ],
  [
    'one of another engine',
    '[postgres]',
    undefined,
    'job',
    /the engine knows no container of the service postgres\. .*DOCKER_HOST/,
  ],
  [
    'one without a network',
    '[postgres]',
    { ...running, networks: { host: {} } },
    'job',
    /no network that a relay could join/,
  ],
  [
    'none on the command line',
    '[mysql]',
    running,
    'command line',
    /there is no job that has it\. Add `--service-container mysql=CONTAINER`/,
  ],
  ['none there', '[postgres]', undefined, 'command line', /`docker ps` shows after `--service-container postgres=`/],
] as const)('%s is told with its place and what to type', async (_, services, answer, from, expected) => {
  const found = await observed(answer, from)
  const plan = () => planOf(services, found)
  expect(plan).toThrow(BottleError)
  expect(plan).toThrow(/^bottle\.yml:3:12: /)
  expect(said(plan)).toMatch(expected)
})

test('in a job without services that is said, and what to add', () => {
  const none: ObservedServices = { from: 'job', names: [], found: [] }
  expect(said(() => planOf('[redis]', none))).toBe(
    'bottle.yml:3:12: services names redis, but this job has no services. Add `services: {redis: {image: …}}` to the job, or take redis out of the spec.',
  )
})

test('where nobody can look, what is named is assumed; but not what the job is known to lack', () => {
  const assumed = assumedServices(offered('command line'), ['postgres', 'mysql'])
  const plan = planOf('[postgres, mysql]', assumed)
  expect(plan.warnings.join()).toContain('which ports postgres, mysql will have is not known here')
  expect(said(() => planOf('[mysql]', assumedServices(offered(), ['mysql'])))).toContain('no service of this job')
})

test.each([
  ['[a b]', 'is not the name of a service'],
  ['[Localhost]', 'leads to something else inside'],
  ['[db, DB]', '"DB" is named twice; take one out'],
  ['[a, b, c, d, e, f, g, h, i]', 'names more than 8 services'],
  ['postgres', 'must be a list'],
])('services: %s is a mistake', (services, expected) => {
  expect(() => written(services)).toThrow(expected)
  expect(() => written(services)).toThrow('bottle.yml:3:')
})

test('a manifest’s bottle has services of its own, and the input adds to them', () => {
  const text = 'bottles:\n  one: {image: node, run: x, services: [redis]}\n  two: {image: node, run: x}\n'
  const spec = (bottle: string) => readSpec({ text, file: 'b.yml', bottle, shorthand: { services: 'web, db' } }).spec
  expect(spec('one').services).toEqual(['redis', 'web', 'db'])
  expect(spec('two').services).toEqual(['web', 'db'])
})

test.each(['postgres', 'postgres:5432', 'tcp://postgres:5432/'])('explain: %s passes, and past the gate', given => {
  const { passes, because } = explainHost(written('[postgres]'), given)
  expect(passes).toBe(true)
  expect(because.join()).toContain('it is a service of the job (services, bottle.yml:3:12)')
})

function said(plan: () => unknown): string {
  try {
    plan()
  } catch (error) {
    return explain(error)
  }
  return 'nothing'
}
