import type { Repository } from './repository.ts'

/** Something an agent does to a checkout so that a later step's git runs its program, and the step that falls for it. */
export interface CheckoutAttack {
  readonly title: string
  /** What the checkout is like before. */
  readonly setup?: (repository: Repository) => void
  /** Run by the agent in the workspace, where `evil.sh` is its program. */
  readonly script: string
  /** git's words in the later step, on the host. */
  readonly victim: readonly string[]
}

const monitor = 'git config core.fsmonitor "$PWD/evil.sh"'
const evilConfig = `printf '[core]\\n\\trepositoryformatversion = 0\\n\\tfsmonitor = "%s/evil.sh"\\n' "$PWD"`
const hook = (folder: string) =>
  `printf '#!/bin/sh\\n%s/evil.sh\\n' "$PWD" > ${folder}/pre-commit; chmod 755 ${folder}/pre-commit`
const commit = ['-c', 'user.name=x', '-c', 'user.email=x@example.test', 'commit', '--allow-empty', '--message=x']

/** A submodule whose name holds a slash, and a second checkout beside it, as several `actions/checkout` make them. */
export function withMore(repository: Repository): void {
  repository.git('init', '--quiet', '../other')
  repository.git(
    '-C',
    '../other',
    '-c',
    'user.name=x',
    '-c',
    'user.email=x@example.test',
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    'x',
  )
  repository.git('submodule', '--quiet', 'add', '../other', 'vendor/sub')
  repository.git('clone', '--quiet', '../other', 'tools')
  repository.git('worktree', 'add', '--quiet', 'tree')
  repository.commit({ '.gitignore': 'tools\ntree\n' })
}

/** Every way to plant orders that the bottle must hold against. */
export const checkoutAttacks: readonly CheckoutAttack[] = [
  { title: 'git config', script: monitor, victim: ['status'] },
  { title: 'writing to .git/config', script: `${evilConfig} >> .git/config`, victim: ['status'] },
  {
    title: 'renaming .git/config away',
    script: `mv .git/config .git/old; ${evilConfig} > .git/config`,
    victim: ['status'],
  },
  {
    title: 'a new .git in the old one’s place',
    script: `mv .git .old; cp -r .old .git; ${evilConfig} > .git/config`,
    victim: ['status'],
  },
  { title: 'a hook', script: `mkdir -p .git/hooks; ${hook('.git/hooks')}`, victim: commit },
  {
    title: 'a new hooks folder',
    script: `mv .git/hooks .git/old; mkdir .git/hooks; ${hook('.git/hooks')}`,
    victim: commit,
  },
  {
    title: 'a common folder of its own',
    script: `mkdir -p common; cp -r .git/objects .git/refs .git/HEAD common; ${evilConfig} > common/config; echo ../common > .git/commondir`,
    victim: ['status'],
  },
  {
    title: 'the worktree’s own configuration',
    setup: ({ git }) => void git('config', 'extensions.worktreeConfig', 'true'),
    script: `${evilConfig} > .git/config.worktree`,
    victim: ['status'],
  },
  {
    title: 'a filter for every file, in .git/info',
    setup: ({ git, folder }) => void git('config', 'filter.own.clean', `${folder}/evil.sh`),
    script: 'mkdir -p .git/info; echo "* filter=own" > .git/info/attributes; touch file',
    victim: ['status'],
  },
  {
    title: 'a submodule’s configuration',
    setup: withMore,
    script: `${evilConfig} >> .git/modules/vendor/sub/config`,
    victim: ['status'],
  },
  {
    title: 'a submodule’s hook',
    setup: withMore,
    script: hook('.git/modules/vendor/sub/hooks'),
    victim: ['-C', 'vendor/sub', ...commit],
  },
  {
    title: 'a submodule that points elsewhere',
    setup: withMore,
    script: `cp -r .git/modules/vendor/sub elsewhere; ${evilConfig} > elsewhere/config; echo "gitdir: $PWD/elsewhere" > vendor/sub/.git`,
    victim: ['status'],
  },
  {
    title: 'a submodule’s folder renamed, another in its place',
    setup: withMore,
    script: `E=$PWD; mv vendor old; mkdir -p vendor/sub; cp -r .git/modules/vendor/sub vendor/sub/.git; (cd vendor/sub && printf '[core]\\n\\tfsmonitor = "%s/evil.sh"\\n' "$E" > .git/config)`,
    victim: ['status'],
  },
  {
    title: 'the submodules’ folder renamed, another in its place',
    setup: withMore,
    script: `mv .git/modules .git/old; cp -r .git/old .git/modules; printf '[core]\\n\\tworktree = ../../../../vendor/sub\\n\\tfsmonitor = "%s/evil.sh"\\n' "$PWD" > .git/modules/vendor/sub/config`,
    victim: ['status'],
  },
  {
    title: 'a second checkout’s configuration',
    setup: withMore,
    script: `${evilConfig} > tools/.git/config`,
    victim: ['-C', 'tools', 'status'],
  },
  {
    title: 'a second checkout renamed',
    setup: withMore,
    script: `mv tools old; cp -r old tools; ${evilConfig} > tools/.git/config`,
    victim: ['-C', 'tools', 'status'],
  },
  {
    title: 'a worktree’s common folder',
    setup: withMore,
    script: `mkdir -p common; cp -r .git/objects .git/refs .git/HEAD common; ${evilConfig} > common/config; echo ../../../common > .git/worktrees/tree/commondir`,
    victim: ['-C', 'tree', 'status'],
  },
  {
    title: 'a .git that is a file, pointed elsewhere',
    setup: ({ git }) => void git('init', '--quiet', '--separate-git-dir=.repo'),
    script: `cp -r .repo elsewhere; ${evilConfig} > elsewhere/config; echo "gitdir: elsewhere" > .git`,
    victim: ['status'],
  },
  {
    title: 'the configuration that a .git file leads to',
    setup: ({ git }) => void git('init', '--quiet', '--separate-git-dir=.repo'),
    script: `${evilConfig} > .repo/config`,
    victim: ['status'],
  },
]
