// Prints what a run costs over the raw engine calls it is made of, measured in turns in this very run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { builtIn } from '../src/gate/built-in.ts'
import type { Gate } from '../src/gate/gate.ts'
import { pipelock } from '../src/gate/pipelock.ts'
import { median, planFloor, type Timing, time } from './timing.ts'

const rounds = Number(process.env.ROUNDS ?? 7)
const project = resolve(import.meta.dirname, '..')
const temp = mkdtempSync(join(tmpdir(), 'bottle-bench-'))
const image = 'bottle-test/tiny:1'
const run = 'echo x'

const local = process.env.BOTTLE_PIPELOCK_IMAGE
const gates: [Gate, string[]][] = [
  [builtIn(join(project, 'dist/gate')), ['--gate', 'built-in']],
  ...(local ? [[pipelock(local), ['--gate', 'pipelock', '--pipelock-image', local]] as [Gate, string[]]] : []),
]

console.log(`Medians of ${rounds} rounds, in milliseconds; each round measures both, one after the other.\n`)
const rows: string[][] = []
for (const [gate, words] of gates) {
  const [floor, bottle]: [Timing[], Timing[]] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    const one = await time(await planFloor(gate, { image, run, temp }), temp)
    const other = await time(
      [join(project, 'dist/cli/index.js'), 'run', '--image', image, '--run', run, ...words],
      temp,
    )
    // The first round warms the caches of both and is not counted.
    if (round === 0) continue
    floor.push(one)
    bottle.push(other)
  }
  rows.push(
    row(
      `${gate.facts.name}: lifecycle around \`true\``,
      floor.map(one => one.total),
      bottle.map(one => one.total),
      1.25,
    ),
  )
  rows.push(
    row(
      `${gate.facts.name}: the agent's first byte`,
      floor.map(one => one.first),
      bottle.map(one => one.first),
      1.25,
    ),
  )
}
const empty = join(temp, 'empty.mjs')
writeFileSync(empty, '')
for (const name of ['main', 'post', 'cli', 'gate']) {
  const [floor, bundle]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds * 2; round++) {
    floor.push((await time([empty], temp)).total)
    bundle.push((await time([join(project, `dist/${name}/index.js`)], temp)).total)
  }
  rows.push(row(`start of dist/${name} over an empty script`, floor, bundle, 3))
}
const head = ['what', 'floor', 'Bottle', 'ratio', 'goal']
const widths = head.map((_, i) => Math.max(...[head, ...rows].map(cells => cells[i]?.length ?? 0)))
for (const cells of [head, ...rows])
  console.log(
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('   '),
  )
await explainStarts()
rmSync(temp, { recursive: true, force: true })

/** Where a bundle's start goes: each package on its own, loaded from node_modules, over an empty script. */
async function explainStarts(): Promise<void> {
  const nothing = median(await repeat(() => time([empty], temp)))
  console.log('\nWhat loading costs, in milliseconds over an empty script:')
  for (const name of ['@actions/core', 'zod', 'dockerode', 'yaml', 'tldts', '@actions/exec', 'tar-stream']) {
    const file = join(project, `.bench-${name.replace(/\W/g, '')}.mjs`)
    writeFileSync(file, `import '${name}'\n`)
    console.log(
      `  ${name.padEnd(14)} ${Math.max(0, median(await repeat(() => time([file], temp))) - nothing).toFixed(0)}`,
    )
    rmSync(file)
  }
}

async function repeat(measure: () => Promise<Timing>): Promise<number[]> {
  const totals: number[] = []
  for (let round = 0; round < rounds; round++) totals.push((await measure()).total)
  return totals
}

function row(what: string, floor: number[], measured: number[], goal: number): string[] {
  const [a, b] = [median(floor), median(measured)]
  const ratio = b / a
  return [what, a.toFixed(0), b.toFixed(0), `${ratio.toFixed(2)} ×`, `≤ ${goal} × ${ratio <= goal ? 'met' : 'MISSED'}`]
}
