import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files through which a step talks to the runner; a new set for every step (facts/platform §2.2). */
export interface CommandFiles {
  readonly env: Readonly<Record<string, string>>
  read(): {
    outputs: Record<string, string>
    state: Record<string, string>
    exported: Record<string, string>
    path: string[]
    summary: string
  }
}

const names = {
  GITHUB_OUTPUT: 'set_output_',
  GITHUB_STATE: 'save_state_',
  GITHUB_ENV: 'set_env_',
  GITHUB_PATH: 'add_path_',
  GITHUB_STEP_SUMMARY: 'step_summary_',
}
const longestSummary = 1024 * 1024

/** Makes a fresh set of empty files below the runner's temp folder. `read` throws on a file the runner would refuse. */
export function makeCommandFiles(temp: string): CommandFiles {
  const folder = join(temp, '_runner_file_commands')
  mkdirSync(folder, { recursive: true })
  const id = randomUUID()
  const env = Object.fromEntries(Object.entries(names).map(([name, prefix]) => [name, join(folder, prefix + id)]))
  for (const path of Object.values(env)) writeFileSync(path, '')
  const text = (name: keyof typeof names) => readFileSync(env[name] ?? '', 'utf8')
  return {
    env,
    read() {
      const summary = text('GITHUB_STEP_SUMMARY')
      if (Buffer.byteLength(summary) > longestSummary) throw new Error('the step summary is larger than 1 MiB')
      return {
        outputs: parsePairs(text('GITHUB_OUTPUT')),
        state: parsePairs(text('GITHUB_STATE')),
        exported: parsePairs(text('GITHUB_ENV')),
        path: text('GITHUB_PATH').split(/\r?\n/).filter(Boolean),
        summary,
      }
    },
  }
}

/** `name=value` lines and `name<<DELIMITER` blocks; throws when a block does not end. */
export function parsePairs(text: string): Record<string, string> {
  const pairs: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line === '') continue
    const heredoc = line.indexOf('<<')
    const equals = line.indexOf('=')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs[line.slice(0, equals)] = line.slice(equals + 1)
      continue
    }
    if (heredoc < 0) throw new Error(`invalid line in a command file: ${line}`)
    const end = lines.indexOf(line.slice(heredoc + 2), i + 1)
    if (end < 0) throw new Error(`a command file's value for ${line.slice(0, heredoc)} does not end`)
    pairs[line.slice(0, heredoc)] = lines.slice(i + 1, end).join('\n')
    i = end
  }
  return pairs
}
