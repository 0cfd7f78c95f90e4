import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { photograph, remainsOf, untaggedGates } from '../../support/lives/remains.ts'

jest.setTimeout(60_000)

const docker = new Docker({ socketPath: '/var/run/docker.sock' })
const Image = 'bottle-test/tiny:1'

test('the search for remains finds each kind of them', async () => {
  await using undo = new AsyncDisposableStack()
  const runId = `${'f'.repeat(4)}${process.pid.toString(16).padStart(8, '0')}`
  const Labels = { 'io.bottle.run': runId }
  const job = mkdtempSync(join(tmpdir(), 'bottle-remains-'))
  undo.defer(() => rmSync(job, { recursive: true, force: true }))
  const tracking = `remains_${process.pid}`
  writeFileSync(join(job, 'changed'), 'before')
  writeFileSync(join(job, 'removed'), 'before')
  const made = { containers: [] as string[], networks: [] as string[] }
  const search = { runId, places: [job], before: photograph([job]), tracking, made }
  // The control: nothing is planted yet.
  expect(await remainsOf(search)).toEqual([])

  const plant = async (options: Docker.ContainerCreateOptions) => {
    const one = await docker.createContainer({ Image, Cmd: ['sleep', '300'], ...options })
    undo.defer(() => one.remove({ force: true, v: true }))
    return one
  }
  const labelled = await plant({ name: `planted-${runId}`, Labels })
  await labelled.start()
  await plant({ name: `bottle-${runId}-bottle` })
  const created = await plant({ name: `created-${runId}` })
  made.containers.push(created.id, labelled.id)
  const network = await docker.createNetwork({ Name: `planted-${runId}`, Labels })
  undo.defer(() => network.remove())
  made.networks.push(network.id)
  const volume = await docker.createVolume({ Name: `bottle-${runId}-config` })
  undo.defer(() => volume.remove())
  const { Id } = await (await plant({})).commit({ changes: 'ENTRYPOINT ["/node","/gate/index.js"]' })
  undo.defer(() => docker.getImage(Id).remove())
  const scratch = join(job, '_temp', `bottle-${runId}`)
  mkdirSync(join(scratch, 'evidence'), { recursive: true })
  for (const name of ['evidence/summary.json', 'evidence/reserve', 'placeholders.json'])
    writeFileSync(join(scratch, name), '')
  writeFileSync(join(job, 'changed'), 'after!')
  rmSync(join(job, 'removed'))
  const child = spawn('sleep', ['300'], { env: { PATH: process.env.PATH, RUNNER_TRACKING_ID: tracking } })
  undo.defer(() => void child.kill())
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    mkdirSync(join(job, 'mount'))
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(job, 'mount')])
    undo.defer(() => void execFileSync('umount', [join(job, 'mount')]))
  }
  const found = await remainsOf(search)
  const kinds = [
    `container /planted-${runId}`,
    `container /bottle-${runId}-bottle`,
    `container /created-${runId}`,
    `network planted-${runId}`,
    `volume bottle-${runId}-config`,
    `link br-${network.id.slice(0, 12)}`,
    `file ${scratch}/evidence/reserve`,
    `file ${scratch}/placeholders.json`,
    `file ${job}/changed`,
    `gone ${job}/removed`,
    'process sleep 300',
    ...(isRoot ? [`mount ${job}/mount`] : []),
  ]
  expect(found).toEqual(expect.arrayContaining(kinds))
  expect(found.filter(one => one === 'process sleep 300').length).toBe(2)
  expect(await untaggedGates()).toContain(`image without a tag ${Id}`)
  // The evidence is meant to stay.
  expect(found).not.toContain(`file ${scratch}/evidence/summary.json`)
})
