/** Inputs that stand for single keys of the spec, as written; an absent one is undefined. */
export type Shorthand = Readonly<Record<string, string | undefined>>

/** Where a value came from: the input's name, and the line in it. */
export interface Origin {
  readonly input: string
  readonly line: number
}

type Json = Record<string, unknown>

/** A spec with its shorthands laid over it, and where those of its values came from, by dotted path. */
export interface Overlaid {
  readonly value: unknown
  readonly origins: ReadonlyMap<string, Origin>
}

/**
 * Lays the shorthand inputs over a spec as it was parsed from YAML. Scalars replace (`tls` is `inspect` or `off`); `allow`, `presets`, `secrets` and
 * `services` add to their lists; `env` adds to its map. What is no mapping is returned as it is: the schema will say so.
 */
export function overlay(spec: unknown, shorthand: Shorthand): Overlaid {
  const origins = new Map<string, Origin>()
  if (spec !== null && spec !== undefined && (typeof spec !== 'object' || Array.isArray(spec)))
    return { value: spec, origins }
  const value = structuredClone((spec ?? {}) as Json)
  const put = (path: readonly string[], one: unknown, input: string, line = 1) => {
    const parent = path.slice(0, -1).reduce<Json | undefined>((at, key) => child(at, key), value)
    if (!parent) return
    parent[path.at(-1) ?? ''] = one
    origins.set(path.join('.'), { input, line })
  }
  for (const [input, path] of scalars) {
    const text = shorthand[input]
    if (text !== undefined) put(path, input === 'run' || input === 'shell' ? text : text.trim(), input)
  }
  const tls = shorthand.tls?.trim()
  if (tls !== undefined) put(['egress', 'tls', 'inspect'], inspects[tls] ?? tls, 'tls')
  for (const input of ['receipts', 'require-bottle']) {
    const text = shorthand[input]?.trim()
    if (text !== undefined) put([input], flags[text] ?? text, input)
  }
  for (const [input, path] of lists) {
    for (const { text, line } of words(shorthand[input])) {
      const parent = path.slice(0, -1).reduce<Json | undefined>((at, key) => child(at, key), value)
      const key = path.at(-1) ?? ''
      if (parent) parent[key] ??= []
      const items = parent?.[key]
      // What is no list stays as it is: the schema says so better.
      if (!Array.isArray(items)) continue
      origins.set([...path, items.length].join('.'), { input, line })
      items.push(text)
    }
  }
  for (const { text, line } of lines(shorthand.env)) {
    const equals = text.indexOf('=')
    if (equals < 0) put(['env', text.trim()], undefined, 'env', line)
    else put(['env', text.slice(0, equals).trim()], text.slice(equals + 1), 'env', line)
  }
  return { value, origins }
}

const scalars: readonly (readonly [string, readonly string[]])[] = [
  ['run', ['run']],
  ['shell', ['shell']],
  ['image', ['image']],
  ['workspace', ['workspace']],
  ['gate', ['egress', 'gate']],
  ['mode', ['egress', 'mode']],
  ['fail-on', ['egress', 'fail-on']],
  ['timeout', ['limits', 'timeout']],
]

// What the input `tls` says in words, and how its key is written; anything else is left for the schema to refuse.
const inspects: Readonly<Record<string, boolean>> = { inspect: true, true: true, off: false, false: false }

// What the inputs that are a yes or a no say; anything else is left for the schema to refuse.
const flags: Readonly<Record<string, boolean>> = { true: true, false: false }

const lists: readonly (readonly [string, readonly string[]])[] = [
  ['allow', ['egress', 'allowlist']],
  ['presets', ['egress', 'presets']],
  ['secrets', ['secrets']],
  ['services', ['services']],
]

function child(at: Json | undefined, key: string): Json | undefined {
  if (!at) return undefined
  at[key] ??= {}
  const next = at[key]
  return typeof next === 'object' && next !== null ? (next as Json) : undefined
}

function lines(text: string | undefined): { text: string; line: number }[] {
  return (text ?? '')
    .split(/\r?\n/)
    .map((one, i) => ({ text: one.trim(), line: i + 1 }))
    .filter(one => one.text !== '' && !one.text.startsWith('#'))
}

/** The words of a list input and their lines: apart by newlines, commas or blanks; `#` begins a comment. */
export function words(text: string | undefined): { text: string; line: number }[] {
  return lines(text).flatMap(({ text, line }) =>
    text
      .replace(/(^|\s)#.*$/, '')
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(word => ({ text: word, line })),
  )
}
