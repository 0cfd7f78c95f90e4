import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { jobFolder, stepFolder, stepsFolder } from '../plan/folders.ts'

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_WRONLY, O_CREAT, O_EXCL } = constants

/** The files with which a step talks to the runner, by the variable that leads to each, and their names inside. */
const names = {
  GITHUB_OUTPUT: 'output',
  GITHUB_ENV: 'env',
  GITHUB_PATH: 'path',
  GITHUB_STEP_SUMMARY: 'summary',
  GITHUB_STATE: 'state',
} as const
export type FileVariable = keyof typeof names

/** The most that is read of each, in bytes. */
export const longestFile = 64 * 1024

/** What a step wrote to one of its files, or why that was not read, as the tail of a sentence about the file. */
export type Wrote = { readonly text: string } | { readonly wrong: string }

/** The variables that lead to a step's files, inside. */
export function fileVariables(step: string): Readonly<Record<FileVariable, string>> {
  const paths = Object.entries(names).map(([variable, name]) => [variable, `${stepFolder(step)}/${name}`])
  return Object.fromEntries(paths) as Record<FileVariable, string>
}

/** A step's own files, as they are outside. */
export interface StepFiles {
  read(variable: FileVariable): Wrote
  /** Did the step write to any of them? */
  anyWritten(): boolean
  /** Lets go of them. They are removed with the run: while the bottle lives, a folder in it may turn into a link. */
  close(): void
}

/**
 * Makes a step's script, which the bottle sees read-only, and its files, which the step may write to. Everything in
 * their folder is the agent's by then, who may have put links or pipes there: outside, they are made and read through
 * the folder that was opened when it was new, and no link is ever followed.
 */
export function makeFiles(scratch: string, step: string, script: string): StepFiles {
  const own = join(scratch, 'inside', stepsFolder, step)
  mkdirSync(own, { mode: 0o755 })
  writeFileSync(join(own, 'script'), script, { mode: 0o644, flag: 'wx' })
  const folder = join(scratch, jobFolder, step)
  mkdirSync(folder, { mode: 0o755 })
  const opened = openSync(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
  // There is no openat in Node; this is the kernel's own way to the folder behind a descriptor (proc(5)).
  const at = (name: string) => `/proc/self/fd/${opened}/${name}`
  for (const name of Object.values(names)) {
    const file = openSync(at(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
    // Whoever the agent runs as.
    fchmodSync(file, 0o666)
    closeSync(file)
  }
  return {
    read: variable => readSmall(at(names[variable])),
    anyWritten: () =>
      Object.values(names).some(name => {
        const about = lstatSync(at(name), { throwIfNoEntry: false })
        return !about?.isFile() || about.size > 0
      }),
    close: () => closeSync(opened),
  }
}

// Opened without following a link or waiting for a pipe; what it is and how long is asked of what was opened.
function readSmall(path: string): Wrote {
  let file: number
  try {
    file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch {
    return { wrong: 'is no longer a file' }
  }
  try {
    const about = fstatSync(file)
    if (!about.isFile()) return { wrong: 'is no longer a file' }
    if (about.size > longestFile) return { wrong: `holds ${about.size} bytes, more than ${longestFile}` }
    // Something that a step left running may be writing to it at this moment.
    const data = Buffer.alloc(about.size)
    return { text: data.toString('utf8', 0, readSync(file, data, 0, about.size, 0)) }
  } finally {
    closeSync(file)
  }
}
