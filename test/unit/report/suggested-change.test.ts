import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createRedactor } from '../../../src/evidence/redact.ts'
import { mintRunId } from '../../../src/plan/names.ts'
import { suggestedChange } from '../../../src/report/suggested-change.ts'
import { type Inputs, requestOf } from '../../../src/request.ts'
import { loadSpec } from '../../../src/spec/load.ts'
import { makeRepository } from '../../support/repository.ts'

const reasons = [
  { host: 'api.new.test', why: 'refused 3 times (CONNECT), first at 2026-11-24 10:02:46 UTC' },
  { host: 'new.test', why: 'refused once (GET), first at 2026-11-24 10:03:00 UTC' },
]
const inputs = (more: Partial<Inputs>): Inputs => ({
  spec: undefined,
  specFile: undefined,
  bottle: undefined,
  pipelockImage: undefined,
  defaultAllowlist: undefined,
  dryRun: false,
  offered: { from: 'job', containers: {} },
  shorthand: {} as Inputs['shorthand'],
  ...more,
})
const redactor = await createRedactor([])

/** A workspace with one spec file in it, and what a run on it would suggest. */
async function suggested(file: string, text: string, more: { bottle?: string; repository?: string } = {}) {
  const workspace = mkdtempSync(join(tmpdir(), 'bottle-suggest-'))
  const repository = makeRepository(join(workspace, more.repository ?? '.'))
  mkdirSync(dirname(join(workspace, file)), { recursive: true })
  writeFileSync(join(workspace, file), text)
  repository.git('add', '--all')
  repository.git('commit', '--quiet', '--message=spec')
  const request = await requestOf(inputs({ specFile: file, bottle: more.bottle }), mintRunId(), {
    GITHUB_WORKSPACE: workspace,
  })
  const change = await suggestedChange(request.suggestible.changeable, reasons, redactor)
  const apply = (...words: string[]) => {
    writeFileSync(join(workspace, 'suggested.diff'), change?.text ?? '')
    repository.git('apply', ...words, join(workspace, 'suggested.diff'))
    return readFileSync(join(workspace, file), 'utf8')
  }
  return { change, apply, repository }
}

const head = 'image: x # the image\nrun: "npm test"\n'
const specs: readonly (readonly [string, string])[] = [
  [
    'a list',
    `${head}egress:\n  allowlist:\n    # ours\n    - a.test # the API\n    - "b.test"\n\n  # why not\n  defaults: false\nworkspace: ro\n`,
  ],
  ['a list at its key', `${head}egress:\n  allowlist:\n  - a.test\n  - b.test # last\nworkspace: ro\n`],
  ['a list at the end without a newline', `${head}egress:\n  allowlist:\n    - a.test\n    - b.test`],
  ['a flow list', `${head}egress:\n  allowlist: [a.test,   "b.test"]   # both\n`],
  ['a flow list over lines', `${head}egress:\n  allowlist: [\n    a.test,\n    b.test, # last\n  ]\n`],
  ['an empty flow list', `${head}egress:\n  allowlist: [] # none yet\n`],
  ['no allowlist', `${head}egress:\n  # careful\n  mode: enforce # always\n\n# end\n`],
  ['egress in one line', `${head}egress: {mode: enforce, tls: {inspect: false}} # short\n`],
  ['no egress', `${head}\n# what it costs\nlimits:\n  pids: 64\n`],
  ['a script at the end', `image: x\nrun: |\n  echo one\n\n  echo two\n`],
  ['everything in one line', '{image: x, run: y}\n'],
  ['an anchor', `${head}egress:\n  allowlist: &hosts\n    - a.test\n`],
  ['odd spaces and quotes', `${head}env: {  A:   '1' }\negress:\n    allowlist:\n        -   a.test\n`],
]

test.each(
  specs.flatMap(([name, text]) => [
    [name, text] as const,
    [`${name}, with CRLF`, text.replace(/\n/g, '\r\n')] as const,
  ]),
)('git applies what is suggested for a spec with %s, and exactly those hosts are added', async (_, text) => {
  const { change, apply, repository } = await suggested('.github/bottle.yml', text)
  expect(change?.file).toBe('suggested.diff')
  const before = loadSpec({ text, file: 'x' })
  apply('--check')
  const after = apply()
  const now = loadSpec({ text: after, file: 'x' })
  expect(now).toEqual({
    ...before,
    egress: { ...before.egress, allowlist: [...before.egress.allowlist, 'api.new.test', 'new.test'] },
  })
  // Nothing that was there went away, comments included; and what is not a list in one line lost no line.
  const lost = text.split(/\r?\n/).filter(line => !after.split(/\r?\n/).includes(line))
  expect(lost.every(line => /[[{]/.test(line) || line.trim() === 'b.test, # last')).toBe(true)
  for (const [comment] of text.matchAll(/#.*?(?=\r?\n|$)/g)) expect(after).toContain(comment)
  expect(after.includes('\r\n')).toBe(text.includes('\r\n'))
  if (text.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n')
  const stat = repository.git('diff', '--numstat').split('\t')
  expect(Number(stat[1])).toBeLessThanOrEqual(1)
  for (const { host, why } of reasons) expect(change?.text).toContain(`#   ${host}: ${why}\n`)
})

test('a manifest, a folder with a space, a repository inside the workspace', async () => {
  const manifest =
    'bottles:\n  one:\n    image: x\n    run: y\n  two:\n    image: x\n    run: y\n    egress:\n      allowlist: [a.test]\n'
  const { apply } = await suggested('deep/er folder/bottles.yml', manifest, { bottle: 'two' })
  const text = apply()
  expect(loadSpec({ text, file: 'x', bottle: 'two' }).egress.allowlist).toEqual(['a.test', 'api.new.test', 'new.test'])
  expect(loadSpec({ text, file: 'x', bottle: 'one' }).egress.allowlist).toEqual([])

  const inside = await suggested('sub/bottle.yml', `${head}egress: {allowlist: [a.test]}\n`, { repository: 'sub' })
  expect(inside.change?.text).toContain('In the repository sub: git apply')
  expect(inside.change?.text).toContain('diff --git a/bottle.yml b/bottle.yml\n')
  expect(loadSpec({ text: inside.apply(), file: 'x' }).egress.allowlist).toContain('new.test')
})

test('a spec in the workflow: the lines to add to the step, after those that are there', async () => {
  const request = await requestOf(
    inputs({ spec: 'image: x\nrun: y\n', shorthand: { allow: 'a.test, b.test # ours' } as Inputs['shorthand'] }),
    mintRunId(),
    {},
  )
  const change = await suggestedChange(request.suggestible.changeable, reasons, redactor)
  expect(change?.file).toBe('suggested.txt')
  expect(change?.text.split('\n').slice(3)).toEqual([
    '         with:',
    '           allow: |',
    '            a.test',
    '            b.test',
    '+            api.new.test',
    '+            new.test',
    '',
  ])
})

test('lines around the change that would be redacted are left out of the diff, so that it still applies', async () => {
  const text = `image: x\nrun: y\nenv:\n  URL: https://user:password@a.test/?token=1\nlimits:\n  pids: 64\negress:\n  allowlist:\n    - a.test\n`
  const { change, apply } = await suggested('bottle.yml', text)
  expect(await redactor.text(change?.text ?? '')).toBe(change?.text)
  expect(loadSpec({ text: apply(), file: 'x' }).egress.allowlist).toContain('new.test')
})

test('nothing is written where nothing is to be added', async () => {
  const { change } = await suggested('bottle.yml', `${head}egress: {allowlist: ["*.new.test"]}\n`)
  expect(change).toBeUndefined()
})
