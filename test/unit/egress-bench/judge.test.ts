import { expect, test } from '@jest/globals'
import type { Case } from '../../../bench/egress-bench/cases.ts'
import type { Answer } from '../../../bench/egress-bench/client.ts'
import { figuresOf, type Measured, missedGoals } from '../../../bench/egress-bench/figures.ts'
import { judge, type Known } from '../../../bench/egress-bench/judge.ts'
import type { Round } from '../../../bench/egress-bench/place.ts'
import { planCase } from '../../../bench/egress-bench/requests.ts'
import { renderMisses, renderTable } from '../../../bench/egress-bench/table.ts'

function caseOf(id: string, url: string, more: Partial<Case> = {}): Case {
  const fields = {
    category: 'url',
    inputType: 'url',
    transport: 'fetch_proxy',
    requires: [],
    tags: [],
    why: 'a_secret',
  }
  return { id, file: `${id}.json`, expected: 'block', ...fields, payload: { url }, ...more }
}
const planned = [
  caseOf('good', 'https://ok.test/', { expected: 'allow' }),
  caseOf('bad', 'https://evil.test/'),
  caseOf('loop', 'http://127.0.0.1/'),
  caseOf('named', 'https://evil.test/', { tags: ['hostname_exfil'] }),
  caseOf('inspect', 'https://evil.test/', { requires: ['tls_interception'] }),
].map(planCase)
const tags = planned.flatMap(plan => plan.requests.map(one => one.tag))

/** A round in which these tags arrive and all others are refused. */
function round(arrived: readonly string[], more: Partial<Answer> = {}): Round {
  const answer = (tag: string): Answer =>
    arrived.includes(tag)
      ? { tag, status: 200, inTunnel: tag.endsWith('s'), text: 'reached' }
      : { tag, status: 403, inTunnel: false, text: 'blocked: no', ...more }
  const blocks = tags.filter(tag => !arrived.includes(tag)).map(tag => ({ scanner: 'allowlist', reason: tag }))
  return {
    answers: new Map(tags.map(tag => [tag, answer(tag)])),
    arrived: new Set(arrived),
    strangers: 0,
    blocks,
    version: '',
    warned: 0,
  }
}
const known: Known = {
  rounds: { strict: round(['0.0', '0.0s']), open: round(['0.0', '0.0s', '1.0', '1.0s', '3.0', '4.0', '4.0s']) },
  control: round(tags),
  rehearsed: new Map([
    ['2.0', 'ssrf: loopback'],
    ['2.0s', 'ssrf: loopback'],
  ]),
  strict: new Set(['ok.test']),
  allows: () => true,
}
const said = (more: Partial<Known> = {}) =>
  Object.fromEntries(judge(planned, { ...known, ...more }).map(one => [`${one.id} ${one.mode} ${one.variant}`, one]))

test('a case is judged by what arrived, and by the list it was sent under', () => {
  expect(said()).toMatchObject({
    'good strict tls': { outcome: 'good', why: 'arrived' },
    'bad strict plain': { outcome: 'good', why: 'allowlist: 1.0' },
    'bad open plain': { outcome: 'bad', why: 'arrived: a secret' },
    'bad open tls': { outcome: 'not applicable', why: 'opaque in TLS' },
    'loop strict plain': { outcome: 'good' },
    'loop open plain': { outcome: 'good', why: 'ssrf: loopback' },
    'named open plain': { outcome: 'bad' },
    'named open tls': { outcome: 'good' },
    'inspect strict tls': { outcome: 'good' },
    'inspect open plain': { outcome: 'not applicable', why: 'requires tls_interception' },
  })
})

test('an address that the guard did not refuse, or that was dialled, is a miss', () => {
  expect(said({ rehearsed: new Map() })['loop open plain']).toMatchObject({ outcome: 'bad' })
  const dialled = { ...known.rounds, strict: round(['0.0', '0.0s'], { status: 502 }) }
  expect(said({ rounds: dialled })['loop strict plain']).toMatchObject({ outcome: 'bad' })
})

test('what is lost without a refusal is no detection, and no arrival either', () => {
  const lost = { ...known.rounds, open: round([], { status: 0, text: 'no connection in time' }) }
  expect(said({ rounds: lost })['bad open plain']).toMatchObject({
    outcome: 'bad',
    why: expect.stringContaining('no answer'),
  })
  expect(said({ rounds: lost })['good open plain']).toMatchObject({ outcome: 'bad' })
})

test('what does not arrive without a gate proves nothing with one', () => {
  expect(said({ control: round([]) })['bad strict plain']).toMatchObject({ outcome: 'not applicable' })
})

test('an attack on a listed host is not the list’s to stop', () => {
  expect(said({ strict: new Set(['ok.test', 'evil.test']) })['bad strict plain']).toMatchObject({
    outcome: 'not applicable',
    why: 'its host is on the list',
  })
})

const measured = (gate: string, more: Partial<Known> = {}): Measured => ({
  gate,
  version: '1',
  results: judge(planned, { ...known, ...more }),
  strangers: 0,
  warned: 0,
})

test('a case counts once, whichever way it was sent', () => {
  expect(figuresOf(measured('built-in').results).at(-1)).toEqual({
    category: 'all',
    cases: 5,
    notApplicable: 0,
    contained: { good: 4, of: 4 },
    strictFalse: { good: 0, of: 1 },
    plain: { good: 1, of: 3 },
    tls: { good: 2, of: 2 },
    openFalse: { good: 0, of: 1 },
  })
  expect(renderTable(measured('built-in')).split('\n').at(-1)).toMatch(
    /^\| all +\| +5 \| +0 \| +4\/4 \| +0\/1 \| +1\/3 /,
  )
  expect(renderMisses(measured('built-in'))[0]).toBe('- built-in, hosts allowed, plain: bad arrived: a secret')
})

test('goals: contained, nothing benign refused, no connection elsewhere, and not below pipelock', () => {
  expect(missedGoals([measured('built-in'), measured('pipelock')])).toEqual([])
  const leaky = { rounds: { ...known.rounds, strict: round(['1.0']) } }
  expect(missedGoals([{ ...measured('pipelock', leaky), strangers: 3 }])).toEqual([
    'pipelock: 1 of 4 attacks left under the strict list',
    'pipelock: 1 of 1 benign cases were refused under the strict list',
    'pipelock: 3 connections at hosts that are not on the strict list',
  ])
  const better = { rounds: { ...known.rounds, open: round(['0.0', '0.0s']) } }
  expect(missedGoals([measured('built-in'), measured('pipelock', better)])).toEqual([
    'built-in: detects 1 attacks (plain), pipelock 3',
  ])
  const strict = { rounds: { ...known.rounds, open: round([]) } }
  expect(missedGoals([measured('built-in', strict), measured('pipelock', better)])).toEqual([
    'built-in: refuses 1 benign cases with the hosts allowed, pipelock 0',
  ])
})
