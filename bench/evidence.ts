// Prints what it costs to make the evidence of a million lines, beside jq on the same file; and whether the live follow
// of a container's log keeps up. LINES and RATE change how many lines there are and how many come in a second.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeGateLog } from './evidence/gate-lines.ts'
import { followLive } from './evidence/live.ts'

const count = Number(process.env.LINES ?? 1_000_000)
const rate = Number(process.env.RATE ?? 50_000)
const rounds = Number(process.env.ROUNDS ?? 3)
const mebibyte = 1024 * 1024
const filter = 'select(.event=="blocked")'

const root = mkdtempSync(join(tmpdir(), 'bottle-bench-'))
try {
  const file = join(root, 'gate.jsonl')
  const bytes = writeGateLog(file, count)
  process.stderr.write(`${count} lines, ${mib(bytes)}\n`)
  const ours: { ms: number; maxRssKb: number; counts: object }[] = []
  const theirs: number[] = []
  let files: string[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    const jq = spawnSync('jq', ['-c', filter, file], { stdio: ['ignore', 'ignore', 'inherit'] })
    if (jq.error) throw new Error('jq is missing: apt-get install jq', { cause: jq.error })
    theirs.push(performance.now() - started)
    const folder = join(root, `evidence-${round}`)
    const made = spawnSync(process.execPath, [join(import.meta.dirname, 'evidence/from-file.ts'), file, folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (made.status !== 0) throw new Error(`the evidence was not made: exit code ${made.status}`)
    ours.push(JSON.parse(made.stdout))
    files = readdirSync(folder).map(name => `${name} ${mib(statSync(join(folder, name)).size)}`)
    process.stderr.write(`round ${round + 1}: jq ${seconds(theirs.at(-1))}, evidence ${seconds(ours.at(-1)?.ms)}\n`)
  }
  const [jq, evidence] = [median(theirs), median(ours.map(one => one.ms))]
  const memory = Math.max(...ours.map(one => one.maxRssKb)) / 1024
  console.log(
    `Medians of ${rounds} rounds, in turns; ${cpus().length} × ${cpus()[0]?.model}; ${count} lines, ${mib(bytes)}.\n`,
  )
  console.log('| what | measured | goal | |')
  console.log('| --- | --- | --- | --- |')
  console.log(`| \`jq -c '${filter}'\` | ${seconds(jq)}, ${((jq * 1000) / count).toFixed(1)} µs a line | | |`)
  row(
    'every evidence file',
    `${seconds(evidence)}, ${((evidence * 1000) / count).toFixed(1)} µs a line, ${(evidence / jq).toFixed(2)} × jq`,
    'no slower than jq',
    evidence <= jq,
  )
  row('most memory (RSS)', `${memory.toFixed(0)} MiB`, '≤ 150 MiB', memory <= 150)
  console.log(`| files | ${files.join(', ')} | | |`)
  console.log(`| counts | ${JSON.stringify(ours[0]?.counts)} | | |`)
  const live = await followLive(file, Math.min(count, rate * 10), rate)
  row(
    'live follow of a container',
    `${live.written} lines in ${seconds(live.wroteMs)} (${Math.round((live.written / live.wroteMs) * 1000)} a second), ${live.read} read, ${seconds(live.behindMs)} after the last`,
    `${rate} a second, or what is lost is said`,
    live.read === live.written,
  )
} finally {
  rmSync(root, { recursive: true })
}

function row(what: string, measured: string, goal: string, isMet: boolean): void {
  console.log(`| ${what} | ${measured} | ${goal} | ${isMet ? 'met' : 'MISSED'} |`)
}

function mib(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`
}

function seconds(ms = Number.NaN): string {
  return `${(ms / 1000).toFixed(2)} s`
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
