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

/** Loads secretlint's recommended rules (about 50 ms) as a function of a text. */
export async function loadTokenFormats(): Promise<(text: string) => Promise<TokenFound[]>> {
  const [{ lintSource }, { rules }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ])
  const config = {
    rules: rules.filter(rule => rule.meta.id !== obeysTheText).map(rule => ({ id: rule.meta.id, rule, options })),
  }
  return async text => {
    const { messages } = await lintSource({
      source: { filePath: 'text.txt', content: text, contentType: 'text', ext: '.txt' },
      options: { config, noPhysicFilePath: true },
    })
    return messages.map(({ ruleId, range }) => ({ rule: nameOf(ruleId), from: range[0], to: range[1] }))
  }
}

function nameOf(ruleId: string): string {
  return ruleId.replace(/^.*secretlint-rule-/, '').replaceAll('-', ' ')
}
