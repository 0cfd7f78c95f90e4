import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findEngine } from '../src/docker/address.ts'
import type { Gate } from '../src/gate/gate.ts'
import { mintRunId } from '../src/plan/names.ts'
import { prepare } from '../src/prepare.ts'
import { makeScratch } from '../src/scratch.ts'
import { allowedHosts } from '../src/spec/allowlist.ts'
import { readSpec } from '../src/spec/load.ts'

const project = resolve(import.meta.dirname, '..')

/** What is measured: the image, what runs in it, and the folder for everything that is written. */
export interface Measured {
  readonly image: string
  readonly run: string
  readonly temp: string
}

/** Milliseconds from a program's start to its first `x` on stdout, and to its exit. */
export interface Timing {
  readonly first: number
  readonly total: number
}

/** Plans a run and writes the plan down: the words that start its raw engine calls, for `time`. */
export async function planFloor(gate: Gate, { image, run, temp }: Measured): Promise<string[]> {
  const text = JSON.stringify({ image, run, egress: { gate: gate.facts.name } })
  const { spec, placeOf, editable } = readSpec({ text, file: 'bench' })
  const workspace = join(temp, 'work')
  mkdirSync(workspace, { recursive: true })
  const request = {
    runId: mintRunId(),
    spec,
    allowed: allowedHosts(spec.egress, undefined, () => 'bench'),
    placeOf,
    suggestible: { spec: editable, changeable: { kind: 'workflow' as const, allow: undefined } },
    gate,
    address: findEngine(process.env),
    workspace,
    temp,
    env: process.env,
  }
  const { plan, engine } = await prepare(request)
  await gate.prepare(engine, () => {})
  makeScratch(plan)
  const file = join(temp, `${plan.runId}.json`)
  writeFileSync(file, JSON.stringify(plan))
  return [join(project, 'bench/floor.ts'), file]
}

/** Runs a Node program to its end. Rejects when a program that is not a bundle fails, or `strict` when any does. */
export function time(words: readonly string[], temp: string, strict = false): Promise<Timing> {
  return new Promise((done, failed) => {
    const started = performance.now()
    let first = Number.NaN
    let said = ''
    const env = { ...process.env, GITHUB_WORKSPACE: join(temp, 'work'), RUNNER_TEMP: temp }
    mkdirSync(env.GITHUB_WORKSPACE, { recursive: true })
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', (chunk: Buffer) => {
      if (Number.isNaN(first) && chunk.includes('x')) first = performance.now() - started
    })
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
    })
    child.once('exit', code => {
      if (code !== 0 && (strict || !/index\.js$|\.mjs$/.test(words[0] ?? ''))) failed(new Error(said))
      else done({ first, total: performance.now() - started })
    })
  })
}

/** The one in the middle; of an even number the upper. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
