// Writes docs/messages.md: every message of a BottleError in src/, as a heading, with what to do about it. `--check` writes
// nothing and exits 1 when they differ.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import ts from 'typescript'

const page = 'docs/messages.md'

const rooms: readonly [RegExp, string][] = [
  [/^src\/spec\/|^src\/settle-image|^src\/request/, 'The spec and the inputs'],
  [/^src\/action\//, 'The action'],
  [/^src\/checkout\//, 'The checkout'],
  [/^src\/(gate|plan)\//, 'The gate and the plan'],
  [/^src\/(docker|run)\/|^src\/(live|observe|prepare|run|scratch)\./, 'The engine and the run'],
  [/^src\/(shell|job|shell-program)/, 'Steps of a job'],
  [/^src\/(evidence|report|collect|union)/, 'Evidence and reports'],
  [/./, 'The command line'],
]

interface Message {
  readonly text: string
  readonly fix: string
  readonly room: string
}

/** What an expression may be, as text: what is not written in the source is an ellipsis. */
function texts(node: ts.Expression, source: ts.SourceFile): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isParenthesizedExpression(node)) return texts(node.expression, source)
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue, source), ...texts(node.whenFalse, source)]
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return texts(node.left, source).flatMap(left => texts(node.right, source).map(right => left + right))
  if (ts.isTemplateExpression(node))
    return [node.templateSpans.reduce((text, span) => `${text}…${span.literal.text}`, node.head.text)]
  if (ts.isIdentifier(node)) {
    const value = constant(node.text, source)
    if (value) return texts(value, source)
  }
  return ['…']
}

function constant(name: string, source: ts.SourceFile): ts.Expression | undefined {
  let found: ts.Expression | undefined
  const look = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText(source) === name && node.initializer)
      found ??= node.initializer
    ts.forEachChild(node, look)
  }
  look(source)
  return found
}

function messagesOf(path: string): Message[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const room = rooms.find(([of]) => of.test(path))?.[1] ?? ''
  const found: Message[] = []
  const look = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText(source) === 'BottleError') {
      const [message, fix] = node.arguments ?? []
      const fixes = fix ? texts(fix, source).filter(text => text !== '…' && text !== '') : []
      if (message)
        for (const text of texts(message, source)) found.push({ text, fix: [...new Set(fixes)].join(' Or: '), room })
    }
    ts.forEachChild(node, look)
  }
  look(source)
  // A message without a word of its own is put together elsewhere.
  return found.filter(one => /[a-z]{3,}.*[a-z]{3,}/i.test(one.text))
}

const all = globSync('src/**/*.ts').sort().flatMap(messagesOf)
const words = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/…(\s*…)+/g, '…')
    .replace(/[.:]?\s*$/, '')
    .replace(/[<|]/g, '\\$&')
const sections = [...new Set(rooms.map(([, name]) => name))].map(name => {
  const of = new Map(all.filter(one => one.room === name).map(one => [words(one.text), one.fix] as const))
  const entries = [...of]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([text, fix]) => `### ${text}\n${fix ? `\n${fix}\n` : ''}`)
  return `## ${name}\n\n${entries.join('\n')}`
})
const wanted = `# Messages

Every error that Bottle names, with what to do; \`…\` stands for what differs. Mistakes in a spec come with file, line and
column, and all at once. For what lies behind some of them, see [troubleshooting](troubleshooting.md).

<!-- made by scripts/message-docs.ts -->

${sections.join('\n')}`

if (!process.argv.includes('--check')) writeFileSync(page, wanted)
else if (wanted !== readFileSync(page, 'utf8')) {
  process.stderr.write(`${page} is not what the code says; run \`node scripts/message-docs.ts\`\n`)
  process.exitCode = 1
}
