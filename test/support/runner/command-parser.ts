/** A command that the runner acted upon. */
export interface Obeyed {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

// ActionCommandManager's registered commands (facts/platform §2.3).
const registered = new Set(
  'stop-commands set-env add-path set-output save-state add-mask add-matcher remove-matcher debug notice warning error group endgroup echo internal-set-repo-path'.split(
    ' ',
  ),
)

/**
 * The runner's command parser for one step: V2 (`::name k=v::data`) after white space at the line's start, V1
 * (`##[name k=v]data`) anywhere in it, names without regard to case, and stop-commands with its token. Returns the
 * command that is obeyed, or undefined for a line that is printed. Follows facts/platform §2.3 and §2.4.
 */
export function commandParser(): { parse(line: string): Obeyed | undefined; readonly stopped: boolean } {
  let token: string | undefined
  return {
    get stopped() {
      return token !== undefined
    },
    parse(line) {
      const command = v2(line) ?? v1(line)
      if (!command) return undefined
      if (token !== undefined) {
        if (command.name.toLowerCase() === token.toLowerCase()) token = undefined
        return undefined
      }
      const name = command.name.toLowerCase()
      if (!registered.has(name)) return undefined
      if (name === 'stop-commands') {
        if (command.data === '' || registered.has(command.data.toLowerCase()) || command.data === 'pause-logging') {
          return { name: 'error', properties: {}, data: 'Invalid stop-commands token' }
        }
        token = command.data
      }
      return { ...command, name }
    },
  }
}

// .NET's char.IsWhiteSpace, which TrimStart() takes away.
const white = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*'
const v2Form = new RegExp(`^${white}::([^\\s:]+)(?: ([\\s\\S]*?))?::([\\s\\S]*)$`)

function v2(line: string): Obeyed | undefined {
  const match = v2Form.exec(line)
  return match
    ? { name: match[1] ?? '', properties: properties(match[2], ','), data: unescaped(match[3] ?? '', v2Escapes) }
    : undefined
}

function v1(line: string): Obeyed | undefined {
  const from = line.indexOf('##[')
  const to = line.indexOf(']', from)
  if (from < 0 || to < 0) return undefined
  const inner = line.slice(from + 3, to)
  const blank = inner.indexOf(' ')
  const name = blank < 0 ? inner : inner.slice(0, blank)
  return {
    name,
    properties: properties(blank < 0 ? undefined : inner.slice(blank + 1), ';'),
    data: unescaped(line.slice(to + 1), v1Escapes),
  }
}

function properties(text: string | undefined, between: string): Record<string, string> {
  const pairs = (text ?? '').split(between).map(pair => pair.trim().split(/=([\s\S]*)/))
  return Object.fromEntries(
    pairs.filter(([key]) => key).map(([key = '', value = '']) => [key, unescaped(value, v2Escapes)]),
  )
}

const v2Escapes: readonly [string, string][] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
]
const v1Escapes: readonly [string, string][] = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
]

function unescaped(text: string, escapes: readonly [string, string][]): string {
  return escapes.reduce((result, [from, to]) => result.replaceAll(from, to), text)
}
