// Writes docs/summary.schema.json and docs/blocked.schema.json from the zod schemas, and the table of events.jsonl in
// docs/evidence.md from what the contract suite asserts of both gates. `--check` writes nothing and exits 1 when they differ.
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { blockedSchema, summarySchema } from '../src/evidence/schema.ts'
import { documentedLines } from '../test/support/gate/log-lines.ts'

const page = 'docs/evidence.md'
const files = {
  'docs/summary.schema.json': schemaOf('summary', summarySchema),
  'docs/blocked.schema.json': schemaOf('blocked', blockedSchema),
  [page]: readFileSync(page, 'utf8').replace(
    /(<!-- events[^\n]*-->\n)[\s\S]*?(?=\n\n)/,
    (_, head: string) => `${head}${documentedLines().join('\n')}`,
  ),
}

const differing = Object.entries(files).filter(([path, text]) => text !== readOr(path, ''))
if (process.argv.includes('--check')) {
  for (const [path] of differing)
    process.stderr.write(`${path} is not what the code says; run \`node scripts/evidence-docs.ts\`\n`)
  process.exitCode = differing.length > 0 ? 1 : 0
} else {
  for (const [path, text] of differing) writeFileSync(path, text)
}

// As it is written: a field that the schema does not name is a mistake there, though readers pass over it.
function schemaOf(name: string, schema: z.ZodType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'output' })
  return `${JSON.stringify({ $schema, $id: `urn:bottle:${name}:1`, ...rest }, null, 2)}\n`
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}
