/** One mistake in a document the user wrote, with its place (1-based line and column). */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Path inside the document, such as `egress.allowlist[2]`; empty for the document itself. */
  readonly path: string
  readonly message: string
}

/**
 * An error whose cause is outside our code: the user's words, the engine, the gate.
 * `message` states what is wrong, `fix` says in one sentence what to type or do. Shown without a stack.
 */
export class BottleError extends Error {
  readonly fix: string
  readonly problems: readonly Problem[]

  constructor(message: string, fix: string, facts: { cause?: unknown; problems?: readonly Problem[] } = {}) {
    super(message, { cause: facts.cause })
    this.name = 'BottleError'
    this.fix = fix
    this.problems = facts.problems ?? []
  }
}

/** What a person reads of any error: the sentence and the fix, or the stack when it is a bug of ours. */
export function explain(error: unknown): string {
  if (error instanceof BottleError) return [error.message, error.fix].filter(Boolean).join(' ')
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOSPC')
    return `The disk is full: ${(error as Error).message}. Make room where RUNNER_TEMP is.`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** The first line of the same, to stand within a sentence. */
export function reasonOf(error: unknown): string {
  const line = explain(error)
    .split('\n')[0]
    ?.replace(/^Error: /, '')
  return line || 'for no known reason'
}
