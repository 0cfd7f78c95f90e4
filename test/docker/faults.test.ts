import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Fault } from '../support/faults/scene.ts'
import { type Aftermath, play } from '../support/faults/stage.ts'
import { faults } from '../support/faults/table.ts'
import { type PresentGate, presentGates } from '../support/gates.ts'
import { type Internet, openInternet } from '../support/hosts/internet.ts'
import { pool } from '../support/pool.ts'

jest.setTimeout(400_000)

const gates = await presentGates()
const rows = gates.flatMap(gate => faults.map(fault => ({ fault, gate, title: fault.name })))
const width = 4

function missing({ needs }: Fault): string | undefined {
  return needs === 'small disk' && process.getuid?.() !== 0 ? 'a small disk needs root' : undefined
}

let internet: Internet
const played = new Map<string, Aftermath | Error>()
const key = (fault: Fault, gate: PresentGate) => `${fault.name} ${gate.name}`

// All of them first, some at a time: each spends its life waiting for an engine.
beforeAll(async () => {
  internet = await openInternet([{ role: 'listener', names: ['allowed.test', 'refused.test'] }])
  await pool(rows, width, async ({ fault, gate }) => {
    if (missing(fault)) return
    const came = await play(fault, gate, internet).catch((error: Error) => error)
    played.set(key(fault, gate), came)
  })
}, 400_000)
afterAll(async () => internet[Symbol.asyncDispose]())

const harmful = rows.filter(({ fault }) => fault.says)
const harmless = rows.filter(({ fault }) => !fault.says)
const runnable = (of: typeof rows) =>
  of.filter(({ fault, title }) => {
    const why = missing(fault)
    if (why) process.stderr.write(`not run here: ${title}: ${why}\n`)
    return !why
  })

function aftermath(fault: Fault, gate: PresentGate): Aftermath {
  const came = played.get(key(fault, gate))
  if (!came || came instanceof Error) throw came ?? new Error('it was not played')
  return came
}

describe('a fault while the agent runs', () => {
  test.each(runnable(harmful))('$title: the agent is cut off, the step is red and says why ($gate.name)', row => {
    const { main, summary, events, blocked, hits, alive } = aftermath(row.fault, row.gate)
    // The control: it did reach the host.
    expect(hits.before).toBeGreaterThan(0)
    expect({ alive, more: hits.later - hits.atEnd }).toEqual({ alive: false, more: 0 })
    const said = main.annotations.map(one => one.data).join('\n')
    expect(said).toMatch(row.fault.says as RegExp)
    expect(main.exitCode).not.toBe(0)
    expect(main.conclusion).toBe('failure')
    expect(main.outputs.enforced).toBe('false')
    expect(main.outputs['exit-code']).toBe('')
    expect(`${main.raw}${main.summary}`).not.toMatch(/\b0 blocked|at least 0 blocked/)
    // What was known until then is kept.
    expect(events).toContain('refused.test')
    expect(events.split('\n').filter(line => /"event":"(allowed|forward_http)"/.test(line)).length).toBeGreaterThan(0)
    expect(events.split('\n').filter(Boolean).every(isJson)).toBe(true)
    const refused = blocked.split('\n').filter(line => line.includes('refused.test'))
    expect(refused).toHaveLength(1)
    // On a slow machine the agent asks often enough for pipelock's limit of requests in a minute.
    expect(main.outputs['blocked-count']).toBe(String(blocked.split('\n').filter(Boolean).length))
    expect(summary?.outcome.end).toMatchObject({ kind: 'failed' })
    expect(summary?.counts.allowed).toBeGreaterThan(0)
  })

  test.each(runnable(harmless))(
    '$title: the step ends as the agent does, and its figures are right ($gate.name)',
    row => {
      const { main, summary, hits } = aftermath(row.fault, row.gate)
      expect(main.outputs).toMatchObject({ 'exit-code': '0', enforced: 'true', 'blocked-count': '1' })
      expect(main.exitCode).toBe(0)
      expect(summary).toMatchObject({ whole: true, counts: { allowed: hits.later } })
      expect(summary?.durationMs).toBeGreaterThan(100)
      expect(summary?.durationMs).toBeLessThan(main.durationMs)
    },
  )

  test.each(runnable(rows))('$title: nothing is left ($gate.name)', ({ fault, gate }) => {
    const { left, post } = aftermath(fault, gate)
    expect(left).toEqual([])
    expect(post.exitCode).toBe(fault.swept ? 1 : 0)
  })
})

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}
