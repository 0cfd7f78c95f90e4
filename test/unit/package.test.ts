import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, jest, test } from '@jest/globals'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'bottle-package-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the packed command line installs with nothing else, without a network, and plans a run', () => {
  const packed = execFileSync(process.execPath, [join(project, 'scripts/pack.ts'), '--out', folder], {
    encoding: 'utf8',
  })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const npm = (...words: string[]) => execFileSync('npm', words, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  npm('install', '--offline', '--no-audit', '--no-fund', packed.trim())
  expect(readdirSync(join(folder, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual(['bottle-ci'])
  // An engine that nobody is: a plan needs none.
  const words = ['plan', '--image', 'node', '--run', 'true', '--gate', 'built-in', '--allow', 'allowed.test']
  const env = { ...process.env, DOCKER_HOST: `unix://${folder}/none.sock` }
  const plan = execFileSync('npx', ['--no-install', 'bottle-ci', ...words], { cwd: folder, encoding: 'utf8', env })
  expect(plan).toContain('allowed.test')
})
