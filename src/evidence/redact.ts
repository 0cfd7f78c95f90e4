import { createHash } from 'node:crypto'
import { secretForms } from '../gate/program/encodings.ts'
import { loadTokenFormats, type TokenFound } from '../gate/program/token-formats.ts'

/** Takes secrets out of texts before they leave the host. What remains of a line is still useful. */
export interface Redactor {
  /** Takes out the run's own secrets alone, in every form we can write, and nothing else: for what people read at once. */
  known(text: string): string
  text(text: string): Promise<string>
  /** Is a secret of the run in it, in any form we can write, or something of a token's format? */
  holds(text: string): Promise<boolean>
  /** A JSON value, every string in it redacted; keys stay. */
  value<T>(value: T): Promise<T>
}

const mark = '***'

// Token formats are told by a run of characters no prose has: what holds none cannot match (secretlint's shortest is 16).
const mayHoldToken = /[A-Za-z0-9+/=_.-]{16,}|-----BEGIN|:\/\/[^\s/]*@/

/**
 * Makes a redactor of the run's own secrets (in every form we can write) and of token formats. URLs lose their userinfo,
 * query and fragment; long random labels of host names become a fingerprint. Redacting twice changes nothing more.
 */
export async function createRedactor(secrets: readonly string[]): Promise<Redactor> {
  const lines = secrets.flatMap(secret => [secret, ...secret.split(/\r?\n/)]).filter(line => line.trim().length >= 4)
  const forms = lines.flatMap(line => secretForms(line).concat({ name: 'plain', text: line }))
  const wanted = [...new Set(forms.map(form => form.text))].sort((a, b) => b.length - a.length)
  const known = wanted.length > 0 ? new RegExp(wanted.map(literally).join('|'), 'gi') : undefined
  const findTokens = await loadTokenFormats()
  const withoutKnown = (given: string) => (known ? given.replace(known, mark) : given)
  const text = async (given: string): Promise<string> => {
    let result = withoutUrlSecrets(withoutKnown(given))
    if (mayHoldToken.test(result)) result = cut(result, await findTokens(result))
    return result.replace(/(?<![\w.-])(?:[\w-]+\.)+[\w-]{2,}(?![\w-])/g, shortLabels)
  }
  const holds = async (given: string) => (known && given.search(known) >= 0) || (await findTokens(given)).length > 0
  return { known: withoutKnown, text, holds, value: value => walk(value, text) }
}

// Only the last of a URL's parts that can hold a secret are dropped; scheme, host and path say where it went.
function withoutUrlSecrets(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>]*@/gi, '$1')
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, '$1')
}

function cut(text: string, tokens: readonly TokenFound[]): string {
  let result = text
  for (const { from, to } of [...tokens].sort((a, b) => b.from - a.from))
    result = result.slice(0, from) + mark + result.slice(to)
  return result
}

// Labels that read like data: long, and with digits among the letters or hardly any vowels.
function shortLabels(host: string): string {
  return host
    .split('.')
    .map((label, i, labels) => (i < labels.length - 1 && looksRandom(label) ? `[label-${fingerprint(label)}]` : label))
    .join('.')
}

// The same label always gets the same stand-in, so repeats still group.
function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6)
}

/** Does this one word read like data and not like a name? */
export function looksRandom(label: string): boolean {
  if (label.length < 20) return false
  const digits = label.match(/\d/g)?.length ?? 0
  const vowels = label.match(/[aeiou]/gi)?.length ?? 0
  return label.length >= 40 || digits >= 3 || vowels < label.length / 6
}

async function walk<T>(value: T, text: (text: string) => Promise<string>): Promise<T> {
  if (typeof value === 'string') return (await text(value)) as T
  if (Array.isArray(value)) return (await Promise.all(value.map(one => walk(one, text)))) as T
  if (value === null || typeof value !== 'object') return value
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, one]) => [key, await walk(one, text)] as const),
  )
  return Object.fromEntries(entries) as T
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
