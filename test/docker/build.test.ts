import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, jest, test } from '@jest/globals'
import { agentImage } from '../support/hosts/internet.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(90_000)

const project = resolve(import.meta.dirname, '../..')
// Nothing of an earlier run is in the engine's cache.
const mark = randomBytes(6).toString('hex')
const made = new Set<string>()
afterAll(async () => {
  for (const image of made) await promisify(execFile)('docker', ['image', 'rm', '-f', image]).catch(() => {})
})

const dockerfile = `FROM ${agentImage} AS base
ARG WORD=unset
COPY greeting /greeting
RUN echo "step output ${mark}" && echo "$WORD" > /word
FROM base AS second
RUN echo second >> /word
`

async function lived(files: Readonly<Record<string, string>>, spec: string, twice = false) {
  await using runner = await startRunner(project)
  for (const [path, text] of Object.entries({ '.git/config': `token ${mark}`, ...files })) {
    mkdirSync(dirname(join(runner.workspace, path)), { recursive: true })
    writeFileSync(join(runner.workspace, path), text)
  }
  const step = () => runner.step({ with: { gate: 'built-in', spec } })
  const first = await step().main()
  for (const [image] of first.raw.matchAll(/bottle-build:[0-9a-f]{16}/g)) made.add(image)
  return { main: first, again: twice ? await step().main() : undefined }
}

test('an image is built from the workspace, told as it goes, and built once for the same content', async () => {
  const spec = `
build: {context: docker, args: {WORD: "two words"}}
run: cat /greeting /word; test ! -e /.git
`
  const { main, again } = await lived(
    { 'docker/Dockerfile': dockerfile, 'docker/greeting': `hello ${mark}\n` },
    spec,
    true,
  )
  expect(main.outputs).toMatchObject({ 'exit-code': '0', enforced: 'true' })
  expect(main.log.join('\n')).toContain(`hello ${mark}\ntwo words\nsecond`)
  expect(main.log).toContain(`step output ${mark}`)
  expect(main.raw).toContain('its Dockerfile reaches any host')
  expect(again?.outputs['exit-code']).toBe('0')
  expect(again?.log.join('\n')).not.toContain('Building')
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

test('a target is where the build ends; with network none its steps reach nothing', async () => {
  const spec = `
build: {target: base, network: none}
run: cat /word /links
`
  const closed = dockerfile.replace('COPY', 'RUN ls /sys/class/net > /links\nCOPY')
  const { main } = await lived({ Dockerfile: closed, greeting: 'x' }, spec)
  const said = main.log.join('\n')
  expect(main.outputs['exit-code']).toBe('0')
  expect(said).toMatch(/unset\nlo$/m)
  expect(said).not.toContain('eth0')
  expect(main.raw).not.toContain('reaches any host')
  // The control: with the engine's network there is more than a loopback.
  const open = await lived({ Dockerfile: closed, greeting: 'x' }, spec.replace(', network: none', ''))
  expect(open.main.log.join('\n')).toContain('eth0')
})

test('a build that fails says why, and leaves nothing', async () => {
  const broken = `FROM ${agentImage}\nRUN echo "::error::obeyed? ${mark}" && exit 3\n`
  const { main } = await lived({ Dockerfile: broken }, 'build: {}\nrun: "true"')
  expect(main.exitCode).toBe(1)
  expect(main.outputs['exit-code']).toBe('')
  expect(main.raw).toMatch(/The image could not be built: .*exit 3.*Look at Dockerfile/)
  expect(main.annotations.map(one => one.data).filter(text => text.startsWith('obeyed?'))).toEqual([])
  expect(main.raw).toContain(`obeyed? ${mark}`)
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

test("a devcontainer's build, environment and user are taken; what is left out is named", async () => {
  const devcontainer = `{
  // as editors write it
  "build": {"dockerfile": "Dockerfile", "args": {"WORD": "dev"}},
  "containerEnv": {"COLOUR": "blue", "SHAPE": "round"},
  "remoteUser": "root",
  "postCreateCommand": "make",
}`
  const files = {
    '.devcontainer/devcontainer.json': devcontainer,
    '.devcontainer/Dockerfile': dockerfile,
    '.devcontainer/greeting': 'x',
  }
  const spec = 'devcontainer: true\nenv: {SHAPE: square}\nrun: head -1 /word; echo "$COLOUR $SHAPE $(id -u)"'
  const { main } = await lived(files, spec)
  expect(main.log.join('\n')).toContain('dev\nblue square 0')
  expect(main.raw).toContain('leaves out postCreateCommand')
})

test.each([
  ['run: "true"', 'image is missing'],
  ['image: x\nbuild: {}\nrun: "true"', 'keep one of `image`, `build` and `devcontainer`'],
  ['build: {}\nrun: "true"', 'build.dockerfile Dockerfile does not exist in .'],
  ['build: {context: ../up}\nrun: "true"', 'leaves the workspace'],
  ['build: {dockerfil: D}\nrun: "true"', 'did you mean "dockerfile"?'],
  ['devcontainer: true\nrun: "true"', 'the workspace holds no .devcontainer/devcontainer.json'],
])('%j is told before anything is made', async (spec, said) => {
  const { main } = await lived({}, spec)
  expect(main.exitCode).toBe(1)
  expect(main.raw).toContain(said)
})
