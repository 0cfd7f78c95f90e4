import { readFileSync } from 'node:fs'
import { type Fence, freshToken, neutralise, openFence } from '../action/fence.ts'
import { BottleError, explain } from '../errors.ts'
import { maskKnown } from '../evidence/known-secrets.ts'
import { stepScript } from '../plan/folders.ts'
import { stepCommand } from '../plan/shell.ts'
import { type StepEngine, stepEngine } from './engine.ts'
import { stepEnvironment } from './environment.ts'
import { makeFiles } from './files.ts'
import { handOut } from './hand-out.ts'
import { record } from './record.ts'
import { readState, type ShellState } from './state.ts'
import { runStep, type StepEnd } from './step.ts'
import { readVariables } from './variables.ts'
import { folderInside, scriptAt } from './where.ts'

/**
 * Runs one step of a job inside the bottle that an earlier step left up, and returns its exit code. `statePath` is what
 * that step wrote; `words` are what stood behind `bottle` in `shell:`. Never throws.
 */
export async function runShell(statePath: string, words: readonly string[]): Promise<number> {
  const signals = listen()
  const output = fenced()
  const over = new AbortController()
  try {
    const state = stateAt(statePath)
    const { end, refused } = await inside(state, words, signals, output.lines, over.signal)
    output.close()
    for (const text of refused) command('warning', `This step handed something out that was not taken: ${text}.`)
    if (end.reason !== undefined) command('error', end.reason)
    return end.exitCode
  } catch (error) {
    output.close()
    command('error', wordsOf(error))
    return 1
  } finally {
    over.abort()
  }
}

async function inside(
  state: ShellState,
  words: readonly string[],
  signals: Signals,
  say: (lines: readonly string[]) => Promise<void>,
  over: AbortSignal,
): Promise<{ end: StepEnd; refused: readonly string[] }> {
  const started = performance.now()
  const engine = stepEngine(state, over)
  const step = freshToken().slice(0, 24)
  const at = scriptAt(words)
  // Bash takes the return before a line's end for a part of the line's last word.
  const script = readFileSync(words[at] ?? '', 'utf8').replaceAll('\r\n', '\n')
  const workdir = folderInside(state, process.cwd(), process.env.GITHUB_WORKSPACE ?? '')
  const command = stepCommand(words.with(at, stepScript(step)), stepScript(step), state.job.shell, state.hasBash)
  const guarded = standing(engine, state.sidecar, 'sidecar')
  guarded.catch(() => {})
  const variables = readVariables(state.scratch)
  // Whether the bottle runs is told by the engine when the step is made: its environment is asked for when it is needed.
  const isAsked = state.secrets.length > 0 || variables.path.length > 0
  const own = isAsked ? await standing(engine, state.bottle, 'bottle') : []
  const files = makeFiles(state.scratch, step, script)
  const name = process.env.GITHUB_ACTION ?? 'a step'
  try {
    const env = stepEnvironment(state, step, process.env, variables, own, files.env)
    const [exec] = await Promise.all([engine.create({ command, env, workdir }).catch(notStanding), guarded])
    record(state.scratch, { id: step, step: name, at: new Date().toISOString() })
    const known = maskKnown(secretsOf(state, own))
    const lost = engine.stopped(state.sidecar).then(
      () => 'its sidecar has stopped',
      error => `the engine lost sight of its sidecar (${wordsOf(error)})`,
    )
    const { bottle, timeoutMs } = state
    const lines = (texts: readonly string[]) => say(texts.map(known))
    const end = await runStep(engine, { exec, step, bottle, timeoutMs, lines, cancelled: signals.each, lost })
    const durationMs = Math.round(performance.now() - started)
    record(state.scratch, { id: step, step: name, at: new Date().toISOString(), exitCode: end.exitCode, durationMs })
    if (!files.anyWritten()) return { end, refused: [] }
    return { end, refused: await handOut(state, files, known, process.env) }
  } finally {
    files.close()
  }
}

function stateAt(path: string): ShellState {
  try {
    return readState(path)
  } catch (cause) {
    throw new BottleError(
      'There is no bottle up in this job.',
      'Put `uses: OWNER/bottle@v1` without `run` before this step.',
      { cause },
    )
  }
}

// The engine makes no exec in a container that does not run (404, 409).
function notStanding(error: unknown): never {
  const status = (error as { statusCode?: number }).statusCode
  throw status === 404 || status === 409 ? noLonger('bottle', 'no longer running') : error
}

function noLonger(what: string, how: string): BottleError {
  return new BottleError(
    `The ${what} of this job is ${how}.`,
    'Something in the job, or in the bottle, has stopped it; run the job again.',
  )
}

/** Throws unless a container of the run runs; returns its environment. */
async function standing(engine: StepEngine, id: string, what: string): Promise<readonly string[]> {
  const { running, paused, env } = await engine.state(id)
  if (running && !paused) return env
  throw noLonger(what, running ? 'paused' : 'no longer running')
}

// The bottle's own variables hold them; they are in no file.
function secretsOf({ secrets }: ShellState, own: readonly string[]): string[] {
  return own.filter(one => secrets.includes(one.slice(0, one.indexOf('=')))).map(one => one.slice(one.indexOf('=') + 1))
}

interface Signals {
  each(tell: (signal: NodeJS.Signals) => void): void
}

// Heard from the first moment on: a step that is cancelled before it began inside does not begin.
function listen(): Signals {
  const heard: NodeJS.Signals[] = []
  let tell: ((signal: NodeJS.Signals) => void) | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      heard.push(signal)
      tell?.(signal)
    })
  return {
    each(wanted) {
      tell = wanted
      for (const signal of heard) wanted(signal)
    },
  }
}

// What a step says is no command to the runner; a step that says nothing has no fence. Both streams go one way: on two
// pipes a line could overtake the command that stops commands.
function fenced() {
  let fence: Fence | undefined
  let over = false
  return {
    async lines(texts: readonly string[]): Promise<void> {
      if (over || texts.length === 0) return
      fence ??= openFence(process.stdout)
      await fence.lines(texts)
    },
    close() {
      over = true
      fence?.close()
    },
  }
}

// The runner's escapes for a command's text (toolkit, command.ts).
function command(name: 'error' | 'warning', text: string): void {
  const escaped = neutralise(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  process.stdout.write(`::${name}::${escaped}\n`)
}

// The engine's "no" is not a bug of ours: its own words, and no stack.
function wordsOf(error: unknown): string {
  if (error instanceof BottleError) return explain(error)
  if (!(error instanceof Error)) return String(error)
  const status = (error as { statusCode?: number }).statusCode
  return status === undefined && !('code' in error) ? explain(error) : error.message.trim()
}
