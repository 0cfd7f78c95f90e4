import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Attempt, attempts, type Fate, render, sendAll } from '../support/gate/dlp-table.ts'
import { policyOf, raiseGate } from '../support/gate/raise.ts'
import { openResolver, type Resolver } from '../support/gate/resolver.ts'
import { seeded } from '../support/gate/seeded.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet, until } from '../support/hosts/internet.ts'

// Every token format in every place through every gate, judged at the listener; the table is docs/dlp.md.
jest.setTimeout(300_000)

const gates = await presentGates()
const known = `Known/${seeded('known secret').bytes(18).toString('base64')}=of-the-bottle`
const page = 'docs/dlp.md'

let internet: Internet
let resolver: Resolver
beforeAll(async () => {
  internet = await openInternet([{ role: 'listener', names: ['allowed.test'] }])
  resolver = await openResolver(internet.network, await internet.address('allowed.test'))
})
afterAll(async () => {
  await resolver?.[Symbol.asyncDispose]()
  await internet?.[Symbol.asyncDispose]()
})

/** The marks of the requests that reached the listener. */
async function arrived(): Promise<Set<string>> {
  const hits = await internet.hits('allowed.test')
  return new Set(hits.flatMap(hit => hit.headers?.['x-case'] ?? []))
}

test('the control: without a gate every one of them arrives', async () => {
  const all = attempts(known).map(one => ({ ...one, ...marked(one, 'direct') }))
  await sendAll(await internet.address('allowed.test'), all, 80)
  await until(async () => (await arrived()).size >= all.length)
  expect(all.filter(one => one.mark === '')).toEqual([])
  const seen = await arrived()
  expect(all.map(one => one.mark).filter(mark => !seen.has(mark))).toEqual([])
})

describe.each(gates)('secrets through the gate $name', which => {
  test('are refused where the table says so, each with a block in the log', async () => {
    await using gate = await raiseGate(which, {
      network: internet.network,
      policy: policyOf(),
      secrets: [known],
      dns: [resolver.address],
    })
    const all = attempts(known).map(one => ({ ...one, ...marked(one, which.name) }))
    const started = Date.now()
    const statuses = await sendAll(gate.address, all)
    const took = Date.now() - started
    await pause(300)
    const seen = await arrived()
    const events = await gate.events()
    const warned = new Set(events.flatMap(event => (event.type === 'warning' ? [event.requestId] : [])))
    const through = events.filter(event => event.type === 'allowed')
    // A warning and the line of the request that it let through share an id; the table counts how many there are.
    const fates = all.map((one): Attempt & { fate: Fate } => ({
      ...one,
      fate: seen.has(one.mark) ? 'missed' : 'blocked',
    }))
    expect(warned.size).toBe(0)
    expect(through.length).toBe(fates.filter(one => one.fate === 'missed').length)
    expect(statuses.filter((status, i) => (status === 200) !== (fates[i]?.fate === 'missed'))).toEqual([])
    const blocks = events.filter(event => event.type === 'block')
    expect(blocks).toHaveLength(fates.filter(one => one.fate === 'blocked').length)
    // A line break in a URL is pipelock's `crlf_injection`: a block, and no secret by name.
    const kinds = new Set(blocks.map(event => event.kind))
    expect([...kinds].filter(kind => !['secret', 'heuristic', 'protocol'].includes(kind))).toEqual([])
    expect(kinds).toContain('secret')
    const version = (await gate.verb(['--version'])).output.trim().split(' ').at(-1) ?? ''
    process.stderr.write(`${which.name} ${version}: ${all.length} requests in ${took} ms\n`)
    compare(which.name, version, render(fates))
  })
})

function marked({ mark, bytes }: Attempt, who: string): { mark: string; bytes: Buffer } {
  const text = bytes.toString('latin1').replace(`X-Case: ${mark}\r\n`, `X-Case: ${who}.${mark}\r\n`)
  return { mark: `${who}.${mark}`, bytes: Buffer.from(text, 'latin1') }
}

/** Holds a gate's table against the committed one, or writes it there (BOTTLE_WRITE_TABLES=1). */
function compare(gate: string, version: string, table: string): void {
  const text = readFileSync(page, 'utf8')
  const section = new RegExp(`<!-- table ${gate} (\\S+) -->\\n([\\s\\S]*?)<!-- end ${gate} -->`)
  const [, committed, rows] = section.exec(text) ?? []
  if (process.env.BOTTLE_WRITE_TABLES) {
    writeFileSync(
      page,
      text.replace(
        section,
        () => `<!-- table ${gate} ${version} -->
${table}
<!-- end ${gate} -->`,
      ),
    )
  } else if (committed === version) {
    expect(rows).toBe(`${table}\n`)
  } else {
    process.stderr.write(`${page} holds the table of ${gate} ${committed}; this one is ${version}:\n${table}\n`)
  }
}
