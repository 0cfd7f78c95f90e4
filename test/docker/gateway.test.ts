import { writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { atLeast } from '../../src/plan/networks.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const docker = new Docker()
const { ApiVersion } = await docker.version()
const way = atLeast(ApiVersion, '1.48')
  ? ['com.docker.network.bridge.gateway_mode_ipv4', 'isolated']
  : ['com.docker.network.bridge.inhibit_ipv4', 'true']

test(`the host has no address on the inside network, by ${way.join('=')} (API ${ApiVersion})`, async () => {
  await using runner = await startRunner(project)
  const up = Promise.withResolvers<string>()
  let id = ''
  const onLine = (line: string) => {
    id ||= /^Set up bottle ([0-9a-f]{12})$/.exec(line)?.[1] ?? ''
    if (line === 'up') up.resolve(id)
  }
  const run = 'echo up; n=0; while [ ! -e go ] && [ $n -lt 300 ]; do n=$((n+1)); sleep 0.1; done'
  const step = runner.step({ with: { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false', run } })
  const ran = step.main({ onLine })
  const bottle = await up.promise
  const [inside, outside] = await Promise.all(['inside', 'outside'].map(side => bridgeOf(`bottle-${bottle}-${side}`)))
  writeFileSync(join(runner.workspace, 'go'), '')
  expect(inside?.options).toMatchObject({ [way[0] ?? '']: way[1] })
  expect(inside?.addresses).toEqual([])
  // The control: the other bridge does have the gateway's address.
  expect(outside?.addresses).toEqual([outside?.gateway])
  expect((await ran).exitCode).toBe(0)
})

/** What the engine says of a network, and the IPv4 addresses that this host has on its bridge. */
async function bridgeOf(name: string) {
  const { Id, IPAM, Options } = await docker.getNetwork(name).inspect()
  const bridge = networkInterfaces()[`br-${Id.slice(0, 12)}`] ?? []
  return {
    options: Options,
    gateway: IPAM?.Config?.[0]?.Gateway,
    addresses: bridge.filter(one => one.family === 'IPv4').map(one => one.address),
  }
}
