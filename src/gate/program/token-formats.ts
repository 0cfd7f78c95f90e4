import type { SecretLintRulePresetCreator } from '@secretlint/types'

/** A token format found in a text: the rule's name, and where, in characters. */
export interface TokenFound {
  readonly rule: string
  readonly from: number
  readonly to: number
}

// AWS access key ids count as secrets here, as they do for pipelock; secretlint leaves them out unless asked.
const rules = [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }]

/** Loads secretlint's recommended rules (about 50 ms) as a function of a text. */
export async function loadTokenFormats(): Promise<(text: string) => Promise<TokenFound[]>> {
  const [{ lintSource }, preset] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ])
  const config = { rules: [{ id: 'preset', rule: preset.creator as SecretLintRulePresetCreator, options: {}, rules }] }
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
