// Writes docs/spec.schema.json and docs/spec.md from the zod schema. `--check` writes nothing and exits 1 when they differ.
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { specSchema } from '../src/spec/schema.ts'

interface Node {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly anyOf?: readonly Node[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
}

const schema = z.toJSONSchema(specSchema, { io: 'input', unrepresentable: 'any' }) as Node
const files = {
  'docs/spec.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
  'docs/spec.md': page(schema),
}

const differing = Object.entries(files).filter(([path, text]) => text !== readOr(path, ''))
if (process.argv.includes('--check')) {
  for (const [path] of differing)
    process.stderr.write(`${path} is not what the schema says; run \`node scripts/spec-docs.ts\`\n`)
  process.exitCode = differing.length > 0 ? 1 : 0
} else {
  for (const [path, text] of differing) writeFileSync(path, text)
}

function page(root: Node): string {
  return [
    '# The bottle spec',
    '',
    'Generated from `src/spec/schema.ts`. YAML; a key that is not in this table is an error.',
    'A manifest holds several specs under `bottles: {name: …}`; the input `bottle` names one.',
    'Editors check a spec that begins with `# yaml-language-server: $schema=…/docs/spec.schema.json`.',
    '',
    '| key | type | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows(root, ''),
    '',
  ].join('\n')
}

function rows(node: Node, path: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const name = path ? `${path}.${key}` : key
    if (child.properties) return rows(child, name)
    const inner = child.items?.properties ? rows(child.items, `${name}[]`) : []
    const otherwise = child.default === undefined ? '' : `\`${JSON.stringify(child.default)}\``
    const meaning = (child.description ?? '').replaceAll('|', '\\|')
    return [`| \`${name}\` | ${typeOf(child)} | ${otherwise} | ${meaning} |`, ...inner]
  })
}

function typeOf(node: Node): string {
  if (node.anyOf) return node.anyOf.map(typeOf).join(' or ')
  if (node.enum) return node.enum.map(one => `\`${one}\``).join(', ')
  if (node.type === 'array') return `list of ${node.items?.properties ? 'mapping' : (node.items?.type ?? 'string')}s`
  return node.type === 'object' ? 'mapping' : (node.type ?? 'string')
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}
