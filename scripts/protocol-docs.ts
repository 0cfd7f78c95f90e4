// Writes the table of docs/protocols.md from the cases that test/docker/protocols.test.ts runs. `--check` writes nothing
// and exits 1 when they differ.
import { readFileSync, writeFileSync } from 'node:fs'
import { documentedRows } from '../test/support/clients/table.ts'

const path = 'docs/protocols.md'
const page = readFileSync(path, 'utf8')
const [before = '', rest = ''] = page.split(/(?<=<!-- table[^\n]*-->\n)/)
const after = rest.slice(rest.indexOf('\n\n'))
const wanted = `${before}${documentedRows().join('\n')}${after}`

if (!process.argv.includes('--check')) writeFileSync(path, wanted)
else if (wanted !== page) {
  process.stderr.write(`${path} is not what the suite runs; run \`node scripts/protocol-docs.ts\`\n`)
  process.exitCode = 1
}
