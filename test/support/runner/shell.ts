import { randomUUID } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

// ScriptHandlerHelpers.cs: arguments and the extension of the script, for shells that the runner knows.
const known: Readonly<Record<string, readonly [arguments: string, extension: string]>> = {
  bash: ['--noprofile --norc -e -o pipefail {0}', '.sh'],
  sh: ['-e {0}', '.sh'],
  python: ['{0}', '.py'],
}

/**
 * Writes a step's script and returns the words that run it, as the runner does (facts/platform §4): the template is split
 * at its first blank, the script's path is put in unquoted, and the program is looked for in `path` by mere existence;
 * in a container job nobody looks (`path` undefined). Throws for a template without {0} or a program that is not there.
 */
export function resolveShell(
  shell: string,
  script: string,
  temp: string,
  path: readonly string[] | undefined,
): [string, ...string[]] {
  const blank = shell.indexOf(' ')
  const command = blank < 0 ? shell : shell.slice(0, blank)
  const [template, extension] = blank < 0 ? (known[command] ?? ['', '']) : [shell.slice(blank + 1), '']
  if (!template.includes('{0}'))
    throw new Error(
      "Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string containing '{0}'",
    )
  const file = join(temp, `${randomUUID()}${extension}`)
  writeFileSync(file, script)
  const program =
    isAbsolute(command) || !path ? command : path.map(folder => join(folder, command)).find(one => existsSync(one))
  if (program === undefined) throw new Error(`${command}: command not found`)
  return [program, ...words(template.replaceAll('{0}', file))]
}

// .NET splits the arguments of a process at blanks outside of double quotes.
function words(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''))
}
