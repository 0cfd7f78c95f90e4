import { setImmediate as breathe } from 'node:timers/promises'
import { candidates } from './candidates.ts'
import { secretForms } from './encodings.ts'
import { loadTokenFormats } from './token-formats.ts'

/** What was found in a text: the reason for the log. Never holds the secret. */
export interface Finding {
  readonly reason: string
}

/** Looks for secrets in a text; resolves with the first finding or undefined. */
export type Detector = (text: string) => Promise<Finding | undefined>

const window = 512 * 1024
const overlap = 4096

/**
 * Makes a detector of the known secrets (in every form we can write) and of token formats, by secretlint's
 * recommended rules. Loads the rules now, so that no request waits for them.
 */
export async function createDetector(known: readonly string[]): Promise<Detector> {
  const forms = known.flatMap(secretForms)
  const findTokens = await loadTokenFormats()
  return async text => {
    if (text === '') return undefined
    for (let at = 0; at < text.length; at += window) {
      // A large text must not hold up everybody else's bytes.
      if (at > 0) await breathe()
      const piece = text.slice(Math.max(0, at - overlap), at + window)
      const texts = candidates(piece)
      const form = forms.find(one => texts.some(candidate => candidate.includes(one.text)))
      if (form) return { reason: `known secret leak detected (${form.name})` }
      const [token] = await findTokens(texts.join('\n'))
      if (token) return { reason: `DLP match: ${token.rule} (critical)` }
    }
    return undefined
  }
}
