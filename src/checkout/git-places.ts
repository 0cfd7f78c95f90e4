import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { BottleError } from '../errors.ts'
import type { GitPlace } from '../plan/repositories.ts'
import type { GitEntry } from './survey.ts'

const mostPlaces = 100
const longestConfig = 1024 * 1024
const obeyed = ['config', 'config.worktree', 'commondir', 'hooks', 'info', 'modules', 'worktrees']

/**
 * Everything below a workspace that git reads orders or credentials from, given the entries called `.git`: they, their
 * submodules' and worktrees' folders, and what a `.git` file points at inside. Throws a BottleError where a link stands
 * in the way: what is mounted would be what it leads to, which an earlier step may have chosen.
 */
export function gitPlaces(workspace: string, entries: readonly GitEntry[]): GitPlace[] {
  const places = new Map<string, GitPlace>()
  const folders: string[] = []
  for (const { path, kind } of entries) {
    if (kind === 'other') throw planted(path, 'folder')
    if (kind === 'folder') folders.push(path)
    else {
      places.set(path, { path, kind, holds: { ...nothing }, folders: [] })
      const target = targetOf(path, workspace)
      if (target) folders.push(target)
    }
  }
  while (folders.length > 0) {
    const path = folders.pop() ?? ''
    if (places.has(path)) continue
    if (places.size >= mostPlaces) throw tooMany(workspace)
    const there = obeyed.filter(name => stands(join(path, name)))
    places.set(path, {
      path,
      kind: 'folder',
      holds: {
        config: text(path, 'config', there),
        'config.worktree': text(path, 'config.worktree', there),
        commondir: text(path, 'commondir', there),
      },
      folders: there.filter(name => lstatSync(join(path, name)).isDirectory()),
    })
    for (const name of ['modules', 'worktrees'])
      if (there.includes(name)) folders.push(...gitFoldersIn(join(path, name)))
  }
  return [...places.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

const nothing = { config: undefined, 'config.worktree': undefined, commondir: undefined }

// A submodule's name may hold slashes, so its folder may lie deeper; a folder with a HEAD is one of git's.
function gitFoldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isSymbolicLink()) throw planted(path, 'folder')
    if (!entry.isDirectory()) return []
    return existsSync(join(path, 'HEAD')) ? [path] : gitFoldersIn(path)
  })
}

function kindOf(path: string): 'file' | 'folder' {
  return /(config|config\.worktree|commondir)$/.test(path) ? 'file' : 'folder'
}

function stands(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found && !found.isFile() && !found.isDirectory()) throw planted(path, kindOf(path))
  return found !== undefined
}

function text(folder: string, name: string, there: readonly string[]): string | undefined {
  if (!there.includes(name)) return undefined
  const path = join(folder, name)
  const { size } = lstatSync(path)
  if (!lstatSync(path).isFile() || size > longestConfig) throw planted(path, 'file of at most 1 MiB')
  return readFileSync(path, 'utf8')
}

// `gitdir: PATH`. What lies outside the workspace is not there inside either.
function targetOf(file: string, workspace: string): string | undefined {
  if (lstatSync(file).size > longestConfig) throw planted(file, 'file of at most 1 MiB')
  const written = /^gitdir: (.*?)\n*$/s.exec(readFileSync(file, 'utf8'))?.[1]
  const target = resolve(dirname(file), written ?? '')
  const way = relative(workspace, target).split('/')
  if (!written || way[0] === '..' || way[0] === '') return undefined
  for (let depth = 1; depth <= way.length; depth++) {
    const found = lstatSync(join(workspace, ...way.slice(0, depth)), { throwIfNoEntry: false })
    if (!found) return undefined
    if (!found.isDirectory()) throw planted(join(workspace, ...way.slice(0, depth)), 'folder')
  }
  return target
}

function planted(path: string, kind: string): BottleError {
  return new BottleError(
    `${path} is a link or a special file, not a ${kind}.`,
    'Remove it and check out again: Bottle mounts what is there, and an earlier step may have planted it.',
  )
}

function tooMany(workspace: string): BottleError {
  return new BottleError(
    `The workspace ${workspace} holds more than ${mostPlaces} git repositories.`,
    'Check out fewer of them, or set `workspace: none`.',
  )
}
