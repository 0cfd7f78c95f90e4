import { dirname } from 'node:path/posix'
import type { ContainerCreateOptions } from 'dockerode'
import { harmlessGitConfig } from './git-config.ts'

type Mount = NonNullable<NonNullable<ContainerCreateOptions['HostConfig']>['Mounts']>[number]

/**
 * A place in the workspace that git reads its orders from: a git folder (`.git`, a submodule's below `.git/modules`, a
 * worktree's below `.git/worktrees`), or a `.git` file that points at one.
 */
export interface GitPlace {
  /** Absolute path; no part of it below the workspace is a link. */
  readonly path: string
  readonly kind: 'folder' | 'file'
  /** What a folder holds of that which git obeys, by name: a file's text, or `undefined` where there is none. */
  readonly holds: Readonly<Record<'config' | 'config.worktree' | 'commondir', string | undefined>>
  readonly folders: readonly string[]
}

/** Something made before the run so that it can be mounted over: a file's text, removed after it, or a folder, which stays. */
export interface Placeholder {
  readonly path: string
  readonly text: string | undefined
}

/** In a git folder, `.` says that it is its own common folder, which is so without the file (gitrepository-layout). */
export const ownCommonFolder = '.\n'

const configs = ['config', 'config.worktree'] as const
const guardedFolders = ['hooks', 'info'] as const

/** The files of the run's own folder that stand in for the places' configuration: what is harmless of it. */
export function gitFiles(places: readonly GitPlace[]): Record<string, string> {
  const files = places.flatMap((place, index) =>
    place.kind === 'file'
      ? []
      : configs.map(name => [fileName(index, name), harmlessGitConfig(place.holds[name] ?? '')] as const),
  )
  return Object.fromEntries(files)
}

/** Absolute paths of the configurations that those files stand in for, each with the file's name. */
export function gitStandIns(places: readonly GitPlace[]): Record<string, string> {
  const pairs = places.flatMap(({ path, kind }, index) =>
    kind === 'file' ? [] : configs.map(name => [`${path}/${name}`, fileName(index, name)] as const),
  )
  return Object.fromEntries(pairs)
}

/** Absolute paths of all that is read-only inside because git takes orders from it. */
export function guardedPaths(places: readonly GitPlace[]): string[] {
  return places.flatMap(({ path, kind }) =>
    kind === 'file' ? [path] : [...configs, 'commondir', ...guardedFolders].map(name => `${path}/${name}`),
  )
}

/**
 * What has to be made for a writable workspace, so that an agent cannot be the first to make it. What says nothing
 * (an empty configuration, a common folder that is its own) may be another bottle's placeholder, so it is claimed too.
 */
export function gitPlaceholders(places: readonly GitPlace[]): Placeholder[] {
  const missing = ({ path, holds, folders }: GitPlace): Placeholder[] => [
    ...configs.filter(name => !holds[name]).map(name => ({ path: `${path}/${name}`, text: '' })),
    ...(holds.commondir === undefined || holds.commondir === ownCommonFolder
      ? [{ path: `${path}/commondir`, text: ownCommonFolder }]
      : []),
    ...guardedFolders
      .filter(name => !folders.includes(name))
      .map(name => ({ path: `${path}/${name}`, text: undefined })),
  ]
  return places.filter(place => place.kind === 'folder').flatMap(missing)
}

/**
 * The mounts that keep an agent from planting orders for the git of later steps, and from reading credentials. A mount
 * point can be neither renamed nor removed inside, so every folder on the way to a guarded path is one too.
 */
export function gitMounts(
  places: readonly GitPlace[],
  at: { workspace: string; inside: string; access: 'rw' | 'ro' },
): Mount[] {
  const bind = (Source: string, Target: string, ReadOnly: boolean): Mount => ({
    Type: 'bind',
    Source,
    Target,
    ReadOnly,
  })
  const mounts = new Map<string, Mount>()
  const put = (mount: Mount) => mounts.set(mount.Target, mount)
  for (const [index, { path, kind, holds }] of places.entries()) {
    if (at.access === 'rw')
      for (const folder of foldersTo(at.workspace, kind === 'folder' ? path : dirname(path)))
        put(bind(folder, folder, false))
    if (kind === 'file') {
      put(bind(path, path, true))
      continue
    }
    for (const name of configs)
      if (at.access === 'rw' || holds[name] !== undefined)
        put(bind(`${at.inside}/${fileName(index, name)}`, `${path}/${name}`, true))
    if (at.access === 'rw')
      for (const name of ['commondir', ...guardedFolders]) put(bind(`${path}/${name}`, `${path}/${name}`, true))
  }
  return [...mounts.values()]
}

function foldersTo(workspace: string, path: string): string[] {
  return path === workspace || path === '/' ? [] : [...foldersTo(workspace, dirname(path)), path]
}

function fileName(index: number, name: string): string {
  return `git-${index}-${name}`
}
