import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './gate/bundle.ts'
import { shellFolder } from './plan/folders.ts'
import { type ShellState, stateFile } from './shell/state.ts'

// The kernel reads so much of a script's first line, and takes a blank for the end of the program (execve(2)).
const longestStart = 120

/**
 * Puts the program behind `shell: bottle {0}` into the run's folder, with what it has to know, and returns the folder to
 * put on the PATH: it holds `bottle`, which this very Node runs. The program is a copy: the action's own files are in
 * the workspace when a job uses it as `./`, where the agent may change them.
 */
export function placeShell(state: ShellState): string {
  const folder = join(state.scratch, shellFolder)
  const bin = join(folder, 'bin')
  for (const one of [folder, bin]) mkdirSync(one, { mode: 0o755 })
  writeFileSync(join(folder, stateFile), JSON.stringify(state), { mode: 0o600, flag: 'wx' })
  const own = bundle('shell')
  for (const name of readdirSync(own)) copyFileSync(join(own, name), join(bin, name))
  const program = join(bin, 'bottle')
  const node = process.execPath
  // A script by the package.json beside it. Each step would wait for a shell that starts it.
  const direct = `#!${node}\n${readFileSync(join(own, 'start.cjs'), 'utf8')}`
  const byShell = `#!/bin/sh\nexec ${quoted(node)} ${quoted(join(bin, 'start.cjs'))} "$@"\n`
  writeFileSync(program, /\s/.test(node) || node.length > longestStart ? byShell : direct, { flag: 'wx' })
  chmodSync(program, 0o755)
  return bin
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
