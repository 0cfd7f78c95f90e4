import { readFileSync } from 'node:fs'
import { freshToken } from '../action/fence.ts'
import { BottleError } from '../errors.ts'
import { maskKnown } from '../evidence/known-secrets.ts'
import { stepScript } from '../plan/folders.ts'
import { stepCommand } from '../plan/shell.ts'
import { dialEngine, type StepEngine } from './engine.ts'
import { stepEnvironment } from './environment.ts'
import { fileVariables, makeFiles } from './files.ts'
import { handOut } from './hand-out.ts'
import { record } from './record.ts'
import type { ShellState } from './state.ts'
import { runStep, type StepEnd, type StepWish } from './step.ts'
import { readVariables } from './variables.ts'
import { folderInside, scriptAt } from './where.ts'
import { wordsOf } from './words.ts'

/** Where a step's output goes. */
export interface StepOutput {
  /** Called while there is nothing to say yet. */
  ready(): void
  /** Takes whole lines; holds the step back until it resolves. */
  lines(texts: readonly string[]): Promise<void>
}

const nothingWritten = { read: () => ({ text: '' }) }

/**
 * Runs one step in the bottle and takes what it hands out; `words` are what stood behind `bottle` in `shell:`. A user
 * waits for every step: whatever need not be done before the engine is asked is done while it is at work. Returns how
 * the step ended, and what it handed out that was not taken, a sentence each. Throws when there is nothing to run or
 * nothing to run it in.
 */
export async function runInside(
  state: ShellState,
  words: readonly string[],
  { ready, lines }: StepOutput,
  cancelled: StepWish['cancelled'],
): Promise<{ end: StepEnd; refused: readonly string[] }> {
  // Not performance.now(), which Node loads for whoever asks first.
  const startedAt = Date.now()
  const dialled = dialEngine(state)
  dialled.catch(() => {})
  const step = freshToken().slice(0, 24)
  const at = scriptAt(words)
  // Bash takes the return before a line's end for a part of the line's last word.
  const script = readFileSync(words[at] ?? '', 'utf8').replaceAll('\r\n', '\n')
  const workdir = folderInside(state, process.cwd(), process.env.GITHUB_WORKSPACE ?? '')
  const command = stepCommand(words.with(at, stepScript(step)), stepScript(step), state.job.shell, state.hasBash)
  const variables = readVariables(state.scratch)
  const engine = await dialled
  const isPathLonger = variables.path.length > 0
  const looked = Promise.all([
    // Whether the bottle runs is told when the step's exec is made: its environment is asked for when it is needed.
    isPathLonger || state.secrets.length > 0 ? standing(engine, state.bottle, 'bottle') : [],
    standing(engine, state.sidecar, 'sidecar'),
  ])
  looked.catch(() => {})
  const [before] = isPathLonger ? await looked : [[]]
  const env = stepEnvironment(state, step, process.env, variables, before, fileVariables(step))
  const made = engine.create({ command, env, workdir }).catch(notStanding)
  made.catch(() => {})
  const files = makeFiles(state.scratch, step, script)
  try {
    const [exec, [own]] = await Promise.all([made, looked])
    let mask: ((text: string) => string) | undefined
    const known = (text: string) => {
      mask ??= maskKnown(secretsOf(state, own))
      return mask(text)
    }
    const name = process.env.GITHUB_ACTION ?? 'a step'
    const end = await runStep(engine, {
      exec,
      step,
      bottle: state.bottle,
      timeoutMs: state.timeoutMs,
      cancelled,
      lines: texts => lines(texts.map(known)),
      begun() {
        const lost = lossOf(engine, state.sidecar)
        record(state.scratch, { id: step, step: name, at: new Date().toISOString() })
        // The first run of anything takes Node several times as long as the second, and the engine takes its time to
        // start a step: what comes after one is run meanwhile, on nothing.
        ready()
        known('')
        void handOut(state, nothingWritten, known, {})
        return lost
      },
    })
    const now = new Date()
    const durationMs = now.getTime() - startedAt
    record(state.scratch, { id: step, step: name, at: now.toISOString(), exitCode: end.exitCode, durationMs })
    return { end, refused: files.anyWritten() ? await handOut(state, files, known, process.env) : [] }
  } finally {
    files.close()
  }
}

/** Throws unless a container of the run runs; returns its environment. */
async function standing(engine: StepEngine, id: string, what: string): Promise<readonly string[]> {
  const { running, paused, env } = await engine.state(id)
  if (running && !paused) return env
  throw noLonger(what, running ? 'paused' : 'no longer running')
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

function lossOf(engine: StepEngine, sidecar: string): Promise<string> {
  return engine.stopped(sidecar).then(
    () => 'its sidecar has stopped',
    error => `the engine lost sight of its sidecar (${wordsOf(error)})`,
  )
}

// The bottle's own variables hold them; they are in no file.
function secretsOf({ secrets }: ShellState, own: readonly string[]): string[] {
  return own.filter(one => secrets.includes(one.slice(0, one.indexOf('=')))).map(one => one.slice(one.indexOf('=') + 1))
}
