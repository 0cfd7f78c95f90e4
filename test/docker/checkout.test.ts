import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { type CheckoutAttack, checkoutAttacks, withMore } from '../support/checkout-attacks.ts'
import { agentImage } from '../support/hosts/internet.ts'
import { makeRepository, type Repository } from '../support/repository.ts'
import { type MiniRunner, startRunner } from '../support/runner/runner.ts'

jest.setTimeout(90_000)

const project = resolve(import.meta.dirname, '../..')
const good = { image: agentImage, gate: 'built-in', upload: 'false' }

async function checkout(
  setup?: (repository: Repository) => void,
): Promise<{ runner: MiniRunner; repository: Repository }> {
  const runner = await startRunner(project)
  const repository = makeRepository(runner.workspace)
  repository.commit({ 'README.md': 'hello\n', file: 'x\n' })
  setup?.(repository)
  return { runner, repository }
}

/** The same script without a bottle: a container of the same image that has the workspace, and nothing else. */
async function unguarded(workspace: string, script: string, binds: readonly string[] = []): Promise<string> {
  const container = await new Docker().createContainer({
    Image: agentImage,
    Entrypoint: ['sh', '-c', script],
    WorkingDir: workspace,
    HostConfig: { NetworkMode: 'none', Binds: [`${workspace}:${workspace}`, ...binds] },
  })
  await container.start()
  await container.wait()
  const said = (await container.logs({ stdout: true, stderr: true })).toString('utf8')
  await container.remove({ force: true, v: true })
  return said
}

/** The later step: does git, run on the host, run the agent's program? */
function victimRuns(workspace: string, mark: string, words: readonly string[]): boolean {
  rmSync(mark, { force: true })
  try {
    const env = { PATH: process.env.PATH ?? '', HOME: workspace, GIT_CONFIG_GLOBAL: '/dev/null' }
    execFileSync('git', [...words], { cwd: workspace, env, stdio: 'ignore', timeout: 20_000 })
  } catch {
    // Whether git is content does not matter, only what it ran.
  }
  return existsSync(mark)
}

const planting = ({ script }: CheckoutAttack, mark: string) =>
  `printf '#!/bin/sh\\ntouch ${mark}\\ncat\\n' > evil.sh; chmod 755 evil.sh; ${script}`

test.concurrent.each(checkoutAttacks)('$title: run by a later step without the bottle, never with it', async attack => {
  const [free, held] = await Promise.all([checkout(attack.setup), checkout(attack.setup)])
  try {
    const mark = join(free.runner.temp, 'mark')
    await unguarded(free.runner.workspace, planting(attack, mark))
    expect(victimRuns(free.runner.workspace, mark, attack.victim)).toBe(true)

    const bottled = join(held.runner.temp, 'mark')
    const main = await held.runner.step({ with: { ...good, shell: 'sh {0}', run: planting(attack, bottled) } }).main()
    expect(main.outputs.enforced).toBe('true')
    expect(existsSync(join(held.runner.workspace, 'evil.sh'))).toBe(true)
    expect(victimRuns(held.runner.workspace, bottled, attack.victim)).toBe(false)
    expect(existsSync(join(held.runner.workspace, '.git/commondir'))).toBe(false)
  } finally {
    await Promise.all([free, held].map(one => one.runner[Symbol.asyncDispose]()))
  }
})

test('git works inside all the same: commits, branches, submodules, worktrees; and the placeholders are gone after', async () => {
  const { runner, repository } = await checkout(withMore)
  await using _ = runner
  const before = readdirSync(join(runner.workspace, '.git')).sort()
  const run = `set -e
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.test GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.test
git status --short; git checkout -q -b work; echo more >> file; git commit -qam inside
git -C vendor/sub commit -q --allow-empty -m inside; git -C tree commit -q --allow-empty -m inside
git stash list; git log --oneline | wc -l; git gc -q; git fsck`
  const main = await runner.step({ with: { ...good, run } }).main()
  expect(`${main.exitCode} ${main.raw}`).toMatch(/^0 /)
  expect(repository.git('log', '-1', '--format=%s', 'work')).toBe('inside')
  expect(repository.git('-C', 'vendor/sub', 'log', '-1', '--format=%s')).toBe('inside')
  expect(repository.git('-C', 'tree', 'log', '-1', '--format=%s')).toBe('inside')
  const after = readdirSync(join(runner.workspace, '.git'))
  expect(after).toEqual(expect.arrayContaining(before))
  expect(after.filter(name => ['commondir', 'config.worktree'].includes(name))).toEqual([])
})

test('two bottles at once on one workspace: the first to end does not open it to the other', async () => {
  const { runner } = await checkout()
  await using _ = runner
  const mark = join(runner.temp, 'mark')
  const attack = checkoutAttacks.find(one => one.title.startsWith('a common folder')) as CheckoutAttack
  const wait = 'until [ -e go ]; do sleep 0.1; done'
  const up = Promise.withResolvers<void>()
  const second = runner
    .step({ with: { ...good, shell: 'sh {0}', run: `echo up; ${wait}; ${planting(attack, mark)}; echo planted` } })
    .main({ onLine: line => line === 'up' && up.resolve() })
  await up.promise
  const first = await runner.step({ with: { ...good, run: 'ls .git/commondir' } }).main()
  expect(first.exitCode).toBe(0)
  writeFileSync(join(runner.workspace, 'go'), '')
  expect((await second).log).toContain('planted')
  expect(victimRuns(runner.workspace, mark, attack.victim)).toBe(false)
  expect(existsSync(join(runner.workspace, '.git/commondir'))).toBe(false)
})

test('checkout’s credentials are invisible inside and back in place after, whatever happened', async () => {
  const token = randomBytes(20).toString('hex')
  const { runner, repository } = await checkout(withMore)
  await using _ = runner
  const { git, folder } = repository
  const credentials = join(runner.temp, 'git-credentials')
  writeFileSync(credentials, `[http "https://forge.test/"]\n\textraheader = AUTHORIZATION: basic ${token}-1\n`)
  git('config', 'http.https://forge.test/.extraheader', `AUTHORIZATION: basic ${token}-2`)
  git('config', `includeIf.gitdir:${folder}/.git.path`, credentials)
  git('config', 'remote.origin.url', `https://x-access-token:${token}-3@forge.test/a.git`)
  git('config', `url.https://x:${token}-4@forge.test/.insteadOf`, 'https://forge.test/')
  git('config', 'sendemail.smtpPass', `${token}-5`)
  git('config', 'extensions.worktreeConfig', 'true')
  git('config', '--worktree', 'http.extraheader', `x: ${token}-6`)
  git('-C', 'vendor/sub', 'config', 'http.extraheader', `x: ${token}-7`)
  git('-C', 'tools', 'config', 'http.extraheader', `x: ${token}-8`)
  const files = ['.git/config', '.git/config.worktree', '.git/modules/vendor/sub/config', 'tools/.git/config']
  const contents = () => files.map(file => readFileSync(join(folder, file), 'utf8'))
  const before = contents()
  const look = `env; for d in . vendor/sub tools tree; do git -C $d config --list --show-origin; done; grep -rha "${token.slice(0, 20)}" . /bottle ${runner.temp}; true`
  const found = (text: string) =>
    [...new Set([...text.matchAll(new RegExp(`${token}-(\\d)`, 'g'))].map(one => one[1]))].sort()

  const control = await unguarded(folder, look, [`${credentials}:${credentials}`])
  expect(found(control)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])

  const env = { GITHUB_TOKEN: `${token}-9` }
  const main = await runner.step({ with: { ...good, shell: 'sh {0}', run: look }, env }).main()
  expect(main.raw).toContain('remote.origin.url=https://forge.test/a.git')
  expect(found(main.raw)).toEqual([])
  expect(contents()).toEqual(before)
  const evidence = readFileSync(join(main.outputs['evidence-path'] ?? '', 'plan.json'), 'utf8')
  expect(found(evidence + JSON.stringify(main.state) + main.summary)).toEqual([])

  // Whatever happens, they are where they were: nobody ever took them away.
  const late = await runner.step({ with: { ...good, timeout: '1s', run: 'sleep 60' } }).main()
  expect(late.exitCode).toBe(124)
  expect(contents()).toEqual(before)
  const kill = Promise.withResolvers<void>()
  const killed = runner.step({ with: { ...good, run: 'echo up; sleep 60' } })
  const dead = await killed.main({ kill: kill.promise, onLine: line => line === 'up' && kill.resolve() })
  expect(dead.signal).toBe('SIGKILL')
  expect(contents()).toEqual(before)
  expect(existsSync(join(folder, '.git/commondir'))).toBe(true)
  expect(repository.git('status', '--short')).toBe('')
  expect((await killed.post()).exitCode).toBe(0)
  expect(contents()).toEqual(before)
  expect(existsSync(join(folder, '.git/commondir'))).toBe(false)
})

test('what tools of later steps obey and was changed is listed in the summary, with its names defused', async () => {
  const { runner } = await checkout(repository => {
    repository.commit({
      '.npmrc': 'a=b\n',
      '.github/workflows/ci.yml': 'on: push\n',
      'action.yml': 'name: x\n',
      '.envrc': 'x\n',
    })
  })
  await using _ = runner
  const run = `set -e
echo registry=http://evil.test > .npmrc; mkdir -p deep/er; echo 'evil' > deep/er/.envrc; rm .envrc
printf 'name: y' > action.yml; echo '* filter=x' > .gitattributes; echo 'on: pull_request' >> .github/workflows/ci.yml
mkdir -p '<img src=x>@all/.vscode'; echo '{}' > '<img src=x>@all/.vscode/tasks.json'
printf 'x' > "$(printf '.github/a\\n::error::forged')"
git init -q nested; git init -q --bare bare.git; ln -s / linked; mkdir other; ln -s ../nested/.git other/.git
echo unrelated > file`
  const main = await runner.step({ with: { ...good, run } }).main()
  expect(main.exitCode).toBe(0)
  const { planted } = JSON.parse(readFileSync(join(main.outputs['evidence-path'] ?? '', 'summary.json'), 'utf8'))
  expect(planted).toEqual({
    repositories: ['bare.git/', 'nested/.git/', 'other/.git/'],
    files: [
      '.envrc',
      '.gitattributes',
      '.github/a\n::error::forged',
      '.github/workflows/ci.yml',
      '.npmrc',
      '<img src=x>@all/.vscode/tasks.json',
      'action.yml',
      'deep/er/.envrc',
    ],
    count: 11,
    complete: true,
  })
  expect(main.summary).toContain('Changed by the agent, and obeyed by tools of later steps (11)')
  expect(main.summary).toContain('nested/.git/')
  expect(main.summary).not.toMatch(/<img|@all/)
  expect(main.obeyed.filter(one => one.name === 'error')).toEqual([])

  // The control: an agent that changes nothing of the kind is not talked about.
  const quiet = await runner.step({ with: { ...good, run: 'echo more > file; git add file' } }).main()
  expect(quiet.summary).not.toContain('Changed by the agent')
})

test('a link where git would look is refused before anything is mounted: it would be followed on the host', async () => {
  const { runner } = await checkout()
  await using _ = runner
  const hidden = join(runner.temp, 'hidden')
  mkdirSync(hidden)
  writeFileSync(join(hidden, 'config'), 'canary\n')
  // The control: the engine does follow it.
  const git = join(runner.workspace, '.git')
  rmSync(git, { recursive: true })
  symlinkSync(hidden, git)
  expect(await unguarded(runner.workspace, 'cat /m/config', [`${git}:/m`])).toContain('canary')
  const refused = async () => await runner.step({ with: { ...good, run: 'cat .git/config' } }).main()
  const linked = await refused()
  expect(linked.exitCode).toBe(1)
  expect(linked.annotations.map(one => one.data).join()).toMatch(/\.git is a link or a special file, not a folder/)
  rmSync(git)
  const again = makeRepository(runner.workspace)
  again.commit({})
  for (const name of ['hooks', 'info', 'modules', 'config.worktree', 'commondir']) {
    const path = join(git, name)
    rmSync(path, { recursive: true, force: true })
    symlinkSync(hidden, path)
    const main = await refused()
    expect(main.annotations.map(one => one.data).join()).toContain(`/.git/${name} is a link or a special file`)
    expect(main.raw).not.toContain('canary')
    rmSync(path)
  }
})

test.each([
  ['rw', /wrote workspace\n(.*\n)*wrote \.git\n(.*\n)*README\.md/],
  ['ro', /^(?![\s\S]*wrote)[\s\S]*README\.md/],
  ['none', /^(?![\s\S]*(wrote|README\.md))[\s\S]*nothing there/],
])('workspace: %s holds', async (workspace, says) => {
  const { runner } = await checkout()
  await using _ = runner
  const at = runner.workspace
  const run = `(echo x > ${at}/new) 2>/dev/null && echo wrote workspace; (echo x > ${at}/.git/new) 2>/dev/null && echo wrote .git
mv ${at}/file ${at}/file2 2>/dev/null && echo wrote by renaming; ls -A ${at} 2>/dev/null || echo nothing there; ls / > /dev/null`
  const main = await runner.step({ with: { ...good, workspace, shell: 'sh {0}', run } }).main()
  expect(main.exitCode).toBe(0)
  expect(main.log.join('\n')).toMatch(says)
  expect(existsSync(join(at, 'new'))).toBe(workspace === 'rw')
})
