import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { type EngineAddress, parseAddress } from '../../src/docker/address.ts'
import type { Engine } from '../../src/docker/engine.ts'
import type { EngineFacts, Place } from '../../src/plan/host.ts'
import { unseenBy } from '../../src/sight.ts'

const workspace = mkdtempSync(join(tmpdir(), 'bottle-sight-'))
const temp = mkdtempSync(join(tmpdir(), 'bottle-sight-'))
writeFileSync(join(workspace, 'README.md'), '')
afterAll(() => {
  for (const folder of [workspace, temp]) rmSync(folder, { recursive: true })
})

interface Scene {
  readonly at: string
  readonly name?: string
  readonly places?: readonly Place[]
  readonly missing?: (paths: readonly string[]) => string | undefined
}

async function look({ at, name = 'another', places = [], missing = () => undefined }: Scene) {
  const asked: (readonly string[])[] = []
  const engine = {
    address: parseAddress(at, undefined) as EngineAddress,
    unseen: async (paths: readonly string[]) => {
      asked.push(paths)
      return missing(paths)
    },
  } as Engine
  const facts = { hostname: name } as EngineFacts
  const unseen = await unseenBy(engine, facts, places, { workspace, temp })
  return { unseen, asked }
}

test("this host's own engine is asked nothing", async () => {
  expect(await look({ at: 'unix:///run/docker.sock', name: hostname() })).toEqual({ unseen: undefined, asked: [] })
})

test('any other is asked once: for the workspace, what is in it, and a folder made on the spot', async () => {
  for (const at of ['unix:///run/docker.sock', 'tcp://127.0.0.1:2375', 'ssh://host']) {
    const { unseen, asked } = await look({ at })
    expect(unseen).toBeUndefined()
    expect(asked).toHaveLength(1)
    expect(asked[0]).toEqual([
      workspace,
      join(workspace, 'README.md'),
      expect.stringContaining(join(temp, 'bottle-seen-')),
    ])
  }
  expect(readdirSync(temp)).toEqual([])
})

test('what it lacks is told by the folder that a person knows', async () => {
  const at = 'tcp://127.0.0.1:2375'
  expect((await look({ at, missing: paths => paths[0] })).unseen).toBe(workspace)
  // A folder of that name is there, and another one.
  expect((await look({ at, missing: paths => paths[1] })).unseen).toBe(workspace)
  expect((await look({ at, missing: paths => paths.at(-1) })).unseen).toBe(temp)
})

test("in a job's container its volumes tell", async () => {
  const at = 'unix:///run/docker.sock'
  const places = [{ here: temp, there: '/x' }]
  expect(await look({ at, places })).toEqual({ unseen: workspace, asked: [] })
  expect((await look({ at, places: [{ here: tmpdir(), there: '/x' }] })).unseen).toBeUndefined()
})
