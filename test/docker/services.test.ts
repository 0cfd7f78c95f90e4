import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import type { Summary } from '../../src/evidence/summary.ts'
import { presentGates } from '../support/gates.ts'
import { type ServiceImages, serviceImages, servicesImage } from '../support/hosts/service-images.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const docker = new Docker()
const gates = await presentGates()
const good = { image: servicesImage, gate: 'built-in', upload: 'false' }
let images: ServiceImages
const summaryOf = (outputs: Readonly<Record<string, string>>) =>
  JSON.parse(readFileSync(join(outputs['evidence-path'] ?? '', 'summary.json'), 'utf8')) as Summary
/** Waits for a service as a job's health check does. */
const until = (container: string, command: string[]) =>
  execFileSync(
    'docker',
    ['exec', container, 'sh', '-c', `until ${command.join(' ')} >/dev/null 2>&1; do sleep 0.1; done`],
    {
      timeout: 30_000,
    },
  )

beforeAll(() => {
  images = serviceImages()
})
afterAll(() => images?.[Symbol.dispose]())

test.each(gates)(
  'a real PostgreSQL and a real Redis answer the agent under their names ($name)',
  async ({ inputs }) => {
    const services = {
      postgres: { image: images.postgres, env: { POSTGRES_PASSWORD: 'for-the-job' } },
      redis: { image: images.redis, ports: [6379] },
    }
    await using runner = await startRunner(project, { services })
    const { context = {} } = runner.services ?? {}
    until(context.postgres?.id ?? '', ['pg_isready', '-h', '127.0.0.1'])
    until(context.redis?.id ?? '', ['redis-cli', 'ping'])
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

/** Everything that the engine says of a service and of its network, but for what changes by itself. */
async function asTheEngineSees(containers: readonly string[], network: string) {
  const found = await Promise.all(containers.map(id => docker.getContainer(id).inspect()))
  const { Containers, ...rest } = await docker.getNetwork(network).inspect()
  return { found, network: rest, attached: Containers }
}
