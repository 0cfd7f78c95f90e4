// Writes the table of docs/fails-closed.md from the faults that test/docker/faults.test.ts runs. `--check` writes nothing
// and exits 1 when they differ.
import { readFileSync, writeFileSync } from 'node:fs'
import { documentedFaults, page } from '../test/support/faults/table.ts'

const text = readFileSync(page, 'utf8')
const [before = '', rest = ''] = text.split(/(?<=<!-- table[^\n]*-->\n)/)
const after = rest.slice(rest.indexOf('\n\n'))
const wanted = `${before}${documentedFaults().join('\n')}${after}`

if (!process.argv.includes('--check')) writeFileSync(page, wanted)
else if (wanted !== text) {
  process.stderr.write(`${page} is not what the suite runs; run \`node scripts/fault-docs.ts\`\n`)
  process.exitCode = 1
}
