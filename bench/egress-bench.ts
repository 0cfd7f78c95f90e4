// Runs a folder of agent-egress-bench cases through a real bottle of each gate that is here, and prints what got out.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { BottleError, explain } from '../src/errors.ts'
import { readCases } from './egress-bench/cases.ts'
import { missedGoals } from './egress-bench/figures.ts'
import { measure } from './egress-bench/measure.ts'
import { renderMeasured } from './egress-bench/table.ts'

const usage = './dev egress-bench DIR [--gate built-in|pipelock] [--json FILE] [--doc FILE]'

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 2
}

async function main(words: string[]): Promise<number> {
  const { folder, gate, json, doc } = optionsOf(words)
  const corpus = readCases(folder)
  console.log(`${corpus.cases.length} cases in ${folder}; ${corpus.others.length} other JSON files left out.`)
  const measured = await measure(corpus.cases, gate, line => console.log(line))
  const missed = missedGoals(measured)
  const text = renderMeasured(measured, missed)
  console.log(`\n${text}`)
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ measured, missed }, null, 2)}\n`)
  if (doc !== undefined) writeFileSync(doc, documentWith(readFileSync(doc, 'utf8'), text))
  return missed.length > 0 ? 1 : 0
}

function optionsOf(words: string[]) {
  try {
    const option = { type: 'string' } as const
    const { values, positionals } = parseArgs({
      args: words,
      options: { gate: option, json: option, doc: option },
      allowPositionals: true,
    })
    const folder = positionals[0] ?? process.env.BOTTLE_EGRESS_BENCH
    if (!folder || positionals.length > 1)
      throw new Error(folder ? 'One folder is read' : 'No folder of cases is given')
    if (values.gate !== undefined && !/^(built-in|pipelock)$/.test(values.gate))
      throw new Error(`${JSON.stringify(values.gate)} is not a gate`)
    return { folder, ...values }
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.split('. ')[0] : String(cause)
    throw new BottleError(`${said}.`, `Type: ${usage}   (or set BOTTLE_EGRESS_BENCH)`, { cause })
  }
}

// What was measured last follows this line of the document.
function documentWith(document: string, text: string): string {
  const mark = '<!-- measured: written by ./dev egress-bench DIR --doc FILE -->'
  const at = document.indexOf(mark)
  if (at < 0) throw new BottleError('The document has no place for the figures.', `Put this line into it: ${mark}`)
  return `${document.slice(0, at)}${mark}\n\n${text}\n`
}
