import { type VendorToken, vendorTokens } from './vendor-tokens.ts'

/** A token format found in a text: the rule's name, and where, in characters. */
export interface TokenFound {
  readonly rule: string
  readonly from: number
  readonly to: number
}

/** Finds what looks like a token in a text. */
export type FindTokens = (text: string) => TokenFound[]

// This rule lets a text declare that it holds no secret ("secretlint-disable"): here the text is the suspect.
const obeysTheText = '@secretlint/secretlint-rule-filter-comments'
// AWS access key ids count as secrets here, as they do for pipelock; secretlint leaves them out unless asked.
const options = { enableIDScanRule: true }

/** Loads secretlint's recommended rules (about 50 ms) and the vendors' formats as one function of a text. */
export async function loadTokenFormats(): Promise<FindTokens> {
  const findByRules = await loadRules()
  return text => [...findByRules(text), ...findByVendor(text)]
}

/**
 * Loads secretlint's recommended rules alone. Each is made once and asked directly: secretlint's own runner makes all of
 * them anew for every text, which takes several times as long as the search.
 */
export async function loadRules(): Promise<FindTokens> {
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend')
  let found: TokenFound[] = []
  const scanners = rules
    .filter(rule => rule.meta.id !== obeysTheText)
    .map(rule => {
      const name = nameOf(rule.meta.id)
      const report = ({ range }: { range: readonly [number, number] }) => {
        found.push({ rule: name, from: range[0], to: range[1] })
      }
      const context = { sharedOptions: {}, createTranslator: () => noMessage, ignore() {}, report }
      return rule.create(context as never, options as never)
    })
  return text => {
    found = []
    const source = { content: text, filePath: 'text.txt', ext: '.txt', contentType: 'text' }
    for (const scanner of scanners) scanner.file?.(source as never)
    return found
  }
}

function noMessage(): { message: string; messageId: string } {
  return { message: '', messageId: '' }
}

/** Finds the vendors' formats alone: a text that holds none of their needles costs next to nothing. */
export function findByVendor(text: string): TokenFound[] {
  if (!needles.test(text) && !shortOnes.test(text)) return []
  const lower = text.toLowerCase()
  return vendorTokens.filter(({ needle }) => lower.includes(needle)).flatMap(format => occurrences(format, text))
}

// Asked one by one, the needles take as long as everything else that is done with a text. Those of one letter or two are in
// every text: there the formats themselves are asked for, all at once.
const isShort = ({ needle }: VendorToken) => needle.length < 3
const shortOnes = either(vendorTokens.filter(isShort).map(({ pattern }) => pattern.source))
const needles = either(vendorTokens.filter(one => !isShort(one)).map(({ needle }) => RegExp.escape(needle)))

function either(sources: readonly string[]): RegExp {
  return new RegExp(sources.map(source => `(?:${source})`).join('|'), 'i')
}

function nameOf(ruleId: string): string {
  return ruleId.replace(/^.*secretlint-rule-/, '').replaceAll('-', ' ')
}

const mostOccurrences = 1000

function occurrences({ name, pattern }: VendorToken, text: string): TokenFound[] {
  const found: TokenFound[] = []
  for (const match of text.matchAll(pattern)) {
    if (found.length === mostOccurrences) break
    const token = match[0]
    if (!isPlaceholder(token)) found.push({ rule: name, from: match.index, to: end(text, match.index + token.length) })
  }
  return found
}

// `sk-ant-your-key-here` and `ghp_xxxxxxxx…` stand in documents: words only, or hardly any different characters.
function isPlaceholder(token: string): boolean {
  return !/[0-9A-Z]/.test(token) || new Set(token).size < 7
}

// A pattern asks for enough of a token; the rest of it goes with it.
function end(text: string, from: number): number {
  let to = from
  while (to < text.length && /[A-Za-z0-9_-]/.test(text[to] ?? '')) to++
  return to
}
