import { createHash } from 'node:crypto'
import { exec } from '@actions/exec'
import { BottleError } from '../errors.ts'

export type ObjectType = 'commit' | 'tree' | 'blob'

/** Reads one object by its id; undefined when the repository does not have it. Throws when it is not what its id says. */
export type ReadObject = (id: string, type: ObjectType) => Promise<Buffer | undefined>

const longestObject = 8 * 1024 * 1024

/**
 * Reads objects of the repository whose `.git` (folder or file) is at `gitPath`. Every object is checked against its
 * id, so a store that something in the job has tampered with can only fail. git runs plumbing alone, without the user's
 * configuration, and may neither fetch nor ask nor run anything: what a checkout's own configuration could start is off.
 */
export function gitObjects(gitPath: string, path: string | undefined): ReadObject {
  return async (id, type) => {
    const size = await git(gitPath, path, ['cat-file', '-s', id])
    if (!size) return undefined
    if (Number(size.toString('utf8')) > longestObject)
      throw tampered(id, `is ${size.toString('utf8').trim()} bytes long`)
    const data = await git(gitPath, path, ['cat-file', type, id])
    if (!data || idOf(data, type, id.length) !== id) throw tampered(id, 'is not what its id says')
    return data
  }
}

// An object's id is the hash of its type, its size and its bytes (git's documentation, gitformat-loose).
function idOf(data: Buffer, type: ObjectType, length: number): string {
  const hash = createHash(length === 64 ? 'sha256' : 'sha1')
  return hash.update(`${type} ${data.length}\0`).update(data).digest('hex')
}

function tampered(id: string, what: string): BottleError {
  return new BottleError(
    `The object ${id} of this checkout ${what}.`,
    'Something in this job has changed the repository: check out again, in a fresh folder.',
  )
}

// With --git-dir nothing is searched for, and git does not ask who owns the folder (git-config, safe.directory).
async function git(gitPath: string, path: string | undefined, words: string[]): Promise<Buffer | undefined> {
  const out: Buffer[] = []
  const off = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'protocol.allow=never', 'credential.helper=']
  const code = await exec('git', [`--git-dir=${gitPath}`, ...off.flatMap(one => ['-c', one]), ...words], {
    silent: true,
    ignoreReturnCode: true,
    cwd: '/',
    env: {
      PATH: path ?? '/usr/bin:/bin',
      HOME: '/nonexistent',
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: 'none',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
    },
    listeners: { stdout: data => void out.push(data) },
  }).catch(() => 127)
  return code === 0 ? Buffer.concat(out) : undefined
}
