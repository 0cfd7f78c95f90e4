// Prints what a later step of a job costs in the bottle over a raw `docker exec` of the same command, in turns in this run.
import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startRunner } from '../test/support/runner/runner.ts'

const rounds = Number(process.env.ROUNDS ?? 41)
const goal = 1.5
const project = resolve(import.meta.dirname, '..')
const commands: readonly (readonly [what: string, command: string])[] = [
  ['true', 'true'],
  ['a line', 'echo x'],
  ['10,000 lines', 'i=0; while [ $i -lt 10000 ]; do echo "line $i of the output of a step"; i=$((i+1)); done'],
  ['an output', 'test -z "$GITHUB_OUTPUT" || echo "answer=42" >> "$GITHUB_OUTPUT"'],
  ['half a second', 'sleep 0.5'],
]

await using runner = await startRunner(project)
const step = runner.step({
  with: { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false', spec: 'outputs: [answer]' },
})
const main = await step.main()
if (main.exitCode !== 0) throw new Error(main.raw)
try {
  const [folder = ''] = main.path
  const container = `bottle-${main.outputs['bottle-id']}-bottle`
  const docker = execFileSync('/bin/sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim()
  console.log(`Medians of ${rounds} rounds, in milliseconds; each round measures both, one after the other.\n`)
  console.log('a step of                  docker exec   bottle   ratio   goal')
  for (const [what, command] of commands) {
    const script = join(runner.temp, 'script')
    writeFileSync(script, command)
    const [floor, bottle]: [number[], number[]] = [[], []]
    for (let round = 0; round <= rounds; round++) {
      const one = await time(docker, ['exec', container, 'sh', '-e', '-c', command])
      const other = await time(join(folder, 'bottle'), [script])
      // The first round warms the caches of both and is not counted.
      if (round === 0) continue
      floor.push(one)
      bottle.push(other)
    }
    const [a, b] = [median(floor), median(bottle)]
    const cells = [
      what.padEnd(24),
      a.toFixed(0).padStart(12),
      b.toFixed(0).padStart(8),
      `${(b / a).toFixed(2)} ×`.padStart(7),
    ]
    console.log(`${cells.join(' ')}   ≤ ${goal} × ${b / a <= goal ? 'met' : 'MISSED'}`)
  }
} finally {
  await step.post()
}

function time(program: string, words: readonly string[]): Promise<number> {
  return new Promise((done, failed) => {
    const started = performance.now()
    const env = { ...process.env, GITHUB_WORKSPACE: runner.workspace, GITHUB_OUTPUT: join(runner.temp, 'output') }
    const child = spawn(program, words, { cwd: runner.workspace, env, stdio: ['ignore', 'pipe', 'inherit'] })
    child.stdout.resume()
    child.once('error', failed)
    child.once('close', code => {
      if (code === 0) done(performance.now() - started)
      else failed(new Error(`${program} ${words.join(' ')} ended with ${code}`))
    })
  })
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
