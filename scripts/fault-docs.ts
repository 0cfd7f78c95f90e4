// Writes the tables of docs/fails-closed.md and docs/leaves-nothing.md from the faults that test/docker/faults.test.ts and
// the lives that test/docker/lives run. `--check` writes nothing and exits 1 when they differ.
import { readFileSync, writeFileSync } from 'node:fs'
import * as faults from '../test/support/faults/table.ts'
import * as lives from '../test/support/lives/table.ts'

const documents: [string, string[]][] = [
  [faults.page, faults.documentedFaults()],
  [lives.page, lives.documentedLives()],
]

for (const [page, table] of documents) {
  const text = readFileSync(page, 'utf8')
  const [before = '', rest = ''] = text.split(/(?<=<!-- table[^\n]*-->\n)/)
  const after = rest.slice(rest.indexOf('\n\n'))
  const wanted = `${before}${table.join('\n')}${after}`
  if (!process.argv.includes('--check')) writeFileSync(page, wanted)
  else if (wanted !== text) {
    process.stderr.write(`${page} is not what the suites run; run \`node scripts/fault-docs.ts\`\n`)
    process.exitCode = 1
  }
}
