import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { CommandFiles } from './command-files.ts'
import { commandParser, type Obeyed } from './command-parser.ts'
import { readLines } from './line-reader.ts'
import { masks as openMasks } from './masks.ts'

/** What a stage (main or post) did, as the runner sees it. */
export interface StepResult {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly conclusion: 'success' | 'failure' | 'cancelled'
  /** The log as the runner prints it: what was no command, and masked. */
  readonly log: readonly string[]
  readonly raw: string
  readonly obeyed: readonly Obeyed[]
  readonly annotations: readonly Obeyed[]
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly exported: Readonly<Record<string, string>>
  readonly path: readonly string[]
  readonly summary: string
  readonly masks: readonly string[]
  readonly durationMs: number
}

/** How a stage is disturbed while it runs. */
export interface Disturbance {
  /** Cancels as the runner does: SIGINT, 7.5 s, SIGTERM, 2.5 s, then the whole tree is killed. */
  readonly cancel?: Promise<unknown>
  /** Another first signal than SIGINT, to try what happens when that is all there is. */
  readonly signal?: NodeJS.Signals
  /** More signals, each at its moment: whoever cancels may be impatient. */
  readonly more?: readonly { readonly at: Promise<unknown>; readonly signal: NodeJS.Signals }[]
  /** Kills main outright (SIGKILL), as an out-of-memory killer would. */
  readonly kill?: Promise<unknown>
  readonly onLine?: (line: string) => void
}

/** How a process is started: the program, its arguments, and its environment. */
export interface Start {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Record<string, string>
}

/** How a stage of an action is started. */
export type Launch = (script: string, cwd: string, env: Record<string, string>) => Start

/** On the runner itself: its own Node. */
export const launchHere: Launch = (script, _, env) => ({ command: process.execPath, args: [script], env })

/** The same, as the child of a worker that ends with it: a job of its own. */
export const launchInWorker: Launch = (script, _, env) => ({
  // bash keeps variables whose names hold dashes, as those of inputs do; other shells drop them.
  command: '/bin/bash',
  args: ['-c', '"$@"; exit $?', 'worker', process.execPath, script],
  env,
})

const annotationTypes = ['error', 'warning', 'notice']
const mostAnnotations = 10
const graces = [7500, 2500] as const

/** Runs one program of a step: with pipes and nothing to read, its lines parsed on both streams, then its command files read. */
export async function runStage(
  { command, args, env }: Start,
  cwd: string,
  files: CommandFiles,
  disturb: Disturbance,
): Promise<StepResult> {
  const started = Date.now()
  const parser = commandParser()
  const masks = openMasks()
  const [log, obeyed, annotations]: [string[], Obeyed[], Obeyed[]] = [[], [], []]
  const streamed: { outputs: Record<string, string>; state: Record<string, string> } = { outputs: {}, state: {} }
  let [raw, failed, cancelled] = ['', false, false]
  const onLine = (line: string) => {
    raw += `${line}\n`
    const command = parser.parse(line)
    if (command) {
      obeyed.push(command)
      if (command.name === 'add-mask') masks.add(command.data)
      // The runner hides the token that resumes commands, so that the log does not teach it.
      if (command.name === 'stop-commands' && command.data.length > 6) masks.add(command.data)
      if (command.name === 'set-output') streamed.outputs[command.properties.name ?? ''] = command.data
      if (command.name === 'save-state') streamed.state[command.properties.name ?? ''] = command.data
      if (command.name === 'set-env' || command.name === 'add-path') failed = true
      const sameType = annotations.filter(one => one.name === command.name)
      if (annotationTypes.includes(command.name) && sameType.length < mostAnnotations)
        annotations.push({ ...command, data: command.data.slice(0, 4096) })
      if (annotationTypes.includes(command.name) || command.name === 'group') disturb.onLine?.(masks.hide(command.data))
      return
    }
    log.push(masks.hide(line))
    disturb.onLine?.(masks.hide(line))
  }
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const read = Promise.all([readLines(child.stdout, onLine), readLines(child.stderr, onLine)])
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  void disturb.kill?.then(() => child.kill('SIGKILL'))
  for (const { at, signal } of disturb.more ?? []) void at.then(() => child.kill(signal))
  void disturb.cancel?.then(async () => {
    cancelled = true
    child.kill(disturb.signal ?? 'SIGINT')
    if (await endsWithin(exited, graces[0])) return
    child.kill('SIGTERM')
    if (!(await endsWithin(exited, graces[1]))) killTree(child)
  })
  const [exitCode, signal] = await exited
  // Grandchildren may hold the streams: the runner waits five seconds for them and no longer.
  await endsWithin(read, 5000)
  const fromFiles = files.read()
  return {
    exitCode,
    signal,
    conclusion: cancelled ? 'cancelled' : exitCode === 0 && !failed ? 'success' : 'failure',
    log,
    raw,
    obeyed,
    annotations,
    ...fromFiles,
    outputs: { ...streamed.outputs, ...fromFiles.outputs },
    state: { ...streamed.state, ...fromFiles.state },
    summary: masks.hide(fromFiles.summary),
    masks: masks.values,
    durationMs: Date.now() - started,
  }
}

async function endsWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(resolve, ms, false)
  })
  const ended = await Promise.race([promise.then(() => true), late])
  clearTimeout(timer)
  return ended
}

// Only the child's own descendants, found by parent id: nothing else of this machine is touched.
function killTree(child: ChildProcess): void {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const parents = new Map(rows.map(row => row.trim().split(/\s+/).map(Number) as [number, number]))
  const tree = [child.pid ?? 0]
  for (const pid of tree) for (const [one, parent] of parents) if (parent === pid) tree.push(one)
  for (const pid of tree.reverse()) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}
