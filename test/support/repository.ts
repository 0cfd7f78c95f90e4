import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A git repository of the tests: its folder, and git in it. */
export interface Repository {
  readonly folder: string
  /** Writes files (a value that begins with `->` is a link to what follows), removes those that are undefined, commits. */
  commit(files: Readonly<Record<string, string | undefined>>): string
  git(...words: string[]): string
}

/** Makes a repository in `folder`. Its git reads nobody's configuration. */
export function makeRepository(folder: string): Repository {
  mkdirSync(folder, { recursive: true })
  const env = { PATH: process.env.PATH ?? '', HOME: folder, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.test', '-c', 'protocol.file.allow=always']
  const git = (...words: string[]) =>
    execFileSync('git', [...who, ...words], { cwd: folder, env, encoding: 'utf8' }).trim()
  git('init', '--quiet', '--initial-branch=main')
  return {
    folder,
    git,
    commit(files) {
      for (const [path, text] of Object.entries(files)) {
        const full = join(folder, path)
        rmSync(full, { force: true, recursive: true })
        if (text === undefined) continue
        mkdirSync(dirname(full), { recursive: true })
        if (text.startsWith('->')) symlinkSync(text.slice(2), full)
        else writeFileSync(full, text)
      }
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message=test')
      return git('rev-parse', 'HEAD')
    },
  }
}
