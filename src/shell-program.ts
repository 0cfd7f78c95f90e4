import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './gate/bundle.ts'
import { shellFolder } from './plan/folders.ts'
import type { ShellState } from './shell/state.ts'

/**
 * Puts the program behind `shell: bottle {0}` into the run's folder, with what it has to know, and returns the folder to
 * put on the PATH: it holds `bottle`, which starts the program by this very Node. The program is a copy: the action's
 * own files are in the workspace when a job uses it as `./`, where the agent may change them.
 */
export function placeShell(state: ShellState): string {
  const folder = join(state.scratch, shellFolder)
  const [program, bin] = [join(folder, 'program'), join(folder, 'bin')]
  for (const one of [folder, program, bin]) mkdirSync(one, { mode: 0o755 })
  const own = bundle('shell')
  for (const name of readdirSync(own)) copyFileSync(join(own, name), join(program, name))
  const statePath = join(folder, 'state.json')
  writeFileSync(statePath, JSON.stringify(state), { mode: 0o600, flag: 'wx' })
  const start = [process.execPath, join(program, 'index.js'), statePath].map(quoted).join(' ')
  writeFileSync(join(bin, 'bottle'), `#!/bin/sh\nexec ${start} "$@"\n`, { flag: 'wx' })
  chmodSync(join(bin, 'bottle'), 0o755)
  return bin
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
