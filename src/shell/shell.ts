import { type Fence, neutralise, openFence } from '../action/fence.ts'
import { BottleError } from '../errors.ts'
import { runInside, type StepOutput } from './inside.ts'
import { readState, type ShellState } from './state.ts'
import { wordsOf } from './words.ts'

/**
 * Runs one step of a job inside the bottle that an earlier step left up, and returns its exit code. `statePath` is what
 * that step wrote; `words` are what stood behind `bottle` in `shell:`. Never throws.
 */
export async function runShell(statePath: string, words: readonly string[]): Promise<number> {
  const signals = listen()
  const output = fenced()
  try {
    const state = stateAt(statePath)
    const { end, refused } = await runInside(state, words, output, signals.each)
    output.close()
    for (const text of refused) command('warning', `This step handed something out that was not taken: ${text}.`)
    if (end.reason !== undefined) command('error', end.reason)
    return end.exitCode
  } catch (error) {
    output.close()
    command('error', wordsOf(error))
    return 1
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
function fenced(): StepOutput & { close(): void } {
  let fence: Fence | undefined
  let over = false
  return {
    // Node makes the stream when it is asked for, which takes a millisecond.
    ready: () => void process.stdout,
    async lines(texts) {
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
