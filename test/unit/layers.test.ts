import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from '@jest/globals'

// Folder (or file) of src/ → what it may import: other places of src/, by prefix. Imports point one way: down this list.
const doors: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  'gate/program': [],
  'gate/events': [],
  ssh: [],
  spec: ['errors', 'spec'],
  plan: ['errors', 'spec', 'plan', 'gate/gate'],
  docker: ['errors', 'spec/build', 'plan/names', 'plan/networks', 'plan/host', 'docker'],
  gate: ['errors', 'docker', 'gate'],
  evidence: [
    'errors',
    'plan',
    'gate/events',
    'gate/program/encodings',
    'gate/program/token-formats',
    'gate/gate',
    'evidence',
  ],
  report: [
    'errors',
    'spec/destination',
    'spec/changeable',
    'spec/edit',
    'spec/overlay',
    'plan',
    'gate/events',
    'evidence',
    'report',
  ],
  run: ['errors', 'docker', 'plan', 'gate', 'evidence/summary', 'run', 'ssh/enter'],
  // What a later step of a job runs: bundled alone, and small, since every step waits for it.
  shell: [
    'errors',
    'docker/address',
    'docker/lines',
    'docker/output',
    'plan/folders',
    'plan/job',
    'plan/shell',
    'run/drained',
    'evidence/known-secrets',
    'evidence/outputs',
    'evidence/token-search',
    'evidence/token-shape',
    'report/safe',
    'action/fence',
    'shell',
  ],
  checkout: ['errors', 'spec/build', 'plan', 'evidence/summary', 'checkout'],
}

// Packages that only certain places may import.
const packages: Readonly<Record<string, RegExp>> = {
  '@actions/core': /^action\//,
  '@actions/artifact': /^action\/(upload|run-artifacts)\.ts$/,
  '@actions/exec': /^(docker\/pull|checkout\/git-object)\.ts$/,
  '@actions/http-client': /^action\/contents-api\.ts$/,
  dockerode: /^docker\/engine\.ts$/,
  'node:child_process': /^docker\/dial-stdio\.ts$/,
}

const src = resolve(import.meta.dirname, '../../src')

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const imports: Import[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .flatMap(path => {
    const text = readFileSync(join(src, path), 'utf8')
    const found = text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)|^import '([^']+)'/g,
    )
    return [...found].map(match => ({
      from: path,
      to: match[2] ?? match[3] ?? match[4] ?? '',
      typeOnly: Boolean(match[1]),
    }))
  })

test('the sources are seen', () => {
  expect(imports.length).toBeGreaterThan(100)
})

test('imports between rooms point one way', () => {
  const wrong = imports
    .filter(({ to }) => to.startsWith('.'))
    .map(({ from, to, typeOnly }) => ({ from, to: resolved(from, to), typeOnly }))
    .filter(({ from, to, typeOnly }) => !mayImport(from, to, typeOnly))
  expect(wrong).toEqual([])
})

test('each outside package has one door', () => {
  const wrong = imports.filter(({ from, to, typeOnly }) => !typeOnly && packages[to] && !packages[to].test(from))
  expect(wrong).toEqual([])
})

test('nothing imports an entry', () => {
  const entries = ['main.ts', 'post.ts', 'cli.ts', 'union.ts']
  const wrong = imports.filter(({ from, to }) => to.startsWith('.') && entries.includes(resolved(from, to)))
  expect(wrong).toEqual([])
})

function resolved(from: string, to: string): string {
  return relative(src, resolve(src, dirname(from), to))
}

function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  const room = Object.keys(doors)
    .filter(door => within(from, door))
    .sort((a, b) => b.length - a.length)[0]
  if (room === undefined) return true
  if (within(to, room)) return true
  // The gate's program is bundled alone: it may know the types of others, never their code.
  if (room === 'gate/program') return typeOnly
  return (doors[room] ?? []).some(door => within(to, door))
}

function within(path: string, door: string): boolean {
  return path === door || path === `${door}.ts` || path.startsWith(`${door}/`)
}
