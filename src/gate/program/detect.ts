import { setImmediate as breathe } from 'node:timers/promises'
import { candidates } from './candidates.ts'
import { secretForms, secretPieces } from './encodings.ts'
import { loadTokenFormats } from './token-formats.ts'

/** What was found in a text: its name, and the reason for the log. Neither holds the secret. */
export interface Finding {
  readonly name: string
  readonly reason: string
}

/** Looks for secrets in a text; resolves with the first finding or undefined. */
export type Detector = (text: string) => Promise<Finding | undefined>

const window = 256 * 1024
const overlap = 4096
const patienceMs = 60_000

/**
 * Makes a detector of the known secrets (in every form we can write, and in pieces), of token formats (secretlint's
 * recommended rules and the vendors' prefixes), and of numbers and keys that a checksum tells. Loads the rules now, so
 * that no request waits for them. A text that cannot be looked through within a minute counts as a finding.
 */
export async function createDetector(known: readonly string[]): Promise<Detector> {
  const findKnown = knownSecrets(known)
  const [findTokens, { checkedFormats }] = await Promise.all([loadTokenFormats(), import('./personal-numbers.ts')])
  const search = async (piece: string): Promise<Finding | undefined> => {
    const { texts, whole } = candidates(piece)
    const secret = findKnown(texts)
    if (secret) return { name: `known secret (${secret})`, reason: `known secret leak detected (${secret})` }
    const all = texts.join('\n\n')
    const [token] = await findTokens(all)
    if (token) return { name: token.rule, reason: `DLP match: ${token.rule} (critical)` }
    const checked = checkedFormats.find(format => format.found(all))
    if (checked) return { name: checked.name, reason: `DLP match: ${checked.name} (high)` }
    return whole ? undefined : unscanned('more encoded text than can be scanned')
  }
  return async text => {
    const limit = performance.now() + patienceMs
    for (let at = 0; at < text.length; at += window) {
      if (performance.now() > limit) return unscanned('text that takes too long to scan')
      const finding = await search(text.slice(Math.max(0, at - overlap), at + window))
      if (finding) return finding
      // Others wait for the same thread: let them through between two windows.
      if (text.length > window) await breathe()
    }
    return undefined
  }
}

const unscanned = (reason: string): Finding => ({ name: reason, reason })

// Without regard to case: a secret in capitals is the secret.
function knownSecrets(known: readonly string[]): (texts: readonly string[]) => string | undefined {
  const forms = known.flatMap(secretForms).map(({ name, text }) => ({ name, text: text.toLowerCase() }))
  const pieces = known
    .flatMap(secretPieces)
    .map(({ texts, least }) => ({ texts: texts.map(text => text.toLowerCase()), least }))
  return texts => {
    const lower = texts.map(text => text.toLowerCase())
    const holds = (piece: string) => lower.some(text => text.includes(piece))
    const form = forms.find(one => holds(one.text))
    if (form) return form.name
    return pieces.some(({ texts, least }) => texts.filter(holds).length >= least) ? 'in pieces' : undefined
  }
}
