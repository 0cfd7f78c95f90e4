import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { makeAuthority } from '../../src/run/authority.ts'
import { startContentsService } from '../support/contents-service.ts'
import { leftovers } from '../support/leftovers.ts'
import { makeRepository, type Repository } from '../support/repository.ts'
import { type MiniRunner, startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const path = '.github/bottle.yml'
const inputs = { 'spec-file': path, upload: 'false', gate: 'built-in', 'dry-run': 'true', run: 'echo ran' }
const spec = (more = '') => `image: bottle-test/tiny:1\n${more}`
// What a change would love to be judged by: everything open.
const open = spec(
  'egress:\n  mode: learn\n  allowlist: [evil.test]\n  dlp: {known-secrets: false}\nworkspace: rw\nlimits: {pids: 9999}\n',
)
const pull = (sha: string, event = 'pull_request') => ({
  env: { GITHUB_EVENT_NAME: event, GITHUB_BASE_REF: 'main', GITHUB_HEAD_REF: 'change' },
  event: event === 'merge_group' ? { merge_group: { base_sha: sha } } : { pull_request: { base: { sha } } },
})

/** A checkout with a base commit and a head commit on top; `job` says how the event and the job are. */
async function judged(
  base: Readonly<Record<string, string | undefined>>,
  head: Readonly<Record<string, string | undefined>>,
  work: (runner: MiniRunner, repository: Repository, sha: string) => Promise<void>,
  job: { event?: string; env?: Record<string, string>; token?: string } = {},
): Promise<void> {
  await using home = await startRunner(project)
  const repository = makeRepository(home.workspace)
  const sha = repository.commit(base)
  repository.commit(head)
  const { env, event } = pull(sha, job.event)
  await using runner = await startRunner(project, {
    workspace: home.workspace,
    env: { ...env, ...job.env },
    event,
    token: job.token ?? '',
  })
  await work(runner, repository, sha)
}

const policyOf = (log: readonly string[]) => log.join('\n')

test.each(['pull_request', 'pull_request_target', 'pull_request_review', 'merge_group'])(
  'on %s the spec file is the base commit’s, and the edit is shown',
  async event => {
    await judged(
      { [path]: spec('workspace: ro\n') },
      { [path]: open },
      async (runner, _, sha) => {
        const main = await runner.step({ with: inputs }).main()
        expect(main.exitCode).toBe(0)
        expect(policyOf(main.log)).toContain('mode      enforce')
        expect(policyOf(main.log)).not.toContain('evil.test')
        for (const words of [
          'adds host evil.test',
          'mode becomes learn',
          'turns DLP for the bottle&apos;s own secrets off',
          'limits.pids becomes 9999 &#40;was 512&#41;',
          'workspace becomes rw',
          sha.slice(0, 7),
        ])
          expect(main.summary).toContain(words)
        const warnings = main.annotations.filter(one => one.name === 'warning')
        expect(warnings.map(one => one.data)).toEqual([expect.stringContaining('adds host evil.test')])
        // The difference: with `trust: head` the same step is judged by what it brought along.
        const trusting = await runner.step({ with: { ...inputs, trust: 'head' } }).main()
        expect(policyOf(trusting.log)).toContain('mode      learn')
        expect(policyOf(trusting.log)).toContain('- evil.test')
        expect(trusting.summary).toBe('')
      },
      { event },
    )
  },
)

test('a push, a spec in the workflow and the shorthands are taken as they are', async () => {
  await judged({ [path]: spec() }, { [path]: open }, async runner => {
    const { 'spec-file': _, ...rest } = inputs
    const inline = await runner.step({ with: { ...rest, spec: open } }).main()
    expect(policyOf(inline.log)).toContain('mode      learn')
    const shorthand = await runner.step({ with: { ...inputs, allow: 'from-workflow.test' } }).main()
    expect(policyOf(shorthand.log)).toContain('- from-workflow.test')
    expect(policyOf(shorthand.log)).not.toContain('- evil.test')
    await using push = await startRunner(project, { workspace: runner.workspace })
    expect(policyOf((await push.step({ with: inputs }).main()).log)).toContain('mode      learn')
  })
})

test('a whole run is held to the base commit, and an edit that means nothing is not shown', async () => {
  await judged(
    { [path]: spec('workspace: none\n') },
    { [path]: `# hello\n${spec('workspace: none\n')}` },
    async runner => {
      const main = await runner.step({ with: { ...inputs, 'dry-run': 'false' } }).main()
      expect(main.outputs).toMatchObject({ 'exit-code': '0', enforced: 'true' })
      expect(main.outputs['policy-digest']).toMatch(/^[0-9a-f]{64}$/)
      expect(main.summary).not.toContain('edits the policy')
      expect(main.annotations).toEqual([])
      const again = await runner.step({ with: { ...inputs, 'dry-run': 'false' } }).main()
      expect(again.outputs['policy-digest']).toBe(main.outputs['policy-digest'])
      const other = await runner.step({ with: { ...inputs, 'dry-run': 'false', allow: 'b.test' } }).main()
      expect(other.outputs['policy-digest']).not.toBe(main.outputs['policy-digest'])
      expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
    },
  )
})

test('a fork’s shallow checkout: the base commit is asked of GitHub, with the job’s token', async () => {
  const token = randomBytes(20).toString('hex')
  const sha = 'b'.repeat(40)
  await using api = await startContentsService(token, { [`${sha}:${path}`]: spec('workspace: ro\n') })
  await using home = await startRunner(project)
  makeRepository(home.workspace).commit({ [path]: open })
  const { env, event } = pull(sha)
  const job = { workspace: home.workspace, env: { ...env, GITHUB_API_URL: api.url }, event }
  await using runner = await startRunner(project, { ...job, token })
  const main = await runner.step({ with: inputs }).main()
  expect(api.asked).toEqual([`GET /repos/octo/bottle-test/contents/.github/bottle.yml?ref=${sha}`])
  expect(main.exitCode).toBe(0)
  expect(policyOf(main.log)).not.toContain('evil.test')
  expect(main.summary).toContain('adds host')
  expect(main.masks).toContain(token)

  // Without the object, and without a token: nothing is guessed.
  await using tokenless = await startRunner(project, job)
  const refused = await tokenless.step({ with: inputs }).main()
  expect(refused.exitCode).toBe(1)
  expect(refused.annotations.map(one => one.data).join()).toMatch(
    /base commit bbbbbbb on pull_request, which this checkout does not hold.*`fetch-depth: 0`.*`trust: head`/,
  )
  // A token that GitHub does not take is no reason to take the head's.
  await using denied = await startRunner(project, { ...job, token: 'other' })
  const unauthorised = await denied.step({ with: inputs }).main()
  expect(unauthorised.annotations.map(one => one.data).join()).toMatch(/the API answered 401.*contents: read/)
  expect(unauthorised.raw).not.toContain('evil.test')
})

test('a file that was renamed, added or deleted by the change', async () => {
  await judged({ [path]: spec() }, { [path]: undefined, 'new.yml': open }, async runner => {
    const renamed = await runner.step({ with: { ...inputs, 'spec-file': 'new.yml' } }).main()
    expect(renamed.exitCode).toBe(1)
    expect(renamed.annotations.map(one => one.data).join()).toMatch(
      /new\.yml does not exist at the base commit [0-9a-f]{7}.*Merge the file first.*`trust: head`/,
    )
    const deleted = await runner.step({ with: inputs }).main()
    expect(deleted.exitCode).toBe(0)
    expect(policyOf(deleted.log)).not.toContain('evil.test')
    expect(deleted.summary).toMatch(/cannot be read.*does not exist/)
  })
})

test('a spec behind a link: the base’s link, in the base’s tree; the head’s link leads nowhere', async () => {
  await judged(
    { 'real.yml': spec('workspace: ro\n'), [path]: '->../real.yml' },
    { 'real.yml': open, 'evil.yml': open, [path]: '->../evil.yml' },
    async runner => {
      const main = await runner.step({ with: inputs }).main()
      expect(main.exitCode).toBe(0)
      expect(policyOf(main.log)).not.toContain('evil.test')
      expect(main.summary).toContain('mode becomes learn')
    },
  )
  await judged({ [path]: spec() }, { [path]: '->/etc/passwd' }, async runner => {
    const main = await runner.step({ with: inputs }).main()
    expect(main.exitCode).toBe(0)
    expect(main.summary).toMatch(/cannot be read.*outside the workspace/)
    expect(`${main.raw}${main.summary}`).not.toContain('root&#58;x')
  })
  await judged({ [path]: '->/etc/passwd' }, { [path]: open }, async runner => {
    const main = await runner.step({ with: inputs }).main()
    expect(main.exitCode).toBe(1)
    expect(main.annotations.map(one => one.data).join()).toMatch(/leads out of the repository at the base commit/)
  })
})

test('the authorities that a spec names are the base commit’s too, also for a spec in the workflow', async () => {
  const { certificate } = await makeAuthority('Base', Date.now() + 3_600_000)
  const other = await makeAuthority('Head', Date.now() + 3_600_000)
  const inspect = 'image: x\negress: {tls: {inspect: true, upstream-ca: ca.pem}}\n'
  const step = { upload: 'false', 'dry-run': 'true', run: 'echo ran', spec: inspect }
  await judged({ 'ca.pem': certificate }, { 'ca.pem': other.certificate }, async runner => {
    const main = await runner.step({ with: step }).main()
    expect(main.exitCode).toBe(0)
    expect(main.summary).toContain('changes the certificates of egress.tls.upstream-ca')
  })
  await judged({ 'ca.pem': certificate }, { 'ca.pem': 'no certificate' }, async runner => {
    expect((await runner.step({ with: step }).main()).exitCode).toBe(0)
    const trusting = await runner.step({ with: { ...step, trust: 'head' } }).main()
    expect(trusting.annotations.map(one => one.data).join()).toMatch(/holds no PEM certificate/)
  })
  await judged({}, { 'ca.pem': certificate }, async runner => {
    const main = await runner.step({ with: step }).main()
    expect(main.annotations.map(one => one.data).join()).toMatch(
      /ca\.pem of egress\.tls\.upstream-ca .* does not exist at the base/,
    )
  })
})

test('a payload without a base, and a trust that is none: one sentence each', async () => {
  await using runner = await startRunner(project, { env: { GITHUB_EVENT_NAME: 'pull_request' } })
  const main = await runner.step({ with: inputs }).main()
  expect(main.annotations.map(one => one.data).join()).toMatch(/does not say which commit it is based on/)
  const odd = await runner.step({ with: { ...inputs, trust: 'me' } }).main()
  expect(odd.annotations.map(one => one.data).join()).toMatch(/trust is "me".*`trust: base` or `trust: head`/)
})

test('hostile text in the edit means nothing in the summary or the log', async () => {
  const hostile = spec('env: {A: "1"}\nshell: "x {0} <img src=x> @everyone `code` ::error::forged ##[error]forged"\n')
  await judged({ [path]: spec() }, { [path]: hostile }, async runner => {
    const main = await runner.step({ with: inputs }).main()
    expect(main.summary).toContain('shell becomes x {0} &lt;img')
    expect(main.summary).not.toMatch(/<img|@everyone|`/)
    expect(main.annotations.map(one => one.name)).toEqual(['warning'])
    expect(main.obeyed.filter(one => one.name === 'error')).toEqual([])
  })
})

test('nothing of the checkout’s own git configuration runs while the base is read', async () => {
  await judged({ [path]: spec() }, { [path]: open }, async (runner, repository) => {
    const mark = join(runner.temp, 'ran')
    const script = join(runner.temp, 'script')
    writeFileSync(script, `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 })
    repository.git('config', 'core.fsmonitor', script)
    repository.git('config', 'core.hooksPath', runner.temp)
    repository.git('config', 'core.pager', script)
    repository.git('config', 'core.sshCommand', script)
    repository.git('config', 'remote.origin.url', 'ssh://forge.test/a.git')
    repository.git('config', 'remote.origin.promisor', 'true')
    repository.git('config', 'remote.origin.partialclonefilter', 'blob:none')
    repository.git('config', 'extensions.partialClone', 'origin')
    // The control: a plain `git status` does run it, and so does a plain read of an object that is not there.
    const plain = (...words: string[]) => {
      rmSync(mark, { force: true })
      try {
        execFileSync('git', words, { cwd: repository.folder, stdio: 'ignore' })
      } catch {
        // What git thinks of it does not matter here.
      }
      return existsSync(mark)
    }
    expect(plain('status')).toBe(true)
    expect(plain('cat-file', '-s', 'c'.repeat(40))).toBe(true)
    rmSync(mark)
    const main = await runner.step({ with: inputs }).main()
    expect(main.exitCode).toBe(0)
    expect(policyOf(main.log)).not.toContain('evil.test')
    const { env, event } = pull('c'.repeat(40))
    await using absent = await startRunner(project, { workspace: runner.workspace, env, event })
    expect((await absent.step({ with: inputs }).main()).exitCode).toBe(1)
    expect(existsSync(mark)).toBe(false)
  })
})
