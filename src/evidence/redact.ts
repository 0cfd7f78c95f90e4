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
const plain = /^(?:req-)?[\d.:TZ+-]{0,40}$/
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
    if (plain.test(masked)) return masked
    const result = withoutUrlSecrets(masked)
    return shortLabels(cutOut(result, tokens(result)))
  }
  const text = remembered(redact, memory.texts, memory.longest)
  return {
    known: withoutKnown,
    text,
    holds: given => withoutKnown(given) !== given || tokens(given).length > 0,
    value: value => walk(value, text) as typeof value,
  }
}

function walk(value: unknown, text: (text: string) => string): unknown {
  if (typeof value === 'string') return text(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const clean = value.map(one => walk(one, text))
    return clean.some((one, i) => one !== value[i]) ? clean : value
  }
  let changed = false
  const clean: [string, unknown][] = []
  for (const [key, before] of Object.entries(value)) {
    const after = walk(before, text)
    changed ||= after !== before
    clean.push([key, after])
  }
  return changed ? Object.fromEntries(clean) : value
}
