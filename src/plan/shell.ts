// What GitHub runs for `shell:` (runner, ScriptHandlerHelpers.cs), with the script's path at {0}.
const known: Readonly<Record<string, string>> = {
  bash: 'bash --noprofile --norc -eo pipefail {0}',
  sh: 'sh -e {0}',
  python: 'python {0}',
  node: 'node {0}',
}

// No shell named: bash where the image has it, else sh, decided inside, as the runner does on its host.
const either = 'if command -v bash >/dev/null 2>&1; then exec bash -e "$0"; else exec sh -e "$0"; fi'

/**
 * The argument vector that runs a later step's `script`: `words` is what stood behind `bottle` in its `shell:`, with
 * the script's path inside already in its place. Alone it is run by the spec's shell, or as the runner runs bash.
 */
export function stepCommand(
  words: readonly string[],
  script: string,
  shell: string | undefined,
  hasBash: boolean,
): string[] {
  const [first = '', ...rest] = words
  if (words.length === 1 && first === script) return shellCommand(shell ?? (hasBash ? 'bash' : 'sh'), script)
  // `bottle bash {0}` means what `bash` alone means to the runner.
  if (rest.length === 1 && rest[0] === script && Object.hasOwn(known, first)) return shellCommand(first, script)
  return [...words]
}

/** The argument vector that runs `script` (a path inside the bottle) with the spec's `shell`, or with the default. */
export function shellCommand(shell: string | undefined, script: string): string[] {
  if (shell === undefined) return ['/bin/sh', '-c', either, script]
  return (known[shell] ?? shell).split(/\s+/).map(word => word.replaceAll('{0}', script))
}
