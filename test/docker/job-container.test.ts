import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import type { Summary } from '../../src/evidence/summary.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { presentGates } from '../support/gates.ts'
import { agentImage } from '../support/hosts/internet.ts'
import { leftovers } from '../support/leftovers.ts'
import { runnerUser } from '../support/runner/job-container.ts'
import { startRunner } from '../support/runner/runner.ts'
import type { Launch } from '../support/runner/step.ts'

jest.setTimeout(90_000)

const project = resolve(import.meta.dirname, '../..')
const gates = await presentGates()
const good = { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false' }
const inContainer = { container: agentImage }
const images = [agentImage, 'bottle-test/musl:1']
const inEach = gates.flatMap(gate => images.map(image => ({ ...gate, image })))

test.each(inEach)(
  'in a job in $image the bottle sees the same workspace, and the runner gets its folder back ($name)',
  async ({ inputs, image }) => {
    await using runner = await startRunner(project, { container: image })
    const run = 'pwd; id -u; echo made > by-the-agent; wget -q -O- http://refused.test/ || echo refused'
    const step = runner.step({ with: { ...good, ...inputs, run } })
    const main = await step.main()
    expect(main.log).toEqual(expect.arrayContaining(['/__w/work', '0', 'refused']))
    expect(main.outputs).toMatchObject({ 'exit-code': '0', enforced: 'true', 'blocked-count': '1' })
    expect(readFileSync(join(runner.workspace, 'by-the-agent'), 'utf8')).toBe('made\n')
    // The agent was lent the folder around it.
    expect(statSync(runner.workspace)).toMatchObject(runnerUser)
    const plan = planOf(runner.temp, main.outputs['bottle-id'])
    const sources = (plan.bottle.body.HostConfig?.Mounts ?? []).map(one => one.Source)
    expect(sources).toContain(runner.workspace)
    expect(sources.join()).not.toContain('/__w')
    expect((await step.post()).exitCode).toBe(0)
    expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
  },
)

test('a workspace that is on no volume of the job container travels', async () => {
  await using runner = await startRunner(project, { ...inContainer, env: { GITHUB_WORKSPACE: '/opt' } })
  const main = await runner.step({ with: { ...good, run: 'echo made > made' } }).main()
  expect(main.exitCode).toBe(0)
  // Where nobody but the container sees it: only what came back is there for the next step.
  const next = await runner.step({ with: { ...good, run: 'cat made' } }).main()
  expect(next.log).toContain('made')
  expect(next.log.join('\n')).toMatch(/Brought back: 0 new or different, 0 removed/)
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

const isRoot = process.getuid?.() === 0 ? test : test.skip
isRoot("an engine of another machine's files is told apart from a refusal, and nothing is left", async () => {
  // A temp folder that only this process sees: to the engine it is not there.
  const hide = 'mkdir -p "$RUNNER_TEMP" && mount -t tmpfs hidden "$RUNNER_TEMP" && exec "$0" "$@"'
  const launch: Launch = (script, _, env) => ({
    command: 'unshare',
    args: ['--mount', 'sh', '-c', hide, process.execPath, script],
    env: { ...env, RUNNER_TEMP: `${env.RUNNER_TEMP}/hidden` },
  })
  await using runner = await startRunner(project, { launch })
  const main = await runner.step({ with: { ...good, run: 'true' } }).main()
  expect(main.exitCode).toBe(1)
  expect(main.annotations.map(one => one.data).join()).toMatch(/The engine cannot see .*hidden.*another machine/)
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

test('a cancelled main that nobody told is ended by post, and its evidence says so', async () => {
  await using runner = await startRunner(project, inContainer)
  const up = Promise.withResolvers<void>()
  const onLine = (line: string) => line === 'up' && up.resolve()
  const step = runner.step({ with: { ...good, run: 'echo up; sleep 60; echo never' } })
  // What the runner kills is its own docker exec; the process inside goes on, which is the control.
  const main = await step.main({ kill: up.promise, onLine })
  expect(nodesIn(runner.container?.id)).toBe(1)
  const post = await step.post()
  expect(nodesIn(runner.container?.id)).toBe(0)
  expect(post.exitCode).toBe(0)
  const id = post.outputs['bottle-id'] ?? ''
  expect(summaryOf(runner.temp, id).outcome.end).toEqual({ kind: 'cancelled', signal: 'SIGTERM' })
  expect(post.summary).toContain('cancelled')
  expect(main.raw).not.toContain('never')
  expect(await leftovers(id)).toEqual([])
})

test.each(inEach)('the steps of a whole job in $image are in the bottle ($name)', async ({ inputs, image }) => {
  await using runner = await startRunner(project, { container: image })
  const step = runner.step({ with: { ...good, ...inputs } })
  const main = await step.main()
  expect(main.exitCode).toBe(0)
  const run =
    'pwd; wget -q -O- http://refused.test/ || echo refused; echo made > by-the-step; ls /__e || echo no runner'
  const inside = await runner.run({ run, shell: 'bottle sh {0}' })
  expect(inside.log).toEqual(expect.arrayContaining(['/__w/work', 'refused', 'no runner']))
  // The control: without the shell a step is in the job's container, where the runner's programs are.
  const beside = await runner.run({ run: 'cat by-the-step; ls /__e', shell: 'sh' })
  expect(beside.log).toEqual(expect.arrayContaining(['made', 'node24']))
  const failed = await runner.run({ run: 'exit 7', shell: 'bottle sh {0}' })
  expect(failed.exitCode).toBe(7)
  expect((await step.post()).exitCode).toBe(0)
  expect(summaryOf(runner.temp, main.outputs['bottle-id'])).toMatchObject({ enforced: true, counts: { blocked: 1 } })
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

function planOf(temp: string, id = ''): Plan {
  return JSON.parse(readFileSync(join(temp, `bottle-${id}`, 'evidence', 'plan.json'), 'utf8')) as Plan
}

function summaryOf(temp: string, id = ''): Summary {
  return JSON.parse(readFileSync(join(temp, `bottle-${id}`, 'evidence', 'summary.json'), 'utf8')) as Summary
}

function nodesIn(container = ''): number {
  const table = execFileSync('docker', ['top', container, '-eo', 'pid,args'], { encoding: 'utf8' })
  return table.split('\n').filter(row => row.includes('/__e/node24/bin/node')).length
}
