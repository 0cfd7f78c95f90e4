// Packs the command line as an npm package, `bottle-ci`: the bundles alone, so that installing it brings nothing else.
// `--out DIR` is where the .tgz goes. Publishes nothing.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { out: { type: 'string', default: '.' } } })
const project = resolve(import.meta.dirname, '..')
const { version, description, license, type, engines } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
const bundles = ['cli', 'gate', 'ssh']

const stage = mkdtempSync(join(tmpdir(), 'bottle-pack-'))
for (const name of [...bundles.map(one => `dist/${one}`), 'README.md', 'LICENSE'])
  cpSync(join(project, name), join(stage, name), { recursive: true })
const manifest = {
  name: 'bottle-ci',
  version,
  description,
  license,
  type,
  engines,
  bin: { 'bottle-ci': 'dist/cli/index.js' },
  files: ['dist'],
}
writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
mkdirSync(values.out, { recursive: true })
const packed = execFileSync('npm', ['pack', '--pack-destination', resolve(values.out)], {
  cwd: stage,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
})
rmSync(stage, { recursive: true })
console.log(join(values.out, packed.trim().split('\n').at(-1) ?? ''))
