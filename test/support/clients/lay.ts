import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { together } from './all.ts'
import { large } from './large.ts'
import { atHome, rootApt } from './others.ts'
import { crowd } from './streams.ts'

const project = resolve(import.meta.dirname, '../../..')
const fromNpm = { 'undici-6': 'undici', 'undici-8': 'undici-8', ws: 'ws' }

/** Lays the clients, a script for each case and the tests' authority (a PEM file) into a folder, where a bottle runs them. */
export function layClients(folder: string, authority: string): void {
  const rest = [...together.filter(one => !crowd.includes(one)), atHome]
  cpSync(import.meta.dirname, folder, { recursive: true })
  cpSync(authority, join(folder, 'ca.pem'))
  for (const [name, cases] of Object.entries({ crowd, cases: rest, large, root: [rootApt] })) {
    mkdirSync(join(folder, name))
    for (const { id, run } of cases) writeFileSync(join(folder, name, id), run)
  }
  for (const [name, from] of Object.entries(fromNpm))
    cpSync(join(project, 'node_modules', from), join(folder, 'node_modules', name), { recursive: true })
}

/** The exit codes of a pass over the cases, by id, out of all that the bottle printed. */
export function codesOf(said: string, pass: string): Map<string, number> {
  const lines = said.matchAll(new RegExp(`^case ${pass} (\\S+) (\\d+)$`, 'gm'))
  return new Map([...lines].map(([, id = '', code]) => [id, Number(code)]))
}

/** What a client said in a pass, for a failure's message. */
export function saidBy(said: string, pass: string, id: string): string {
  return said
    .split('\n')
    .filter(line => line.startsWith(`said ${pass} ${id}: `))
    .join('\n')
}
