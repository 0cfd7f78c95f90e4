import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import type { Summary } from '../../src/evidence/summary.ts'
import { type Call, engineProxy, type Fate } from '../support/engine/proxy.ts'
import { presentGates } from '../support/gates.ts'
import { agentImage } from '../support/hosts/internet.ts'
import { type ServiceImages, serviceImages, servicesImage } from '../support/hosts/service-images.ts'
import { inJob } from '../support/job.ts'
import { leftovers } from '../support/leftovers.ts'
import type { JobServices } from '../support/runner/job-services.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const docker = new Docker()
const gates = await presentGates()
const good = { image: servicesImage, gate: 'built-in', upload: 'false' }
let images: ServiceImages
const summaryOf = (outputs: Readonly<Record<string, string>>) =>
  JSON.parse(readFileSync(join(outputs['evidence-path'] ?? '', 'summary.json'), 'utf8')) as Summary
beforeAll(() => {
  images = serviceImages()
})
afterAll(() => images?.[Symbol.dispose]())

test.each(gates)(
  'a real PostgreSQL and a real Redis answer the agent under their names ($name)',
  async ({ inputs }) => {
    const services = {
      postgres: {
        image: images.postgres,
        env: { POSTGRES_PASSWORD: 'for-the-job' },
        options: '--health-cmd pg_isready --health-interval 1s --health-retries 30',
      },
      redis: { image: images.redis, ports: [6379], options: '--health-cmd "redis-cli ping" --health-interval 1s' },
    }
    await using runner = await startRunner(project, { services })
    const run = `
psql -h postgres -U postgres -Atc "select 6 * 7"
psql -h postgres -U postgres -Atc "create table t (n int); insert into t select generate_series(1, 100000); select sum(n) from t"
psql -h postgres -U postgres -Atc "select repeat('x', 1000) from t" | wc -c
redis-cli -h redis set key value
redis-cli -h redis get key
`
    const step = runner.step({
      with: { ...good, ...inputs, services: 'postgres redis', secrets: 'PGPASSWORD', run },
      env: { PGPASSWORD: 'for-the-job' },
    })
    const main = await step.main()
    expect(main.log).toEqual(expect.arrayContaining(['42', '5000050000', '100100000', 'OK', 'value']))
    expect(main.outputs).toMatchObject({
      'exit-code': '0',
      enforced: 'true',
      'direct-count': '0',
      'blocked-count': '0',
    })
    const summary = summaryOf(main.outputs)
    const use = { failed: 0, sent: expect.any(Number), received: expect.any(Number), whole: true }
    expect(summary.services).toEqual([
      { name: 'postgres', ports: [5432], use: { ...use, connections: 3 } },
      { name: 'redis', ports: [6379], use: { ...use, connections: 2 } },
    ])
    expect(summary.services?.[0]?.use?.received).toBeGreaterThan(100_000_000)
    expect(summary.containment.map(one => one.probe)).toContain('another port of the service postgres')
    expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
    expect((await step.post()).exitCode).toBe(0)
  },
)

/** Everything that the engine says of the job's containers, their network, and who is on it. */
async function asTheEngineSees(services: JobServices | undefined) {
  const ids = Object.values(services?.context ?? {}).map(one => one.id)
  const found = await Promise.all(ids.map(id => docker.getContainer(id).inspect()))
  return { found, network: await docker.getNetwork(services?.network ?? '').inspect() }
}

/** Ports at which a `web` container was reached, in order. */
const reached = (container = '') =>
  execFileSync('docker', ['logs', container], { encoding: 'utf8' }).split('\n').filter(Boolean)

const asking = `ask() {
  timeout 4 bash -c "exec 3<>/dev/tcp/$1/$2 && printf 'GET http://stranger:8080/ HTTP/1.0\\r\\nHost: stranger\\r\\n\\r\\n' >&3 && cat <&3" 2>&1 | grep -c served
  true
}`

test.each(gates)(
  'the bottle reaches what a service exposes, and nothing else of its network ($name)',
  async ({ inputs }) => {
    await using runner = await startRunner(project, {
      services: { web: { image: images.web, ports: ['8081/udp'] }, stranger: { image: images.web } },
    })
    const { network = '', context = {} } = runner.services ?? {}
    const before = await asTheEngineSees(runner.services)
    const [web, stranger] = ['web', 'stranger'].map(name => context[name]?.id ?? '')
    const addressOf = (id = '') =>
      before.found.find(one => one.Id === id)?.NetworkSettings.Networks[network]?.IPAddress ?? ''
    const gateway = before.network.IPAM?.Config?.[0]?.Gateway ?? ''
    let greeted = 0
    await using host = createServer(socket => {
      greeted += 1
      socket
        .on('error', () => {})
        .resume()
        .end('served by the host\n')
    })
    await once(host.listen(0, gateway), 'listening')
    const { port } = host.address() as { port: number }
    const targets = [
      ['web', 8080],
      ['web', 9090],
      [addressOf(web), 8080],
      [addressOf(web), 9090],
      ['stranger', 8080],
      [addressOf(stranger), 8080],
      [gateway, port],
    ] as const
    const run = `${asking}\n${targets.map(target => `echo ${target.join(' ')}: $(ask ${target.join(' ')})`).join('\n')}`
    // The control: on the service's own network everything answers.
    const beside = ['run', '--rm', '--network', network, agentImage, 'bash', '-c', run]
    const control = (await promisify(execFile)('docker', beside)).stdout
    expect(control.trim().split('\n')).toEqual(targets.map(target => `${target.join(' ')}: 1`))
    expect([reached(web), reached(stranger), greeted]).toEqual([['8080', '9090', '8080', '9090'], ['8080', '8080'], 1])

    const proxied = `curl -s -o /dev/null -w '%{http_code}' --noproxy '' -x $http_proxy http://${addressOf(web)}:8080/`
    const step = runner.step({
      with: { ...good, ...inputs, image: agentImage, services: 'web', run: `${run}\necho gate: $(${proxied})` },
    })
    const main = await step.main()
    expect(main.log).toEqual(
      expect.arrayContaining([...targets.map((target, i) => `${target.join(' ')}: ${i === 0 ? 1 : 0}`), 'gate: 403']),
    )
    // Judged where it would arrive.
    expect([reached(web), reached(stranger), greeted]).toEqual([
      ['8080', '9090', '8080', '9090', '8080'],
      ['8080', '8080'],
      1,
    ])
    const { enforced, containment, services } = summaryOf(main.outputs)
    expect(enforced).toBe(true)
    expect(containment.map(one => [one.probe, one.leaked])).toEqual(
      expect.arrayContaining([
        ['another port of the service web', false],
        ['the service web past its relay', false],
        ['the host, at the network of web', false],
      ]),
    )
    expect(services).toEqual([
      { name: 'web', ports: [8080], use: expect.objectContaining({ connections: 1, whole: true }) },
    ])
    expect(main.annotations.map(one => one.data).join()).toContain(
      'of the service web only TCP is carried, not 8081/udp',
    )
    expect(main.summary).toContain('past the gate: <code>web</code> on 8080&#58; 1 connection')
    expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
    // Let go untouched.
    expect(await asTheEngineSees(runner.services)).toEqual(before)
  },
)

test('clients that obey proxy variables ask the service itself, by name and by address', async () => {
  await using runner = await startRunner(project, { services: { web: { image: images.web } } })
  const fetch = 'fetch(process.argv[1]).then(one => one.text()).then(text => process.stdout.write(text))'
  const open = 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode(), end="")'
  const run = `
address=$(getent hosts web | cut -d' ' -f1)
for url in http://web:8080/ http://$address:8080/; do
  curl -sS $url; node -e '${fetch}' $url; python3 -c '${open}' $url
done
`
  const main = await runner.step({ with: { ...good, image: agentImage, services: 'web', run } }).main()
  expect(main.log.filter(line => line === 'served 8080')).toHaveLength(6)
  expect(main.outputs).toMatchObject({ 'allowed-count': '0', 'blocked-count': '0', 'direct-count': '0' })
})

test('a relay leads to its container wherever that is, and never to who has its old address', async () => {
  await using runner = await startRunner(project, { services: { web: { image: images.web } } })
  const { network = '', context = {} } = runner.services ?? {}
  const web = docker.getContainer(context.web?.id ?? '')
  const up = Promise.withResolvers<void>()
  const run = `${asking}\necho first $(ask web 8080); until test -e moved; do sleep 0.1; done; for i in $(seq 50); do again=$(ask web 8080); test $again = 0 || break; sleep 0.2; done; echo again $again`
  const step = runner.step({ with: { ...good, image: agentImage, services: 'web', run } })
  const running = step.main({ onLine: line => line === 'first 1' && up.resolve() })
  await Promise.race([up.promise, running])
  const old = (await web.inspect()).NetworkSettings.Networks[network]?.IPAddress
  await web.stop({ t: 0 })
  const other = await docker.createContainer({
    Image: images.web,
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: ['web'] } } },
    HostConfig: { NetworkMode: network },
  })
  try {
    await other.start()
    await web.start()
    expect((await other.inspect()).NetworkSettings.Networks[network]?.IPAddress).toBe(old)
    writeFileSync(join(runner.workspace, 'moved'), '')
    expect((await running).log).toContain('again 1')
    expect(reached(other.id)).toEqual([])
  } finally {
    await other.remove({ force: true })
  }
})

test.each([
  {
    name: 'a bottle on the network of a service',
    leaked: ['the service web past its relay', 'the host, at the network of web'],
    bend: (call: Call, network: string): Fate | undefined =>
      call.path.startsWith('/containers/create') && call.path.includes('-probe')
        ? { effected: ({ body }) => docker.getNetwork(network).connect({ Container: JSON.parse(body).Id }) }
        : undefined,
  },
  {
    name: 'a relay that listens on more than it should',
    leaked: ['another port of the service web'],
    bend: (call: Call): Fate | undefined =>
      call.path.startsWith('/containers/create') && call.path.includes('-relay-1')
        ? { rewrite: { ...call.body, Cmd: [...((call.body?.Cmd ?? []) as string[]), '--port', '8888'] } }
        : undefined,
  },
])('$name stops the run before the agent starts', async ({ leaked, bend }) => {
  await using proxy = await engineProxy()
  const services = { web: { image: images.web } }
  await using runner = await startRunner(project, { services, env: { DOCKER_HOST: proxy.host } })
  proxy.decide = call => bend(call, runner.services?.network ?? '')
  const main = await runner.step({ with: { ...good, services: 'web', run: 'echo the agent ran' } }).main()
  const found = summaryOf(main.outputs).containment.flatMap(one => (one.leaked ? [one.probe] : []))
  expect(found).toEqual(expect.arrayContaining(leaked))
  expect(main.log.join()).not.toContain('the agent ran')
  expect(main.exitCode).toBe(1)
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

test('a whole job has its services until it ends, in a job container too', async () => {
  const given = { services: { redis: { image: images.redis } }, container: agentImage }
  await inJob(
    { with: { image: servicesImage, services: 'redis' } },
    async ({ runner, main, inside, post }) => {
      expect(await asTheEngineSees(runner.services)).toMatchObject({ found: [{ State: { Running: true } }] })
      expect((await inside('redis-cli -h redis set key kept')).log).toContain('OK')
      expect((await inside('redis-cli -h redis get key; env')).log).toEqual(
        expect.arrayContaining(['kept', expect.stringMatching(/^no_proxy=.*,redis,198\.1[89]\./)]),
      )
      expect((await post()).exitCode).toBe(0)
      const { services } = summaryOf(main.outputs)
      expect(services).toEqual([
        { name: 'redis', ports: [6379], use: expect.objectContaining({ connections: 2, whole: true }) },
      ])
      expect(await asTheEngineSees(runner.services)).toMatchObject({ found: [{ State: { Running: true } }] })
    },
    { services: given.services },
  )
  await using runner = await startRunner(project, given)
  const run = 'redis-cli -h redis set key value'
  const main = await runner.step({ with: { ...good, services: 'redis', run } }).main()
  expect(main.log).toContain('OK')
  expect(main.outputs).toMatchObject({ 'exit-code': '0', enforced: 'true' })
})

test('a relay that ends takes its service from the agent, and nothing else', async () => {
  await using runner = await startRunner(project, { services: { redis: { image: images.redis } } })
  const up = Promise.withResolvers<void>()
  const run = `redis-cli -h redis set key value
sleep 1.5; echo up; while redis-cli -h redis get key >/dev/null 2>&1; do sleep 0.1; done; echo lost; timeout 3 redis-cli -h redis get key || echo still lost`
  const step = runner.step({ with: { ...good, services: 'redis', run } })
  const running = step.main({ onLine: line => line === 'up' && up.resolve() })
  await Promise.race([up.promise, running])
  const relays = await docker.listContainers({ filters: { label: ['io.bottle.role=relay'] } })
  const own = relays.filter(
    one => runner.services && Object.keys(one.NetworkSettings.Networks).includes(runner.services.network),
  )
  expect(own.length).toBe(1)
  await docker.getContainer(own[0]?.Id ?? '').kill({ signal: 'SIGKILL' })
  const main = await running
  expect(main.log).toEqual(expect.arrayContaining(['lost', 'still lost']))
  expect(main.outputs).toMatchObject({ 'exit-code': '0', enforced: 'true' })
  expect(main.summary).toMatch(/<code>redis<\/code> on 6379&#58; at least \d+ connections?, .*; its relay ended early/)
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

test('a main that is killed leaves the relay to post, which counts and removes it', async () => {
  await using runner = await startRunner(project, { services: { redis: { image: images.redis } } })
  const before = await asTheEngineSees(runner.services)
  const up = Promise.withResolvers<void>()
  const step = runner.step({ with: { ...good, services: 'redis', run: 'redis-cli -h redis ping; echo up; sleep 60' } })
  const main = await step.main({ kill: up.promise, onLine: line => line === 'up' && up.resolve() })
  expect(main.signal).toBe('SIGKILL')
  const post = await step.post()
  expect(post.exitCode).toBe(0)
  expect(post.summary).toContain('<code>redis</code> on 6379&#58; 1 connection')
  expect(await leftovers(post.outputs['bottle-id'])).toEqual([])
  expect(await asTheEngineSees(runner.services)).toEqual(before)
})

test.each([
  ['web, wbe', {}, 'input services:1: services names wbe, which is no service of this job; did you mean web?'],
  ['mute', {}, 'input services:1: the service mute exposes no TCP port'],
  ['web', { 'job-services': '' }, 'this job has no services'],
  ['web', { 'job-services': '{"web": {"id": "$(id)"}}' }, 'The input job-services is not what a runner says'],
  [
    'web',
    { 'job-services': `{"web": {"id": "${'a'.repeat(64)}"}}` },
    'the engine knows no container of the service web',
  ],
])('services: %s %j is refused with what to do, and nothing is made', async (services, more, expected) => {
  await using proxy = await engineProxy()
  await using runner = await startRunner(project, {
    services: { web: { image: images.web }, mute: { image: images.mute } },
    env: { DOCKER_HOST: proxy.host },
  })
  const main = await runner.step({ with: { ...good, services, run: 'true', ...more } }).main()
  expect(main.exitCode).toBe(1)
  const said = main.annotations.map(one => one.data).join()
  expect(said).toContain(expected)
  expect(said).not.toMatch(/\bat \S+:\d+:\d+/)
  expect(proxy.calls.filter(one => one.method !== 'GET')).toEqual([])
})

test('a service that has stopped is refused; a dry run prints what would be joined, and makes nothing', async () => {
  await using proxy = await engineProxy()
  await using runner = await startRunner(project, {
    services: { web: { image: images.web } },
    env: { DOCKER_HOST: proxy.host },
  })
  const dry = await runner.step({ with: { ...good, services: 'web', run: 'true', 'dry-run': 'true' } }).main()
  expect(dry.exitCode).toBe(0)
  expect(dry.log.join('\n')).toMatch(
    /^service +web: 8080 \(relay 198\.1[89]\.\d+\.\d+, on github_network_[0-9a-f]{32}\)$/m,
  )
  await docker.getContainer(runner.services?.context.web?.id ?? '').kill()
  const main = await runner.step({ with: { ...good, services: 'web', run: 'true' } }).main()
  expect(main.exitCode).toBe(1)
  expect(main.annotations.map(one => one.data).join()).toMatch(/the service web does not run: its container is exited/)
  expect(proxy.calls.filter(one => one.method !== 'GET')).toEqual([])
})

test('on the command line a service is a container that is named; without one it is refused, and planned', async () => {
  await using runner = await startRunner(project, { services: { web: { image: images.web } } })
  const id = runner.services?.context.web?.id ?? ''
  const given = ['--image', agentImage, '--gate', 'built-in', '--services', 'web']
  const words = [...given, '--run', `${asking}\necho served $(ask web 8080)`]
  const name = (await docker.getContainer(id).inspect()).Name.slice(1)
  const joined = await bottle(['run', ...words, '--service-container', `web=${name}`])
  expect(joined).toMatchObject({ code: 0, out: 'served 1\n' })
  expect(joined.err).toContain('Service web on 8080: 1 connection')
  const without = await bottle(['run', ...words])
  expect(without).toMatchObject({ code: 1, out: '' })
  expect(without.err).toContain('Add `--service-container web=CONTAINER`')
  const plan = await bottle(['plan', ...words])
  expect(plan).toMatchObject({ code: 0, out: expect.stringContaining('service   web: not looked at') })
  const odd = await bottle(['plan', ...words, '--service-container', 'web'])
  expect(odd).toMatchObject({ code: 1, err: expect.stringContaining('"web" is not NAME=CONTAINER') })
})

async function bottle(words: string[]): Promise<{ code: number; out: string; err: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-services-'))
  const env = { PATH: process.env.PATH ?? '', HOME: folder, RUNNER_TEMP: folder }
  return new Promise(done => {
    const all = [join(project, 'dist/cli/index.js'), ...words]
    const child = execFile(process.execPath, all, { cwd: folder, env }, (_, out, err) => {
      rmSync(folder, { recursive: true, force: true })
      done({ code: child.exitCode ?? -1, out, err })
    })
  })
}
