import { secretForms } from '../gate/program/encodings.ts'
import { shortLabels } from './host-labels.ts'
import { maskKnown } from './known-secrets.ts'
import { remembered } from './remembered.ts'
import { cutOut } from './spans.ts'
import { loadTokenSearch } from './token-search.ts'
import { withoutUrlSecrets } from './url-secrets.ts'

/** Takes secrets out of texts before they leave the host. What remains of a line is still useful. */
export interface Redactor {
  /** Takes out the run's own secrets alone, in every form we can write, and nothing else: for what people read at once. */
  known(text: string): string
  text(text: string): string
  /** Is a secret of the run in it, in any form we can write, or something of a token's format? */
  holds(text: string): boolean
  /** A JSON value, every string in it redacted; keys stay. What holds nothing to redact comes back as it is. */
  value<T>(value: T): T
}

// Numbers, times, addresses and the gates' request ids are no token: most of a log's texts are one of these.
const plain = /^(?:req-)?[\d.:TZ+-]*$/
const longestPlain = 40
// Written by the gate out of its own words, in every line, whoever asked it for what.
const ownWords: ReadonlySet<string> = new Set(['level', 'component', 'event', 'mitre_technique', 'message'])
const nothing: ReadonlySet<string> = new Set()
const memory = { texts: 4096, longest: 512 }

/**
 * Makes a redactor of the run's own secrets (in every form we can write) and of token formats. URLs lose their userinfo,
 * query and fragment; long random labels of host names become a fingerprint. Redacting twice changes nothing more.
 */
export async function createRedactor(secrets: readonly string[], formsOf = secretForms): Promise<Redactor> {
  const withoutKnown = maskKnown(secrets, formsOf)
  const tokens = await loadTokenSearch()
  const redact = (given: string) => {
    const masked = withoutKnown(given)
    const result = withoutUrlSecrets(masked)
    return shortLabels(cutOut(result, tokens(result)))
  }
  const known = remembered(redact, memory.texts, memory.longest)
  // Nearly all of these come once: there is nothing to remember.
  const text = (given: string) =>
    given.length <= longestPlain && plain.test(given) ? withoutKnown(given) : known(given)
  return {
    known: withoutKnown,
    text,
    holds: given => withoutKnown(given) !== given || tokens(given).length > 0,
    value: value => walk(value, text, ownWords) as typeof value,
  }
}

function walk(value: unknown, text: (text: string) => string, passed: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return text(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const clean = value.map(one => walk(one, text, nothing))
    return clean.some((one, i) => one !== value[i]) ? clean : value
  }
  let clean: Record<string, unknown> | undefined
  for (const key in value) {
    const before = (value as Record<string, unknown>)[key]
    if (passed.has(key)) continue
    const after = walk(before, text, nothing)
    if (after === before) continue
    // Defined and not assigned: `__proto__` is a name like another here.
    clean ??= Object.fromEntries(Object.entries(value))
    Object.defineProperty(clean, key, { value: after, enumerable: true, configurable: true, writable: true })
  }
  return clean ?? value
}
