import { type VendorToken, vendorTokens } from './vendor-tokens.ts'

/** A token format found in a text: the rule's name, and where, in characters. */
export interface TokenFound {
  readonly rule: string
  readonly from: number
  readonly to: number
}

// This rule lets a text declare that it holds no secret ("secretlint-disable"): here the text is the suspect.
const obeysTheText = '@secretlint/secretlint-rule-filter-comments'
// AWS access key ids count as secrets here, as they do for pipelock; secretlint leaves them out unless asked.
const options = { enableIDScanRule: true }

/** Loads secretlint's recommended rules (about 50 ms) and the vendors' formats as one function of a text. */
export async function loadTokenFormats(): Promise<(text: string) => Promise<TokenFound[]>> {
  const [{ lintSource }, { rules }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ])
  // It keeps about a hundred marks a text for as long as the process lives, and a gate looks at millions.
  secretLintProfiler.setEnabled(false)
  const config = {
    rules: rules.filter(rule => rule.meta.id !== obeysTheText).map(rule => ({ id: rule.meta.id, rule, options })),
  }
  return async text => {
    const { messages } = await lintSource({
      source: { filePath: 'text.txt', content: text, contentType: 'text', ext: '.txt' },
      options: { config, noPhysicFilePath: true },
    })
    const lower = text.toLowerCase()
    return [
      ...messages.map(({ ruleId, range }) => ({ rule: nameOf(ruleId), from: range[0], to: range[1] })),
      ...vendorTokens.filter(({ needle }) => lower.includes(needle)).flatMap(format => occurrences(format, text)),
    ]
  }
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
