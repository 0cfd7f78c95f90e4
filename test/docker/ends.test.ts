import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import type { Summary } from '../../src/evidence/summary.ts'
import { engineProxy } from '../support/engine/proxy.ts'
import { presentGates } from '../support/gates.ts'
import { until } from '../support/hosts/internet.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const docker = new Docker()
const gates = await presentGates()
const good = { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false' }
const summaryOf = (outputs: Readonly<Record<string, string>>) =>
  JSON.parse(readFileSync(join(outputs['evidence-path'] ?? '', 'summary.json'), 'utf8')) as Summary

test('an agent that takes too long is stopped, and the step says so', async () => {
  await using runner = await startRunner(project)
  const main = await runner
    .step({ with: { ...good, timeout: '1s', run: 'echo begun; trap "" TERM; sleep 60; echo never' } })
    .main()
  expect(main.log).toContain('begun')
  expect(main.log).not.toContain('never')
  expect(main.outputs).toMatchObject({ 'exit-code': '124', enforced: 'true' })
  expect(main.exitCode).toBe(124)
  expect(main.annotations.map(one => one.data).join()).toMatch(/stopped after its 1 s/)
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

test.each(gates)(
  'a sidecar that dies takes the agent with it: red, with the reason, never "0 blocked" ($name)',
  async ({ inputs }) => {
    await using runner = await startRunner(project)
    const up = Promise.withResolvers<void>()
    const step = runner.step({ with: { ...good, ...inputs, run: 'echo up; sleep 30; echo never' } })
    let id = ''
    const onLine = (line: string) => {
      id ||= /^Set up bottle ([0-9a-f]{12})$/.exec(line)?.[1] ?? ''
      if (line === 'up') up.resolve()
    }
    const ran = step.main({ onLine })
    await up.promise
    // The run's own sidecar, told by the id that is in the step's log.
    await docker.getContainer(`bottle-${id}-sidecar`).kill()
    const main = await ran
    expect(main.log).not.toContain('never')
    expect(main.exitCode).toBe(1)
    expect(main.annotations.map(one => one.data).join()).toMatch(/the sidecar stopped with exit code 137/)
    expect(summaryOf(main.outputs).outcome.end).toMatchObject({ kind: 'failed' })
    expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
  },
)

test('no secret is in any URL of the engine, in state, in the plan, or in the log', async () => {
  await using proxy = await engineProxy()
  await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host } })
  const secret = `very-secret-${process.pid}-value`
  const step = runner.step({
    with: { ...good, secrets: 'KEY', run: 'echo "$KEY" | tr - _; test "$KEY" != ""' },
    env: { KEY: secret },
  })
  const main = await step.main()
  expect(main.exitCode).toBe(0)
  // The control: the bottle did get it.
  expect(main.raw).toContain(secret.replaceAll('-', '_'))
  const places = {
    urls: proxy.calls.map(call => decodeURIComponent(call.path)).join('\n'),
    state: JSON.stringify(main.state),
    outputs: JSON.stringify(main.outputs),
    summary: main.summary,
    log: main.log.join('\n'),
    ...Object.fromEntries(
      ['plan.json', 'summary.json', 'pipelock.yaml', 'events.jsonl'].map(name => [
        name,
        readFileSync(join(main.outputs['evidence-path'] ?? '', name), 'utf8'),
      ]),
    ),
  }
  for (const [place, text] of Object.entries(places)) expect(`${place} ${text.includes(secret)}`).toBe(`${place} false`)
  expect(places.urls).not.toContain('Env')
})

test('the agent is given no file, token or socket of the runner', async () => {
  await using runner = await startRunner(project)
  const main = await runner
    .step({
      with: {
        ...good,
        run: 'env; ls -la /var/run /run 2>/dev/null; ls /bottle; cat /etc/resolv.conf; for f in "$GITHUB_OUTPUT" "$GITHUB_ENV"; do test -z "$f" || echo LEAK; done',
      },
    })
    .main()
  const log = main.log.join('\n')
  expect(log).toContain('GITHUB_SHA=')
  expect(log).not.toMatch(
    /ACTIONS_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY|TOKEN)=|INPUT_|RUNNER_TEMP|docker\.sock|LEAK/,
  )
})

test('post with an environment that later steps have poisoned still tears down what a killed main left', async () => {
  await using runner = await startRunner(project)
  const kill = Promise.withResolvers<void>()
  const step = runner.step({ with: { ...good, run: 'echo up; sleep 60' } })
  const main = await step.main({ kill: kill.promise, onLine: line => line === 'up' && kill.resolve() })
  expect(main.signal).toBe('SIGKILL')
  const hostile = {
    DOCKER_HOST: 'unix:///nowhere.sock',
    PATH: '/nowhere',
    HOME: '/nowhere',
    TMPDIR: '/nowhere',
    HTTPS_PROXY: 'http://127.0.0.1:1',
  }
  const post = await step.post({ env: hostile })
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
  expect(post.exitCode).toBe(0)
  expect(post.summary).toContain('its main process was killed')
  const again = await step.post({ env: hostile })
  expect(again.exitCode).toBe(0)
})

test('what is not ours survives: a similar name, a foreign label, and whatever had joined a network of the run', async () => {
  const Image = 'bottle-test/tiny:1'
  const stranger = await docker.createContainer({
    name: `bottle-aaaaaaaaaaaa-sidecar-${process.pid}`,
    Image,
    Cmd: ['sleep', '60'],
    Labels: { 'com.example.run': 'aaaaaaaaaaaa' },
  })
  const guest = await docker.createContainer({ Image, Cmd: ['sleep', '60'] })
  try {
    await Promise.all([stranger.start(), guest.start()])
    await using runner = await startRunner(project)
    const up = Promise.withResolvers<void>()
    const ran = runner
      .step({ with: { ...good, run: 'echo up; sleep 1' } })
      .main({ onLine: line => line === 'up' && up.resolve() })
    await up.promise
    const networks = await docker.listNetworks({ filters: { label: ['io.bottle.role=outside'] } })
    await Promise.all(
      networks.map(one =>
        docker
          .getNetwork(one.Id)
          .connect({ Container: guest.id })
          .catch(() => {}),
      ),
    )
    const main = await ran
    expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
    await until(async () => (await stranger.inspect()).State.Running && (await guest.inspect()).State.Running)
  } finally {
    await Promise.all([stranger, guest].map(one => one.remove({ force: true })))
  }
})
