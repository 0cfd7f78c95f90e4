import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { leftovers } from '../support/leftovers.ts'
import { sarifMistakes } from '../support/schemas.ts'
import { group, summary } from '../support/summaries.ts'
import { zipOf } from '../support/zip.ts'

jest.setTimeout(60_000)

const bundle = resolve(import.meta.dirname, '../../dist/cli/index.js')

function bottle(
  words: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string; temp: string }> {
  const temp = mkdtempSync(join(tmpdir(), 'bottle-cli-'))
  const options = { cwd: temp, env: { PATH: process.env.PATH ?? '', HOME: temp, RUNNER_TEMP: temp, ...env } }
  return new Promise(done => {
    const child = execFile(process.execPath, [bundle, ...words], options, (_, out, err) =>
      done({ code: child.exitCode ?? -1, out, err, temp }),
    )
  })
}

test('run: the agent’s output, its exit code, and the evidence', async () => {
  const run = await bottle([
    'run',
    '--image',
    'bottle-test/tiny:1',
    '--gate',
    'built-in',
    '--run',
    'echo out; echo err >&2; exit 5',
  ])
  expect(run).toMatchObject({ code: 5, out: 'out\n' })
  expect(run.err).toContain('err\n')
  expect(run.err).toContain('exited with code 5')
  const id = /bottle-([0-9a-f]{12})\/evidence/.exec(run.err)?.[1] ?? ''
  const folder = join(run.temp, `bottle-${id}`, 'evidence')
  expect(readdirSync(folder).sort()).toEqual([
    'blocked.jsonl',
    'bottle.sarif',
    'events.jsonl',
    'pipelock.yaml',
    'plan.json',
    'report.html',
    'summary.json',
  ])
  expect(await leftovers(id)).toEqual([])
  expect(await bottle(['report', folder])).toMatchObject({
    code: 0,
    out: expect.stringContaining('exited with code 5'),
  })
})

test('run: all that the agent said arrives, when its reader takes longer than the agent lives', async () => {
  const temp = mkdtempSync(join(tmpdir(), 'bottle-cli-'))
  const script = 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo "line $i of many, and some more words in it"; done'
  const words = ['run', '--image', 'bottle-test/tiny:1', '--gate', 'built-in', '--run', script]
  const child = spawn(process.execPath, [bundle, ...words], {
    cwd: temp,
    env: { PATH: process.env.PATH ?? '', HOME: temp, RUNNER_TEMP: temp },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'close')
  let text = ''
  for await (const chunk of child.stdout) {
    // Slower than the two seconds that an end was once given.
    if (text.length < 400_000) await pause(600)
    text += chunk
  }
  expect(await ended).toEqual([0, null])
  const lines = text.split('\n')
  expect(lines.at(-2)).toBe('line 20000 of many, and some more words in it')
  expect(lines).toHaveLength(20_001)
})

test('report and union: every format, to a file too, from a folder and from a zip', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-report-'))
  const text = JSON.stringify(summary([group('a\u202eb.example.com'), group('c.example.com')]))
  mkdirSync(join(folder, 'leg'))
  writeFileSync(join(folder, 'leg', 'summary.json'), text)
  writeFileSync(join(folder, 'leg.zip'), zipOf([{ name: 'summary.json', data: text }]))
  const from = join(folder, 'leg.zip')
  expect((await bottle(['report', from])).out).toContain('c.example.com:443')
  expect((await bottle(['report', from, '--format', 'markdown'])).out).toMatch(/^<h3>/)
  const json = await bottle(['report', from, '--format', 'json'])
  expect([json.out.includes('\u202e'), JSON.parse(json.out)]).toEqual([false, JSON.parse(text)])
  const output = join(folder, 'out.sarif')
  expect(await bottle(['report', join(folder, 'leg'), '--format', 'sarif', '--output', output])).toMatchObject({
    code: 0,
    out: '',
  })
  expect(sarifMistakes(JSON.parse(readFileSync(output, 'utf8')))).toEqual([])
  expect((await bottle(['report', from, '--format', 'html'])).out).toMatch(/^<!doctype html>[\s\S]*c\.example\.com/i)
  expect((await bottle(['report', from, '--output', folder])).err).toMatch(/cannot be written: it is a folder/)
  for (const words of [[folder], [join(folder, 'leg*')], [from, join(folder, 'leg')]]) {
    const { out, code } = await bottle(['union', ...words, '--format', 'json'])
    expect([code, JSON.parse(out).runs, JSON.parse(out).suggested]).toEqual([
      0,
      1,
      [{ host: 'c.example.com', runs: 1, count: 1 }],
    ])
  }
  expect((await bottle(['union', from, '--format', 'allowlist'])).out).toBe('c.example.com # asked for in 1 of 1 run\n')
  expect((await bottle(['union', from])).out).toMatch(/^1 run .*: 2 hosts blocked, 1 could be allowed/)
})

test('plan: the egress line, the policy, and nothing created; also where no engine answers', async () => {
  const words = ['plan', '--image', 'x', '--run', 'y', '--allow', 'b.test', '--allow', 'a.test']
  const plan = await bottle([...words, '--gate', 'built-in'])
  expect(plan).toMatchObject({
    code: 0,
    out: expect.stringContaining('egress: 4 hosts allowed (a.test, api.anthropic.com, b.test, +1 more)'),
  })
  const alone = await bottle(words, { DOCKER_HOST: 'unix:///nowhere.sock' })
  expect(alone).toMatchObject({ code: 0, out: expect.stringContaining('no engine answers') })
  expect(JSON.parse((await bottle([...words, '--json'])).out)).toMatchObject({
    version: 1,
    allowlist: ['a.test', 'api.anthropic.com', 'b.test', 'platform.claude.com'],
  })
})

test('explain: by which rule, from which line, and an exit code of its own when refused', async () => {
  const temp = mkdtempSync(join(tmpdir(), 'bottle-explain-'))
  // Neither image nor run: the workflow gives those.
  writeFileSync(join(temp, 'bottle.yml'), 'egress:\n  allowlist:\n    - "*.a.test"\n')
  const env = { GITHUB_WORKSPACE: temp, DOCKER_HOST: 'unix:///nowhere.sock' }
  expect(await bottle(['explain', 'x.a.test', 'bottle.yml'], env)).toMatchObject({
    code: 0,
    out: expect.stringContaining('x.a.test passes:\n  the wildcard *.a.test, from bottle.yml:3:7\n'),
  })
  expect(await bottle(['explain', 'b.test', '--spec-file', 'bottle.yml'], env)).toMatchObject({
    code: 3,
    out: 'b.test is refused:\n  no entry of the allowlist covers it\n',
  })
  expect(await bottle(['explain', 'b.test', '--allow', 'b.test'], env)).toMatchObject({
    code: 0,
    out: expect.stringContaining('from input allow:1'),
  })
})

test.each([
  [['explain'], 1, /No host is given/],
  [['explain', '*.a.test'], 1, /is a wildcard\. Name one host/],
  [['rum'], 2, /no command "rum"; did you mean run\?/],
  [['run', '--imag', 'x'], 1, /--imag/],
  [['run', 'a.yml', 'b.yml'], 1, /One spec file is read, not 2/],
  [['report'], 1, /No evidence is named/],
  [['report', '/nowhere'], 1, /\/nowhere does not exist/],
  [['report', '/'], 1, /no summary\.json/],
  [['report', 'a', 'b'], 1, /One run is reported, not 2/],
  [['report', '/', '--format', 'sarf'], 1, /no format "sarf".*--format sarif/],
  [['report', '--form', 'x'], 1, /--form/],
  [['union'], 1, /No evidence is named/],
  [['union', 'nothing-*'], 1, /Nothing is called nothing-\*/],
  [['union', '/nowhere'], 1, /\/nowhere does not exist/],
  [['pack-pipelock'], 1, /No file is given/],
  [['pack-pipelock', '/nowhere'], 1, /does not exist/],
])('%j: one sentence', async (words, code, says) => {
  const said = await bottle(words)
  expect(said.code).toBe(code)
  expect(said.err).toMatch(says)
  expect(said.err).not.toMatch(/\n\s+at /)
})

test('help names every command', async () => {
  const { out, code } = await bottle(['--help'])
  expect(code).toBe(0)
  for (const verb of ['run', 'plan', 'explain', 'report', 'union', 'sweep', 'pack-pipelock'])
    expect(out).toContain(`bottle ${verb}`)
})

test('pack-pipelock makes an image of the published layout out of a static program, and of nothing else', async () => {
  const temp = mkdtempSync(join(tmpdir(), 'bottle-pack-'))
  writeFileSync(join(temp, 'script'), '#!/bin/sh\n')
  expect((await bottle(['pack-pipelock', join(temp, 'script')])).err).toMatch(/is not a Linux program/)
  expect((await bottle(['pack-pipelock', process.execPath])).err).toMatch(/needs shared libraries/)
  // The smallest static ELF there is to hand: a header that says so, and nothing to load.
  const elf = Buffer.alloc(64)
  elf.write('\x7fELF\x02\x01\x01', 'latin1')
  elf.writeUInt16LE(56, 54)
  writeFileSync(join(temp, 'static'), elf)
  const { out, code } = await bottle(['pack-pipelock', join(temp, 'static')])
  expect(code).toBe(0)
  const image = /^pipelock-image: (bottle-pipelock:[0-9a-f]{16})$/m.exec(out)?.[1] ?? ''
  const docker = new Docker()
  const { Config } = await docker.getImage(image).inspect()
  expect(Config).toMatchObject({ Entrypoint: ['/pipelock'], Cmd: ['run', '--listen', '0.0.0.0:8888'] })
  await docker.getImage(image).remove()
})

test('sweep says what it did', async () => {
  expect(await bottle(['sweep'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^(Nothing is left of dead runs|Removed)/),
  })
})
