import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import type { Summary } from '../../src/evidence/summary.ts'
import { presentGates } from '../support/gates.ts'
import { agentImage, type Internet, openInternet, until } from '../support/hosts/internet.ts'
import { inJob } from '../support/job.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const wish = { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false' }
const docker = new Docker()
const gates = await presentGates()
const summaryOf = (outputs: Readonly<Record<string, string>>) =>
  JSON.parse(readFileSync(join(outputs['evidence-path'] ?? '', 'summary.json'), 'utf8')) as Summary

describe.each(gates)('a job in one bottle, gate $name', ({ inputs }) => {
  let internet: Internet
  beforeAll(async () => {
    internet = await openInternet([
      { role: 'listener', names: ['allowed.test'] },
      { role: 'listener', names: ['evil.test'] },
    ])
  })
  afterAll(async () => internet?.[Symbol.asyncDispose]())

  test('a step reaches what is allowed and nothing else, and the evidence of the job says both', async () => {
    const hits = async (name: string) => (await internet.hits(name)).filter(hit => hit.kind === 'request').length
    const [allowed, evil] = [await hits('allowed.test'), await hits('evil.test')]
    await inJob(
      { with: { ...inputs, image: agentImage, allow: 'allowed.test' } },
      async ({ runner, main, inside, post }) => {
        expect(main.outputs).toMatchObject({ enforced: 'true' })
        const first = await inside('curl -sS http://allowed.test/first', { id: 'first' })
        expect(first.log.join('\n')).toContain('reached allowed.test')
        const second = await inside('curl -sS http://evil.test/second || true; exit 5', { id: 'second' })
        expect(second.exitCode).toBe(5)
        const ended = await post()
        expect(ended.exitCode).toBe(0)
        const summary = summaryOf(main.outputs)
        expect(summary).toMatchObject({ enforced: true, whole: true, blockedHosts: ['evil.test'] })
        expect(summary.counts).toMatchObject({ allowed: 1, blocked: 1 })
        expect(summary.job?.inside.map(one => [one.step, one.exitCode])).toEqual([
          ['first', 0],
          ['second', 5],
        ])
        expect(summary.containment.filter(one => !one.leaked).length).toBeGreaterThan(2)
        expect(ended.summary).toMatch(/2 steps of the job ran in the bottle, 1 of them failed/)
        expect(ended.summary).toContain('evil.test')
        expect(readdirSync(runner.temp).filter(name => existsSync(join(runner.temp, name, 'shell')))).toEqual([])
      },
    )
    // Judged where it would arrive: the control reached its host by the same way.
    expect(await hits('allowed.test')).toBe(allowed + 1)
    expect(await hits('evil.test')).toBe(evil)
  })
})

test('the control: outside of the bottle a step of the same job reaches both hosts', async () => {
  await using internet = await openInternet([{ role: 'listener', names: ['evil.test'] }])
  const address = await internet.address('evil.test')
  await inJob({}, async ({ runner, inside }) => {
    const script = `exec 3<>/dev/tcp/${address}/80 && printf 'GET /x HTTP/1.0\\r\\nHost: evil.test\\r\\n\\r\\n' >&3 && timeout 5 cat <&3`
    const out = await runner.run({ run: script })
    expect(out.log.join('\n')).toContain('reached evil.test')
    const seen = async () => (await internet.hits('evil.test')).some(hit => hit.kind === 'request' && hit.url === '/x')
    await until(seen)
    const before = (await internet.hits('evil.test')).length
    const held = await inside(`wget -T 3 -qO- http://${address}/x || wget -T 3 -Y off -qO- http://${address}/x || true`)
    expect(held.exitCode).toBe(0)
    expect((await internet.hits('evil.test')).length).toBe(before)
  })
})

test('what a step leaves stays for the next: files, a service in the background; and it ends with the job', async () => {
  await inJob({ with: { image: agentImage } }, async ({ id, inside, runner }) => {
    expect(
      (
        await inside(
          'echo kept > /tmp/kept; echo made > made.txt; nohup sh -c "while :; do date > /tmp/alive; sleep 0.1; done" >/dev/null 2>&1 &',
        )
      ).exitCode,
    ).toBe(0)
    expect(readFileSync(join(runner.workspace, 'made.txt'), 'utf8')).toBe('made\n')
    const next = await inside(
      'cat /tmp/kept; rm /tmp/alive; for i in $(seq 50); do test -e /tmp/alive && break; sleep 0.1; done; cat /tmp/alive',
    )
    expect(next.exitCode).toBe(0)
    expect(next.log).toContain('kept')
    // One that holds the step's output open does not hold the step.
    const started = Date.now()
    const holds = await inside('sleep 60 & echo done')
    expect(holds.log).toContain('done')
    expect(Date.now() - started).toBeLessThan(15_000)
    expect((await docker.getContainer(`bottle-${id}-bottle`).inspect()).State.Running).toBe(true)
  })
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a step cancelled with %s ends inside, with all it started, and no other does',
  async signal => {
    await inJob({}, async ({ inside }) => {
      await inside('sleep 1111 >/dev/null 2>&1 &')
      const up = Promise.withResolvers<void>()
      const started = Date.now()
      const ran = await inside(
        'trap "" INT TERM; sh -c "trap \'\' INT TERM; sleep 2222" & (trap "" INT TERM; setsid sleep 3333 &) ; echo up; sleep 4444; sleep 5555; echo never',
        {},
        { cancel: up.promise, signal, onLine: line => line === 'up' && up.resolve() },
      )
      expect(ran.log).toContain('up')
      expect(ran.log).not.toContain('never')
      expect(ran.conclusion).toBe('cancelled')
      expect(ran.exitCode).toBe(signal === 'SIGINT' ? 130 : 143)
      // Well before the runner kills whatever is left.
      expect(Date.now() - started).toBeLessThan(20_000)
      const left = await inside(
        'for f in /proc/[0-9]*/cmdline; do tr "\\0" " " < $f 2>/dev/null; echo; done | grep -E "^sleep (.)\\1\\1\\1 " || true',
      )
      expect(left.log.filter(line => line.startsWith('sleep')).map(line => line.trim())).toEqual(['sleep 1111'])
    })
  },
)

test('a step that catches the signal has time to say goodbye', async () => {
  await inJob({}, async ({ inside }) => {
    const up = Promise.withResolvers<void>()
    const ran = await inside(
      'trap "echo goodbye; exit 3" INT; echo up; for i in $(seq 300); do sleep 0.1; done',
      {},
      { cancel: up.promise, onLine: line => line === 'up' && up.resolve() },
    )
    expect(ran.log).toContain('goodbye')
    expect(ran.exitCode).toBe(130)
  })
})

test('what the first step had compiled is kept for the later ones, which run as well when it is broken', async () => {
  await inJob({}, async ({ main, inside }) => {
    const compiled = join(main.path[0] ?? '', 'index.compiled')
    expect(existsSync(compiled)).toBe(false)
    expect((await inside('ls -R /bottle')).log.join('\n')).not.toContain('compiled')
    const kept = readFileSync(compiled)
    expect((await inside('echo as well')).log).toContain('as well')
    expect(readFileSync(compiled)).toEqual(kept)
    for (const broken of [Buffer.alloc(0), Buffer.from('not compiled'), kept.subarray(0, kept.length / 2)]) {
      writeFileSync(compiled, broken)
      const ran = await inside('echo as well; exit 3')
      expect(ran.log).toContain('as well')
      expect(ran.exitCode).toBe(3)
    }
  })
})

test('a step longer than limits.timeout is stopped with 124, and the bottle stays', async () => {
  await inJob({ with: { timeout: '2s' } }, async ({ inside }) => {
    const slow = await inside('echo begun; sleep 60; echo never')
    expect(slow.exitCode).toBe(124)
    expect(slow.log).toContain('begun')
    expect(slow.annotations.map(one => one.data).join()).toMatch(/stopped after 2 s \(limits\.timeout\)/)
    expect((await inside('true')).exitCode).toBe(0)
  })
})

test('a sidecar that dies stops the step; the next does not start; post is red and says why', async () => {
  await inJob({}, async ({ id, main, inside, post }) => {
    const up = Promise.withResolvers<void>()
    const ran = inside('echo up; sleep 60; echo never', {}, { onLine: line => line === 'up' && up.resolve() })
    await up.promise
    await docker.getContainer(`bottle-${id}-sidecar`).kill()
    const cut = await ran
    expect(cut.exitCode).toBe(1)
    expect(cut.log).not.toContain('never')
    expect(cut.annotations.map(one => one.data).join()).toMatch(/stopped: its sidecar has stopped/)
    const next = await inside('echo never')
    expect(next.exitCode).toBe(1)
    expect(next.log).not.toContain('never')
    expect(next.annotations.map(one => one.data).join()).toMatch(/sidecar of this job is no longer running/)
    const ended = await post()
    expect(ended.exitCode).toBe(1)
    const summary = summaryOf(main.outputs)
    expect(summary.enforced).toBe(false)
    expect(summary.outcome.end).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/sidecar stopped/) })
  })
})

test('a step that ends the bottle itself is red, and so are those after it', async () => {
  await inJob({}, async ({ inside }) => {
    const own = await inside('kill -9 -1; sleep 5')
    expect(own.exitCode).not.toBe(0)
    const next = await inside('echo never')
    expect(next.exitCode).toBe(1)
    expect(next.annotations.map(one => one.data).join()).toMatch(/bottle of this job is no longer running|not running/)
  })
})

test('nothing of the runner is inside, and a step says no command to it', async () => {
  await inJob(
    { env: { SECRET_VALUE: 'a-secret-value-9731' }, with: { secrets: 'SECRET_VALUE' } },
    async ({ runner, inside }) => {
      const step = await inside(
        'env; ls / /bottle /bottle/job /bottle/steps; echo "::error::forged"; printf " ::set-output name=x::y\\n##[add-path]/evil\\n" >&2; ls "$RUNNER_TEMP" 2>&1 || true; printf %s "$SECRET_VALUE" | od -An -tx1 | tr -d " \\n"; echo',
        { env: { OWN: 'not listed', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'token-of-the-job' } },
      )
      expect(step.exitCode).toBe(0)
      const said = step.log.join('\n')
      expect(said).toContain('GITHUB_SHA=')
      expect(said).not.toMatch(/ACTIONS_|GITHUB_TOKEN=|INPUT_|RUNNER_TEMP=|OWN=|token-of-the-job|_runner_file_commands/)
      expect(step.obeyed.map(one => one.name)).toEqual(['stop-commands'])
      expect(said).not.toContain('a-secret-value-9731')
      expect(said).not.toContain(Buffer.from('a-secret-value-9731').toString('hex'))
      // The control: the step did have it.
      expect((await inside('test "$SECRET_VALUE" = a-secret-value-9731')).exitCode).toBe(0)
      const again = await inside('echo "::error::forged"')
      const tokens = [step, again].map(one => /^::stop-commands::(\S+)$/m.exec(one.raw)?.[1])
      expect(new Set(tokens).size).toBe(2)
      expect(readdirSync(runner.temp).length).toBeGreaterThan(0)
    },
  )
})

test('without a bottle that is up, and outside of the workspace: one clear error', async () => {
  await inJob({}, async ({ runner, inside }) => {
    mkdirSync(join(runner.temp, 'elsewhere'))
    const elsewhere = await inside('echo never', { workingDirectory: join(runner.temp, 'elsewhere') })
    expect(elsewhere.exitCode).toBe(1)
    expect(elsewhere.annotations.map(one => one.data).join()).toMatch(
      /working directory .* is not in the bottle\. Name a folder of the workspace/,
    )
    expect(elsewhere.log).not.toContain('never')
  })
})

test.each([/^Set up bottle/, /^Contained/])(
  'a main that is killed while it raises the bottle (%s) leaves nothing after post',
  async moment => {
    await using runner = await startRunner(project)
    const kill = Promise.withResolvers<void>()
    const step = runner.step({ with: wish })
    const main = await step.main({ kill: kill.promise, onLine: line => moment.test(line) && kill.resolve() })
    expect(main.signal).toBe('SIGKILL')
    const post = await step.post()
    const id = main.outputs['bottle-id'] ?? ''
    expect(await leftovers(id)).toEqual([])
    expect(post.exitCode).toBe(0)
    expect(post.summary === '' || /main process was killed/.test(post.summary)).toBe(true)
  },
)

test('a bottle that cannot stay up is red at once, with its own words, and leaves nothing', async () => {
  await using runner = await startRunner(project)
  const main = await runner
    .step({
      with: {
        ...wish,
        spec: 'hardening: {user: "4242"}\nlimits: {memory: 6m, pids: 8}\n',
        image: 'bottle-test/absent:1',
      },
    })
    .main()
  expect(main.exitCode).toBe(1)
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

test('a later run sweeps nothing of a job that lives, and all of one whose worker has died', async () => {
  await using runner = await startRunner(project)
  const worker = await runner.worker({ with: wish })
  const id = worker.outputs['bottle-id'] ?? ''
  const other = () => runner.step({ with: { ...wish, run: 'true' } }).main()
  try {
    expect((await other()).exitCode).toBe(0)
    expect(await leftovers(id)).toContain('container bottle')
    expect(await leftovers(id)).toContain('container sidecar')
  } finally {
    worker.end()
  }
  await until(async () => !existsSync(`/proc/${worker.pid}`))
  // Any run on this engine may be the one that removes it, another suite's too.
  expect((await other()).exitCode).toBe(0)
  await until(async () => (await leftovers(id)).length === 0)
})
