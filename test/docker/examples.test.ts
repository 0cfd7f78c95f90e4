import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet } from '../support/hosts/internet.ts'
import { type ServiceImages, serviceImages } from '../support/hosts/service-images.ts'
import { leftovers } from '../support/leftovers.ts'
import { type PlayedStep, play } from '../support/workflows/play.ts'
import { standInHosts, standInImage } from '../support/workflows/stand-in.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const gates = await presentGates()
const key = `sk-ant-api03-${randomBytes(24).toString('base64url')}`
const { model, extra } = standInHosts
let internet: Internet
let image: ReturnType<typeof standInImage>
let services: ServiceImages

beforeAll(async () => {
  image = standInImage()
  services = serviceImages()
  internet = await openInternet([
    { role: 'listener', names: [model] },
    { role: 'listener', names: [extra] },
  ])
})
afterAll(async () => {
  await internet?.[Symbol.asyncDispose]()
  image?.[Symbol.dispose]()
  services?.[Symbol.dispose]()
})

async function played(name: string, inputs: Record<string, string> = {}, gate = gates[0]?.inputs ?? {}) {
  const before = (await internet.hits(model)).length
  const steps = await play(`examples/${name}.yml`, {
    instead: {
      'api.anthropic.com': model,
      'registry.npmjs.org': 'registry.npmjs.test',
      'node:24-bookworm': image.name,
      'postgres:17': services.postgres,
      'npm ': 'echo npm ',
      'registry.example.com/agents/node:24': image.name,
      // The tests' own authority, where the gate itself speaks TLS to the host.
      'egress:\n              inject:': 'egress:\n              tls: {upstream-ca: ca.pem}\n              inject:',
    },
    secrets: { ANTHROPIC_API_KEY: key },
    inputs,
    with: gate,
    files: {
      '.github/bottle.yml': readFileSync(join(project, 'examples/spec/bottle.yml'), 'utf8'),
      'ca.pem': readFileSync(internet.authority, 'utf8'),
    },
  })
  const asked = (await internet.hits(model)).slice(before).filter(hit => hit.kind === 'request')
  for (const { main } of steps) expect(await leftovers(main?.outputs['bottle-id'] ?? 'none')).toEqual([])
  return { steps, keys: asked.map(hit => hit.headers?.['x-api-key']), outputs: outputsOf(steps) }
}

const outputsOf = (steps: readonly PlayedStep[]) => steps.flatMap(({ main }) => (main ? [main.outputs] : []))
const refused = { enforced: 'true', 'blocked-hosts': JSON.stringify([extra]), 'blocked-count': '1' }

test.each(gates)(
  'agent-step: the agent reaches its model with its key, and nobody else ($name)',
  async ({ inputs }) => {
    const { outputs, keys, steps } = await played('agent-step', {}, inputs)
    expect(outputs).toEqual([expect.objectContaining(refused)])
    expect(keys).toEqual([key])
    expect(steps[0]?.said).toContain('stand-in: -y @anthropic-ai/claude-code -p fix the failing test')
  },
)

test.each(['self-hosted', 'container-job'])('%s: the same', async name => {
  const { outputs, keys } = await played(name)
  expect(outputs).toEqual([expect.objectContaining(refused)])
  expect(keys).toEqual([key])
})

test('services: the agent reaches the database of its job, and the rest as ever', async () => {
  const { outputs, keys, steps } = await played('services')
  expect(outputs).toEqual([expect.objectContaining(refused)])
  expect(keys).toEqual([key])
  // What a PostgreSQL without TLS says to a client that would like some.
  expect(steps[0]?.said).toContain('database said N')
  expect(steps[0]?.said).toContain('Service postgres on 5432: 1 connection')
})

test('credentials: the model gets a key that the agent never had', async () => {
  const { outputs, keys, steps } = await played('credentials')
  expect(outputs).toEqual([expect.objectContaining(refused)])
  expect(keys).toEqual([key])
  expect(steps[0]?.said).not.toContain(key)
})

test('whole-job: every step is in the bottle, and the summary says which', async () => {
  const { keys, steps } = await played('whole-job')
  expect(keys).toEqual([key])
  expect(steps.map(({ said }) => said).join('')).toContain(
    'stand-in: -y @anthropic-ai/claude-code -p fix the failing test',
  )
  const post = steps.at(-1)?.post
  expect(post?.exitCode).toBe(0)
  expect(post?.summary).toContain('3 steps of the job ran in the bottle')
  expect(post?.summary).toContain(extra)
})

test('learn-then-enforce: learning lets all through and says what to allow, enforcing does not', async () => {
  const learned = await played('learn-then-enforce', { mode: 'learn' })
  expect(learned.outputs).toEqual([expect.objectContaining({ enforced: 'false', 'blocked-count': '0' })])
  expect(learned.steps[1]?.said).toContain(`${extra}\n`)
  const enforced = await played('learn-then-enforce', { mode: 'enforce' })
  expect(enforced.outputs).toEqual([expect.objectContaining(refused)])
})

test('review-on-pull-request: the words of the review come out as the declared output', async () => {
  const { outputs, steps } = await played('review-on-pull-request')
  expect(outputs).toEqual([expect.objectContaining(refused)])
  expect(steps[1]?.said).toBe('extra 403\n')
})

test('matrix-union: what the legs found becomes one suggestion', async () => {
  const { outputs, steps } = await played('matrix-union')
  expect(outputs.map(one => one.enforced ?? one.runs)).toEqual(['false', 'false', '2'])
  const tasks = steps.flatMap(({ said }) => /stand-in: .* -p (.+)/.exec(said)?.[1] ?? [])
  expect(tasks).toEqual(['fix the failing test', 'update the docs'])
  expect(steps.at(-1)?.said).toBe(`${extra}\n`)
})
