import { execFileSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { findEngine } from '../../src/docker/address.ts'
import { openEngine } from '../../src/docker/engine.ts'
import { listLabelled } from '../../src/docker/teardown.ts'
import { label } from '../../src/plan/names.ts'
import { makeRepository } from '../support/repository.ts'
import { startRunner } from '../support/runner/runner.ts'
import { type BlindEngine, canRaise, raiseBlindEngine } from '../support/travel/blind-engine.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const image = 'bottle-test/tiny:1'
const good = { image, gate: 'built-in', upload: 'false', shell: 'sh {0}' }
const long = `${'long-'.repeat(40)}name`

let blind: BlindEngine
if (canRaise) {
  beforeAll(async () => {
    blind = await raiseBlindEngine([image])
  })
  afterAll(async () => blind?.[Symbol.asyncDispose]())
}
const onBlind = canRaise ? test : test.skip

async function left(runId: string | undefined): Promise<string[]> {
  const engine = openEngine(findEngine({ ...blind.env, HOME: '/' }))
  const found = await listLabelled(engine, `${label.run}=${runId}`)
  return found.map(one => `${one.kind} ${one.labels[label.role]}`).sort()
}

onBlind(
  'what an agent makes of a workspace that travels comes back as it is (skipped without root and a dockerd)',
  async () => {
    await using runner = await startRunner(project, { env: blind.env })
    const at = (name: string) => join(runner.workspace, name)
    makeRepository(runner.workspace).commit({
      'README.md': 'hello\n',
      edited: 'before\n',
      'gone/deep': 'x',
      same: 'same\n',
    })
    writeFileSync(at('tool.sh'), '#!/bin/sh\n', { mode: 0o644 })
    mkdirSync(at('empty'))
    symlinkSync('same', at('to-same'))
    linkSync(at('same'), at('second'))
    const stateOf = (name: string) => {
      const { ino, mode, ctimeNs } = lstatSync(at(name), { bigint: true })
      return { ino, mode, ctimeNs }
    }
    const before = stateOf('same')
    const script = `set -e
cat README.md same to-same second; stat -c '%a %h' same; test -d empty
echo after > edited; rm -r gone; chmod 755 tool.sh; mkdir -p new/empty; echo n > new/file
ln -s ../README.md new/link; ln -sfn README.md to-same; echo u > 'grüße 日本'; echo l > ${long}; ln new/file new/other
git config user.name x 2>&1 || true; echo x > .git/hooks/pre-commit || true; echo "done"`
    const main = await runner.step({ with: { ...good, run: script } }).main()
    expect(main.log.join('\n')).toContain('done')
    expect(main.exitCode).toBe(0)
    expect(readFileSync(at('edited'), 'utf8')).toBe('after\n')
    expect(existsSync(at('gone'))).toBe(false)
    expect(statSync(at('tool.sh')).mode & 0o777).toBe(0o755)
    expect(readdirSync(at('new/empty'))).toEqual([])
    expect(readFileSync(at('new/file'), 'utf8')).toBe('n\n')
    expect(lstatSync(at('new/other')).ino).toBe(lstatSync(at('new/file')).ino)
    expect(readlinkSync(at('new/link'))).toBe('../README.md')
    expect(readlinkSync(at('to-same'))).toBe('README.md')
    expect(readFileSync(at('grüße 日本'), 'utf8')).toBe('u\n')
    expect(readFileSync(at(long), 'utf8')).toBe('l\n')
    expect(existsSync(at('.git/hooks/pre-commit'))).toBe(false)
    expect(existsSync(at('.git/commondir'))).toBe(false)
    // What was not touched is the very same file.
    expect(stateOf('same')).toEqual(before)
    expect(readdirSync(runner.workspace).filter(name => name.startsWith('.bottle'))).toEqual([])
    expect(execFileSync('git', ['-C', runner.workspace, 'status', '--porcelain', 'same', 'README.md']).toString()).toBe(
      '',
    )
    expect(await left(main.outputs['bottle-id'])).toEqual([])
  },
)
