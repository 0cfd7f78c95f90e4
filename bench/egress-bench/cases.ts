import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { BottleError } from '../../src/errors.ts'

/** One case of agent-egress-bench as its file says it; fields that it does not have are empty. */
export interface Case {
  readonly id: string
  readonly file: string
  readonly category: string
  readonly inputType: string
  readonly transport: string
  readonly payload: Readonly<Record<string, unknown>>
  /** `block`, `allow`, or whatever else the file asks for. */
  readonly expected: string
  readonly requires: readonly string[]
  readonly tags: readonly string[]
  readonly why: string
}

/** A folder of cases, and how many of its JSON files are none. */
export interface Corpus {
  readonly cases: readonly Case[]
  readonly others: readonly string[]
}

/**
 * Reads every `.json` file below a folder, in the order of their paths. A file may hold one case or a list of them; one
 * without a payload and a verdict is no case. Throws a BottleError that names the folder or file when it cannot be read.
 */
export function readCases(folder: string): Corpus {
  const files = jsonFiles(folder)
  const cases: Case[] = []
  const others: string[] = []
  for (const file of files) {
    const value = parse(join(folder, file), file)
    const found = (Array.isArray(value) ? value : [value]).flatMap(one => caseOf(one, file) ?? [])
    if (found.length === 0) others.push(file)
    cases.push(...found)
  }
  if (cases.length === 0) {
    const held = files.length === 0 ? 'no .json file' : `${files.length} .json files, but none with a case`
    throw new BottleError(`${folder} holds ${held}.`, example)
  }
  return { cases, others }
}

const example = 'Type the folder of the cases: ./dev egress-bench ../shared/egress-bench'

function jsonFiles(folder: string): string[] {
  const stat = statSync(folder, { throwIfNoEntry: false })
  if (!stat) throw new BottleError(`There is no folder ${folder}.`, example)
  if (!stat.isDirectory()) throw new BottleError(`${folder} is a file, not a folder of cases.`, example)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.json'))
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .filter(path => !path.split('/').includes('node_modules'))
    .sort()
}

function parse(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''))
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause)
    throw new BottleError(`${file} is not JSON: ${words}.`, `Mend or remove ${path}, then run it again.`, { cause })
  }
}

function caseOf(value: unknown, file: string): Case | undefined {
  if (!isRecord(value) || !isRecord(value.payload) || typeof value.expected_verdict !== 'string') return undefined
  const text = (name: string) => (typeof value[name] === 'string' ? (value[name] as string) : '')
  const texts = (name: string) => {
    const list = value[name]
    return Array.isArray(list) ? list.filter(one => typeof one === 'string') : []
  }
  return {
    id: text('id') || basename(file, '.json'),
    file,
    category: text('category') || basename(dirname(file)).replaceAll('-', '_'),
    inputType: text('input_type'),
    transport: text('transport'),
    payload: value.payload,
    expected: value.expected_verdict,
    requires: texts('requires'),
    tags: texts('capability_tags'),
    why: text('why_expected'),
  }
}

/** Is a JSON value an object with keys? */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
