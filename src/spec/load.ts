import { closest, distance } from 'fastest-levenshtein'
import { type Document, isMap, isScalar, LineCounter, parseAllDocuments } from 'yaml'
import type { z } from 'zod'
import { BottleError, type Problem } from '../errors.ts'
import { allowing } from './edit.ts'
import { overlay, type Shorthand } from './overlay.ts'
import { type BottleSpec, specSchema } from './schema.ts'

/** A spec as it was written: its text, the name of its file, which bottle of a manifest, and the shorthands over it. */
export interface SpecSource {
  readonly text: string
  readonly file: string
  readonly bottle?: string | undefined
  readonly shorthand?: Shorthand
}

type Path = readonly PropertyKey[]

/** A spec and where its parts were written. */
export interface Loaded {
  readonly spec: BottleSpec
  /** Where the value at a path was written, such as `bottle.yml:7:5` or `input allow:2`. */
  placeOf(path: Path): string
  /** The spec's text with hosts added to its allowlist, comments and order kept. */
  allowing(hosts: readonly string[]): string
}

/** Reads a spec; see `readSpec`. */
export function loadSpec(source: SpecSource): BottleSpec {
  return readSpec(source).spec
}

/**
 * Reads a spec: YAML, then the bottle that is named, then the shorthands over it, then the schema. Throws one
 * BottleError whose problems are all the mistakes, each with its file, line and column, in the order of the text.
 */
export function readSpec(source: SpecSource): Loaded {
  const lines = new LineCounter()
  const documents = parseAllDocuments(source.text, { lineCounter: lines, uniqueKeys: true })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { file: source.file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const list = Array.isArray(documents) ? documents : []
  const document = list[0] as Document | undefined
  const broken = list
    .flatMap(one => one.errors)
    .map(error => ({ ...place(error.pos[0]), path: '', message: firstLine(error.message) }))
  if (list.length > 1)
    broken.push({ ...place(list[1]?.range[0] ?? 0), path: '', message: 'a second document begins here; a spec is one' })
  if (broken.length > 0) throw mistakes(source.file, broken)
  const base = document ? chooseBottle(document, source, place) : []
  const whole = toValue(document, source)
  const { value, origins } = overlay(at(whole, base), source.shorthand ?? {})
  const parsed = specSchema.safeParse(value, { reportInput: true })
  if (parsed.success) {
    const placeOf = (path: Path): string => {
      const origin = origins.get(path.join('.'))
      if (origin) return `input ${origin.input}:${origin.line}`
      const { line, column } = place(offsetOf(document, [...base, ...path], false))
      return `${source.file}:${line}:${column}`
    }
    return { spec: parsed.data, placeOf, allowing: hosts => allowing(source.text, base, hosts) }
  }
  const problems = parsed.error.issues.flatMap(issue => problemsOf(issue))
  const placed = problems.map(({ path, key, message }): Problem => {
    const origin = origins.get(path.join('.')) ?? origins.get([...path].slice(0, -1).join('.'))
    const name = printPath(path)
    if (origin) return { file: `input ${origin.input}`, line: origin.line, column: 1, path: name, message }
    return { ...place(offsetOf(document, [...base, ...path], key)), path: name, message }
  })
  throw mistakes(source.file, placed)
}

function toValue(document: Document | undefined, { file }: SpecSource): unknown {
  try {
    return document?.toJS({ maxAliasCount: 50 }) ?? undefined
  } catch (cause) {
    throw new BottleError(`${file} expands its aliases too often.`, 'Write the repeated parts out.', { cause })
  }
}

/** The path of the bottle inside a manifest (`bottles: {name: …}`), or nothing when the document is a spec itself. */
function chooseBottle(document: Document, { bottle, file }: SpecSource, place: (offset: number) => object): Path {
  const bottles = isMap(document.contents) ? document.get('bottles', true) : undefined
  if (bottles === undefined || !isMap(bottles)) {
    if (bottle === undefined) return []
    throw new BottleError(
      `${file} holds no \`bottles:\`, so there is none called ${bottle}.`,
      'Take `bottle` out, or name a manifest.',
    )
  }
  const names = bottles.items.map(item => String(isScalar(item.key) ? item.key.value : item.key))
  const wanted = bottle ?? (names.length === 1 ? names[0] : undefined)
  if (wanted !== undefined && names.includes(wanted)) return ['bottles', wanted]
  if (wanted === undefined)
    throw new BottleError(
      `${file} holds several bottles: ${names.join(', ')}.`,
      `Write \`bottle: ${names[0] ?? 'NAME'}\`.`,
    )
  const near = names.length > 0 ? ` Did you mean ${closest(wanted, names)}?` : ''
  throw new BottleError(`${file} holds no bottle called ${wanted}.${near}`, `It has: ${names.join(', ') || 'none'}.`, {
    cause: place(bottles.range?.[0] ?? 0),
  })
}

interface Found {
  readonly path: Path
  /** True when the place is the key itself, not its value. */
  readonly key: boolean
  readonly message: string
}

function problemsOf(issue: z.core.$ZodIssue): Found[] {
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
  image: 'is missing; write one such as `image: node:24-bookworm`',
  run: 'is missing; write the commands the agent runs, such as `run: npm test`',
  'ssh.host': 'is missing; write the name that ssh knows the host by, such as `host: forge`',
  'ssh.hostname': 'is missing; write where the host is, such as `hostname: git.example.org`',
  'ssh.known-host': 'is missing; write the public key of the server, or `any` to accept whoever answers',
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

function offsetOf(document: Document | undefined, path: Path, key: boolean): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = document?.getIn(path.slice(0, depth - 1), true)
    const pair = isMap(parent)
      ? parent.items.find(item => isScalar(item.key) && String(item.key.value) === String(path[depth - 1]))
      : undefined
    const node = key && depth === path.length ? pair?.key : (document?.getIn(path.slice(0, depth), true) ?? pair?.key)
    const range = (node as { range?: [number, number, number] } | undefined)?.range
    if (range) return range[0]
  }
  return document?.contents?.range?.[0] ?? 0
}

/** The error for mistakes in a file or an input, all of them, in the order of the text. */
export function mistakes(file: string, problems: readonly Problem[]): BottleError {
  const sorted = [...problems].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)
  const listed = sorted.map(
    one => `  ${one.file}:${one.line}:${one.column}: ${[one.path, one.message].filter(Boolean).join(' ')}`,
  )
  const where = sorted.every(one => one.file.startsWith('input ')) ? 'The inputs have' : `${file} has`
  const count = sorted.length === 1 ? 'a mistake' : `${sorted.length} mistakes`
  return new BottleError(`${where} ${count}:\n${listed.join('\n')}`, '', { problems: sorted })
}

function printPath(path: Path): string {
  return path
    .map((step, i) => (/^\d+$/.test(String(step)) ? `[${String(step)}]` : i === 0 ? String(step) : `.${String(step)}`))
    .join('')
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((one, key) => (one as Record<PropertyKey, unknown> | undefined)?.[key], value)
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

function firstLine(text: string): string {
  return text.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? text
}
