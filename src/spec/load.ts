import { closest } from 'fastest-levenshtein'
import { type Document, isMap, isScalar, LineCounter, parseAllDocuments } from 'yaml'
import { BottleError, type Problem } from '../errors.ts'
import type { Editable } from './changeable.ts'
import { type Path, printPath, problemsOf } from './issue.ts'
import { overlay, type Shorthand } from './overlay.ts'
import { type BottleSpec, specSchema } from './schema.ts'

/** A spec as it was written: its text, the name of its file, which bottle of a manifest, and the shorthands over it. */
export interface SpecSource {
  readonly text: string
  readonly file: string
  readonly bottle?: string | undefined
  readonly shorthand?: Shorthand
}

/** A spec and where its parts were written. */
export interface Loaded {
  readonly spec: BottleSpec
  /** Where the value at a path was written, such as `bottle.yml:7:5` or `input allow:2`. */
  placeOf(path: Path): string
  /** Where in which text it stands. */
  readonly editable: Editable
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
    return { spec: parsed.data, placeOf, editable: { text: source.text, base } }
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

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((one, key) => (one as Record<PropertyKey, unknown> | undefined)?.[key], value)
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? text
}
