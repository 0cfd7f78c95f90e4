import { resolve } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { engineProxy } from '../support/engine/proxy.ts'
import { presentGates } from '../support/gates.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const pipelock = (await presentGates()).find(gate => gate.name === 'pipelock')
const wish = { ...pipelock?.inputs, image: 'bottle-test/tiny:1', tls: 'inspect', run: 'echo ran', upload: 'false' }

// The engine calls that only an inspected run makes, and whether the agent may run when one fails.
const moments = [
  {
    title: 'the container for the roots is not created',
    path: /create\?name=bottle-[0-9a-f]{12}-roots/,
    fail: 'before',
  },
  { title: 'it is, and nobody hears of it', path: /create\?name=bottle-[0-9a-f]{12}-roots/, fail: 'after' },
  { title: 'the roots cannot be read', path: /\/archive\?path=%2Fetc%2Fssl/, fail: 'before' },
] as const

const suite = pipelock ? describe : describe.skip
suite('an engine that fails under inspection', () => {
  test.each(moments)('$title: the agent does not run, and nothing is left', async ({ path, fail }) => {
    await using proxy = await engineProxy()
    await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host } })
    let failed = 0
    proxy.decide = call => {
      if (!path.test(call.path) || call.method === 'PUT') return undefined
      failed += 1
      return { fail }
    }
    const step = runner.step({ with: wish })
    const main = await step.main()
    expect(failed).toBeGreaterThan(0)
    expect(main.exitCode).toBe(1)
    expect(main.log).not.toContain('ran')
    expect((await step.post()).exitCode).toBe(0)
    expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
  })

  test('the control: with nothing failing it runs', async () => {
    await using runner = await startRunner(project)
    const main = await runner.step({ with: wish }).main()
    expect(main.log).toContain('ran')
    expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
  })
})
