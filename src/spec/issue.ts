import { closest, distance } from 'fastest-levenshtein'
import type { z } from 'zod'
import { specSchema } from './schema.ts'

/** Where a value stands in a spec: its keys and indices, outermost first. */
export type Path = readonly PropertyKey[]

/** One mistake: where it is, and what the author is told. */
export interface Found {
  readonly path: Path
  /** True when the place is the key itself, not its value. */
  readonly key: boolean
  readonly message: string
}

/** What the schema found wrong, as sentences' tails for the author; an unknown key comes with the nearest known one. */
export function problemsOf(issue: z.core.$ZodIssue): Found[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({ path: [...path, key], key: true, message: unknownKey(key, path) }))
  }
  if (issue.code === 'invalid_key') return [{ path, key: true, message: issue.issues[0]?.message ?? issue.message }]
  const absent =
    issue.input === undefined ? missing[path.filter(step => typeof step === 'string').join('.')] : undefined
  if (/^invalid_(type|union)$/.test(issue.code) && absent !== undefined) return [{ path, key: false, message: absent }]
  if (issue.code === 'invalid_type')
    return [
      {
        path,
        key: false,
        message: `must be ${article(issue.expected)}, not ${printed(issue.input)}${asString(issue.expected, issue.input)}`,
      },
    ]
  if (issue.code === 'invalid_value')
    return [{ path, key: false, message: `must be ${issue.values.join(' or ')}, not ${printed(issue.input)}` }]
  // A message that does not begin with the value is a sentence's tail: the value comes before it.
  const told = issue.message.startsWith('"') || typeof issue.input === 'object' || issue.input === undefined
  const message = told ? issue.message : `${printed(issue.input)} ${lower(issue.message)}`
  return [{ path, key: false, message }]
}

const missing: Readonly<Record<string, string>> = {
  'ssh.host': 'is missing; write the name that ssh knows the host by, such as `host: forge`',
  'ssh.hostname': 'is missing; write where the host is, such as `hostname: git.example.org`',
  'ssh.known-host': 'is missing; write the public key of the server, or `any` to accept whoever answers',
  'egress.inject.host': 'is missing; write the one host that gets the credential, such as `host: api.example.com`',
  'egress.inject.header': 'is missing; write the header that carries it, such as `header: authorization`',
  'egress.inject.secret': 'is missing; write the name of the variable that holds it, such as `secret: API_KEY`',
}

function unknownKey(key: string, path: Path): string {
  const known = keysAt(path)
  const near = closest(key, known)
  const hint =
    distance(key, near) <= Math.max(2, key.length / 3)
      ? `did you mean ${JSON.stringify(near)}?`
      : `known are ${known.join(', ')}`
  return `is not a key of ${path.length === 0 ? 'a bottle spec' : printPath(path)}; ${hint}`
}

// The keys of the schema at a path, through the wrappers that defaults are.
function keysAt(path: Path): string[] {
  let schema: unknown = specSchema
  for (const step of path)
    schema = typeof step === 'number' ? unwrap(schema).element : unwrap(schema).shape?.[String(step)]
  return Object.keys(unwrap(schema).shape ?? {})
}

function unwrap(schema: unknown): { shape?: Record<string, unknown>; element?: unknown } {
  let inner = schema as
    | { shape?: Record<string, unknown>; element?: unknown; def?: { innerType?: unknown } }
    | undefined
  while (inner && !inner.shape && inner.def?.innerType) inner = inner.def.innerType as typeof inner
  return inner ?? {}
}

/** `egress.allowlist[0]`: a path as it is written in messages. */
export function printPath(path: Path): string {
  return path
    .map((step, i) => (/^\d+$/.test(String(step)) ? `[${String(step)}]` : i === 0 ? String(step) : `.${String(step)}`))
    .join('')
}

function article(expected: string): string {
  const word = {
    record: 'a mapping',
    object: 'a mapping',
    array: 'a list',
    string: 'a string',
    number: 'a number',
    boolean: 'true or false',
    int: 'a whole number',
  }
  return (word as Record<string, string>)[expected] ?? expected
}

function printed(input: unknown): string {
  if (input === undefined || input === null) return 'nothing'
  if (Array.isArray(input)) return 'a list'
  return typeof input === 'object' ? 'a mapping' : JSON.stringify(input)
}

// YAML reads 1 and true as a number and a boolean; what was meant is one pair of quotes away.
function asString(expected: string, input: unknown): string {
  return expected === 'string' && /^(number|boolean)$/.test(typeof input) ? `; write "${String(input)}"` : ''
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
