import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { engineProxy } from '../support/engine/proxy.ts'
import { agentImage } from '../support/hosts/internet.ts'
import { asking, type ServiceImages, serviceImages } from '../support/hosts/service-images.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const docker = new Docker()
const good = { image: agentImage, gate: 'built-in', upload: 'false' }
let images: ServiceImages
beforeAll(() => {
  images = serviceImages()
})
afterAll(() => images?.[Symbol.dispose]())

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
    /^service +web: 80, 8080 \(relay 198\.1[89]\.\d+\.\d+, on github_network_[0-9a-f]{32}\)$/m,
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
  expect(joined.err).toContain('Service web on 80, 8080: 1 connection')
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
