import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import type { Summary } from '../../src/evidence/summary.ts'
import { presentGates } from '../support/gates.ts'
import { agentImage } from '../support/hosts/internet.ts'
import { reached, type ServiceImages, serviceImages, servicesImage } from '../support/hosts/service-images.ts'
import { inJob } from '../support/job.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const docker = new Docker()
const gates = await presentGates()
const good = { image: servicesImage, gate: 'built-in', upload: 'false' }
const health = '--health-cmd pg_isready --health-interval 1s --health-retries 30'
const summaryOf = (outputs: Readonly<Record<string, string>>) =>
  JSON.parse(readFileSync(join(outputs['evidence-path'] ?? '', 'summary.json'), 'utf8')) as Summary
let images: ServiceImages
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
        options: health,
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

test('clients that obey proxy variables ask the service itself, by name and by address', async () => {
  await using runner = await startRunner(project, { services: { web: { image: images.web } } })
  const fetch = 'fetch(process.argv[1]).then(one => one.text()).then(text => process.stdout.write(text))'
  const open = 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode(), end="")'
  const run = `
address=$(getent hosts web | cut -d' ' -f1)
for url in http://web:8080/ http://$address:8080/ http://web/; do
  curl -sS $url; node -e '${fetch}' $url; python3 -c '${open}' $url
done
`
  const main = await runner.step({ with: { ...good, image: agentImage, services: 'web', run } }).main()
  expect(main.log.filter(line => line === 'served 8080')).toHaveLength(6)
  // A port below 1024, which the relay's user may listen on all the same.
  expect(main.log.filter(line => line === 'served 80')).toHaveLength(3)
  expect(main.outputs).toMatchObject({ 'allowed-count': '0', 'blocked-count': '0', 'direct-count': '0' })
})

test('a whole job has its services until it ends, in a job container too', async () => {
  const given = { services: { redis: { image: images.redis } }, container: agentImage }
  await inJob(
    { with: { image: servicesImage, services: 'redis' } },
    async ({ runner, main, inside, post }) => {
      expect(await runner.services?.seen()).toMatchObject({ found: [{ State: { Running: true } }] })
      expect((await inside('redis-cli -h redis set key kept')).log).toContain('OK')
      expect((await inside('redis-cli -h redis get key; env')).log).toEqual(
        expect.arrayContaining(['kept', expect.stringMatching(/^no_proxy=.*,redis,198\.1[89]\./)]),
      )
      expect((await post()).exitCode).toBe(0)
      const { services } = summaryOf(main.outputs)
      expect(services).toEqual([
        { name: 'redis', ports: [6379], use: expect.objectContaining({ connections: 2, whole: true }) },
      ])
      expect(await runner.services?.seen()).toMatchObject({ found: [{ State: { Running: true } }] })
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
  const before = await runner.services?.seen()
  const up = Promise.withResolvers<void>()
  const step = runner.step({ with: { ...good, services: 'redis', run: 'redis-cli -h redis ping; echo up; sleep 60' } })
  const main = await step.main({ kill: up.promise, onLine: line => line === 'up' && up.resolve() })
  expect(main.signal).toBe('SIGKILL')
  const post = await step.post()
  expect(post.exitCode).toBe(0)
  expect(post.summary).toContain('<code>redis</code> on 6379&#58; 1 connection')
  expect(await leftovers(post.outputs['bottle-id'])).toEqual([])
  expect(await runner.services?.seen()).toEqual(before)
})

test('a superuser of the database can have it run programs, as documented; another role cannot', async () => {
  const services = {
    postgres: { image: images.postgres, env: { POSTGRES_PASSWORD: 'for-the-job' }, options: health },
    web: { image: images.web },
  }
  await using runner = await startRunner(project, { services })
  const run = `
psql -h postgres -U postgres -c "create role app login password 'for-the-job'"
for user in app postgres; do
  psql -h postgres -U $user -d postgres -c "copy (select 'from $user') to program 'nc -N web 9090'" 2>&1 || true
done`
  const wish = { ...good, services: 'postgres', secrets: 'PGPASSWORD', run }
  const main = await runner.step({ with: wish, env: { PGPASSWORD: 'for-the-job' } }).main()
  expect(main.log.join()).toMatch(/ERROR: .* an external program.*COPY 1/)
  expect(reached(runner.services?.context.web?.id)).toEqual(['9090'])
  expect(main.annotations.map(one => one.data).join()).toContain('can have postgres do whatever it lets a client do')
})
