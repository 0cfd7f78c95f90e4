import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import type { Summary } from '../../src/evidence/summary.ts'
import { type Call, engineProxy, type Fate } from '../support/engine/proxy.ts'
import { presentGates } from '../support/gates.ts'
import { agentImage } from '../support/hosts/internet.ts'
import { asking, reached, type ServiceImages, serviceImages } from '../support/hosts/service-images.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const docker = new Docker()
const gates = await presentGates()
const good = { image: agentImage, gate: 'built-in', upload: 'false' }
const summaryOf = (outputs: Readonly<Record<string, string>>) =>
  JSON.parse(readFileSync(join(outputs['evidence-path'] ?? '', 'summary.json'), 'utf8')) as Summary
let images: ServiceImages
beforeAll(() => {
  images = serviceImages()
})
afterAll(() => images?.[Symbol.dispose]())

test.each(gates)(
  'the bottle reaches what a service exposes, and nothing else of its network ($name)',
  async ({ inputs }) => {
    await using runner = await startRunner(project, {
      services: { web: { image: images.web, ports: ['8081/udp'] }, stranger: { image: images.web } },
    })
    const { network = '', context = {} } = runner.services ?? {}
    const before = await runner.services?.seen()
    const [web, stranger] = ['web', 'stranger'].map(name => context[name]?.id ?? '')
    const addressOf = (id = '') =>
      before?.found.find(one => one.Id === id)?.NetworkSettings.Networks[network]?.IPAddress ?? ''
    const gateway = before?.network.IPAM?.Config?.[0]?.Gateway ?? ''
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
      with: { ...good, ...inputs, services: 'web', run: `${run}\necho gate: $(${proxied})` },
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
      { name: 'web', ports: [80, 8080], use: expect.objectContaining({ connections: 1, whole: true }) },
    ])
    expect(main.annotations.map(one => one.data).join()).toContain(
      'of the service web only TCP is carried, not 8081/udp',
    )
    expect(main.summary).toContain('past the gate: <code>web</code> on 80, 8080&#58; 1 connection')
    expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
    // Let go untouched.
    expect(await runner.services?.seen()).toEqual(before)
  },
)

test('a relay leads to its container wherever that is, and never to who has its old address', async () => {
  await using runner = await startRunner(project, { services: { web: { image: images.web } } })
  const { network = '', context = {} } = runner.services ?? {}
  const web = docker.getContainer(context.web?.id ?? '')
  const up = Promise.withResolvers<void>()
  const run = `${asking}\necho first $(ask web 8080); until test -e moved; do sleep 0.1; done; for i in $(seq 50); do again=$(ask web 8080); test $again = 0 || break; sleep 0.2; done; echo again $again`
  const step = runner.step({ with: { ...good, services: 'web', run } })
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
