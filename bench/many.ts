// Prints how long many bottles take that start together, over as many raw lifecycles with the same concurrency.
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { builtIn } from '../src/gate/built-in.ts'
import { median, planFloor, time } from './timing.ts'

const count = Number(process.env.BOTTLE_MANY ?? 40)
const rounds = Number(process.env.ROUNDS ?? 3)
const goal = 1.25
const project = resolve(import.meta.dirname, '..')
const gate = builtIn(join(project, 'dist/gate'))
const what = { image: 'bottle-test/tiny:1', run: 'echo x', temp: mkdtempSync(join(tmpdir(), 'bottle-bench-')) }
const bottle = ['run', '--image', what.image, '--run', what.run, '--gate', 'built-in']

/** Milliseconds until all have ended that were started at once. */
async function together(words: readonly (readonly string[])[]): Promise<number> {
  const started = performance.now()
  await Promise.all(words.map(one => time(one, what.temp, true)))
  return performance.now() - started
}

const [floor, bottles]: [number[], number[]] = [[], []]
for (let round = 0; round < rounds; round++) {
  const plans: string[][] = []
  for (let i = 0; i < count; i++) plans.push(await planFloor(gate, what))
  floor.push(await together(plans))
  bottles.push(await together(plans.map(() => [join(project, 'dist/cli/index.js'), ...bottle])))
  process.stderr.write(`round ${round + 1}: ${seconds(floor)} raw, ${seconds(bottles)} bottles\n`)
}
rmSync(what.temp, { recursive: true, force: true })
const ratio = median(bottles) / median(floor)
console.log(`${count} at once, medians of ${rounds} rounds, in turns; ${cpus().length} × ${cpus()[0]?.model}`)
console.log(`raw lifecycles  ${(median(floor) / 1000).toFixed(1)} s`)
console.log(`bottles         ${(median(bottles) / 1000).toFixed(1)} s   ${ratio.toFixed(2)} ×`)
console.log(`goal            ≤ ${goal} × ${ratio <= goal ? 'met' : 'MISSED'}`)

function seconds(values: readonly number[]): string {
  return `${((values.at(-1) ?? 0) / 1000).toFixed(1)} s`
}
