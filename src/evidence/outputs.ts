import type { Redactor } from './redact.ts'

/** What an agent set as outputs: values by declared name, and what was not taken, a sentence each in hostile text. */
export interface AgentOutputs {
  readonly values: Readonly<Record<string, string>>
  readonly refused: readonly string[]
}

/** The most that is taken, all outputs together, in bytes. */
export const longestOutputs = 64 * 1024

const mostSentences = 10

/**
 * Reads what an agent wrote to its output file: `name=value` lines and `name<<DELIMITER` blocks, as in GITHUB_OUTPUT
 * (facts/platform §2.2). Only declared names are taken, the last value of each, without control characters; a value
 * that holds a secret is refused. A file that breaks off or is no such list is taken as far as it can be read.
 */
export async function agentOutputs(
  text: string,
  declared: readonly string[],
  redactor: Pick<Redactor, 'holds'>,
): Promise<AgentOutputs> {
  const values: Record<string, string> = {}
  const refused = new Set<string>()
  const { pairs, broken } = pairsOf(text)
  for (const [name, written] of pairs) {
    const value = written.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g, '')
    if (!declared.includes(name)) refused.add(`${JSON.stringify(name.slice(0, 60))} is not one of \`outputs\``)
    else if (await redactor.holds(value)) {
      refused.add(`the value of ${name} holds a secret`)
      delete values[name]
    } else values[name] = value
  }
  if (broken) refused.add(broken)
  return { values, refused: [...refused].slice(0, mostSentences) }
}

/** The pairs of such a file, as far as it can be read, and where it breaks off. */
export function pairsOf(text: string): { pairs: [string, string][]; broken?: string } {
  const pairs: [string, string][] = []
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line === '') continue
    const [, name = '', sign, rest = ''] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? []
    if (!sign) return { pairs, broken: `line ${at + 1} is neither name=value nor name<<DELIMITER` }
    if (sign === '=') pairs.push([name, rest])
    else {
      const end = lines.indexOf(rest, at + 1)
      if (end < 0 || rest === '') return { pairs, broken: `the block that begins on line ${at + 1} does not end` }
      pairs.push([name, lines.slice(at + 1, end).join('\n')])
      at = end
    }
  }
  return { pairs }
}
