import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What the bottle is given on its standard input before the agent starts, as one line of JSON. */
export interface Delivery {
  /** Files with their absolute paths, each made with mode 600 in a folder of mode 700. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** Environment of the agent that this program must not run with itself. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * The bottle's first program: takes the delivery, writes its files, and becomes the agent's program (the same process,
 * with nothing on its standard input). Exits 127 when there is no such program, 1 when there was no delivery.
 */
export function enter(command: readonly string[]): void {
  const delivery = receive()
  for (const { path, text } of delivery.files) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
  }
  closeSync(0)
  openSync('/dev/null', 'r')
  const env = { ...process.env, ...delivery.env }
  const [name = ''] = command
  const program = find(name, env.PATH ?? '')
  if (!program) leave(127, `${name}: there is no such program in the image`)
  // Node ignores these, which would last; a signal with a handler is back at its default after execve (signal(7)).
  for (const signal of ['SIGPIPE', 'SIGXFSZ'] as const) process.on(signal, () => {})
  process.execve?.(program, [...command], env)
}

// The last line: the end of the input is the end of the delivery, and the engine closes it for good. The body of the
// attach request itself, a line without an end, comes first when it reached the engine after the request's headers.
function receive(): Delivery {
  try {
    return JSON.parse(readFileSync(0, 'utf8').trimEnd().split('\n').at(-1) ?? '') as Delivery
  } catch {
    return leave(1, 'nothing was delivered on standard input, so the agent does not start')
  }
}

// As the engine itself looks for a program: in PATH unless the name has a slash.
function find(name: string, path: string): string | undefined {
  const places = name.includes('/') ? [name] : path.split(':').map(folder => join(folder || '.', name))
  return places.find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function leave(code: number, why: string): never {
  process.stderr.write(`bottle: ${why}\n`)
  process.exit(code)
}
