// Prints how every attempt to get out of a bottle went, by family. `--all` adds a line for each attempt, `--doc` writes
// the table into docs/escapes.md; names of parts (gate, network, kernel) run those alone.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Part, parts } from '../test/support/escapes/families/all.ts'
import { makeAttempts, type Verdict } from '../test/support/escapes/suite.ts'
import { familyTable, wrong } from '../test/support/escapes/table.ts'
import { programOf } from '../test/support/gate/raise.ts'
import { presentGates } from '../test/support/gates.ts'

const words = process.argv.slice(2)
const wanted = (Object.keys(parts) as Part[]).filter(
  part => words.length === 0 || words.every(word => word.startsWith('--')) || words.includes(part),
)
const gates = await presentGates()
const verdicts: Verdict[] = []
const strangers: string[] = []
for (const part of wanted) {
  // What only the network and the kernel hold back is the same behind either gate.
  for (const gate of part === 'gate' ? gates : gates.slice(0, 1)) {
    const started = Date.now()
    const found = await makeAttempts(part, programOf(gate))
    verdicts.push(...found.verdicts)
    strangers.push(...found.strangers)
    process.stderr.write(
      `${part}, ${gate.name}: ${found.verdicts.length} attempts in ${Math.round((Date.now() - started) / 1000)} s\n`,
    )
  }
}
const table = familyTable(verdicts)
console.log(table)
for (const one of verdicts) {
  const name = `${one.attempt.family}: ${one.attempt.name} (${one.gate})`
  if (one.skipped) console.log(`not run here: ${name}: ${one.skipped}`)
  else if (wrong(one))
    console.log(`${wrong(one)}: ${name}\n    contained: ${one.contained.said}\n    control:   ${one.control.said}`)
  else if (words.includes('--all')) console.log(`held: ${name}: met ${one.attempt.meets}`)
}
for (const one of strangers) console.log(`HEARD: a listener had a packet from the bottle ${one}`)
if (words.includes('--doc')) {
  const path = resolve(import.meta.dirname, '../docs/escapes.md')
  const text = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    text.replace(/(<!-- table -->\n)[\s\S]*?(<!-- end -->)/, (_, begin, end) => `${begin}${table}\n${end}`),
  )
}
process.exitCode = verdicts.some(one => wrong(one)) || strangers.length > 0 ? 1 : 0
