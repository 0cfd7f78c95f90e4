import { randomBytes, randomInt } from 'node:crypto'

const commands = [
  'error',
  'warning file=a,line=1',
  'notice',
  'set-output name=enforced',
  'set-env name=PATH',
  'add-path',
  'save-state name=run',
  'add-mask',
  'stop-commands',
  'add-matcher',
  'remove-matcher owner=tsc',
  'ADD-MASK',
  'Group',
  'endgroup',
  'echo',
  'debug',
  'internal-set-repo-path repoFullName=a/b',
]
// What .NET trims, what it does not, and what other parsers would.
const blanks = [
  ...[
    '',
    ' ',
    '\t',
    '\u00a0',
    '\u2003',
    '\u0085',
    '\u2028',
    '\u2029',
    '\v',
    '\f',
    '\ufeff',
    '\0',
    '\u1680',
    ' \u3000 ',
  ],
  ...['\u202f', '\u205f', '\u180e', '\u200b', '\x1b[0m', '\x08', '\ufeff ', '\0 '],
]
const matchers = [
  "src/a.ts(1,2): error TS2304: Cannot find name 'x'.",
  '  12:5  error  Unexpected  no-undef',
  '  File "a.py", line 3, in <module>',
  'a.go:3:4: undefined: x',
  '[error] Program.cs(1,2): error CS1002: ; expected',
]
const ends = ['\n', '\r', '\r\n', '\n\r', '\v\n', '\u2028\n']

/** A line that tries to command the runner in some way, with its end. `tag` is in it, to be found again. */
export function hostileLine(tag = ''): string {
  const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T
  const command = pick(commands)
  const token = randomBytes(pick([8, 16, 32])).toString('hex')
  const data = `${pick(['x', '::', ']', token, '%0A::error::y', '%0D%0A##[error]y', 'x'.repeat(randomInt(3000)), 'a.json'])}${tag}`
  const form = pick([
    `::${command}::${data}`,
    `::${command} ::${data}`,
    `##[${command}]${data}`,
    `##[${command};a=b]${data}`,
    `text ##[${command}]${data}`,
    `##[##[${command}]${data}`,
    `${data}::${command}::`,
    `::${token}::${tag}`,
    `##[${token}]${tag}`,
    `::stop-commands::${token}${tag}`,
    `${pick(matchers)} ${tag}`,
  ])
  // Now and then a line that is longer than one is handed on in one piece.
  const long = randomInt(100) === 0 ? 'y'.repeat(randomInt(60_000, 140_000)) : ''
  const before = pick(blanks) + pick(['', '', 'prefix ', '\x1b[31m', '##', ':'])
  return before + long + form + pick(ends)
}
