import { expect, test } from '@jest/globals'
import { plantedBetween } from '../../../src/checkout/changes.ts'
import { isWatched } from '../../../src/checkout/watched.ts'
import { harmlessGitConfig } from '../../../src/plan/git-config.ts'

const survey = (seen: Record<string, string>, complete = true) => ({ git: [], seen, complete })

test('made, changed and removed files, and new repositories, are told apart', () => {
  const before = survey({ '.npmrc': '1', 'a/.envrc': '1', '.git/': 'folder', 'old/.git/': 'folder' })
  const after = survey({ '.npmrc': '2', 'b/action.yml': '1', '.git/': 'other', 'new/': 'repository' })
  expect(plantedBetween(before, after)).toEqual({
    repositories: ['.git/', 'new/'],
    files: ['.npmrc', 'a/.envrc', 'b/action.yml'],
    count: 5,
    complete: true,
  })
  expect(plantedBetween(before, before)).toMatchObject({ count: 0 })
})

test('a flood of files is counted whole and listed in part', () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${'x'.repeat(900)}${i}/.npmrc`, '1']))
  const planted = plantedBetween(survey({}), survey(many, false))
  expect(planted).toMatchObject({ count: 5000, complete: false })
  expect(planted.files).toHaveLength(100)
  expect(planted.files.every(path => path.length <= 500)).toBe(true)
})

test.each([
  ['.npmrc', true],
  ['deep/er/.envrc', true],
  ['.github/workflows/ci.yml', true],
  ['packages/a/.husky/pre-commit', true],
  ['action.yml', true],
  ['.github', true],
  ['src/action.ts', false],
  ['npmrc', false],
])('%s is watched: %s', (path, watched) => {
  expect(isWatched(path)).toBe(watched)
})

test('of a git configuration only what git needs is kept: no token of any tool, no program', () => {
  const text = `[sendemail]
\tsmtpPass = canary
[github]
\ttoken = canary
[HTTP "https://forge.test/"]
\tExtraHeader = canary
[url "https://x:canary@forge.test/"] insteadOf = https://forge.test/
[url "https://x:canary@forge.test/"]
\tinsteadOf = forge:
[core] fsmonitor = canary
[core]
\tworktree = ../sub
\teditor = canary \\
  canary
[submodule "x"]
\tupdate = !canary
[remote "o"]
\turl = https://x@y:canary@forge.test/a
\tproxy = http://canary
[filter "x"]
\tclean = canary
`
  expect(harmlessGitConfig(text)).not.toContain('canary')
  expect(harmlessGitConfig(text)).toContain('insteadOf = forge:')
  expect(harmlessGitConfig(text)).toContain('worktree = ../sub')
  expect(harmlessGitConfig('key = canary\n')).not.toContain('canary')
})
