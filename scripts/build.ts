// Bundles each entry into dist/ with ncc. `--out DIR` builds elsewhere, for the check that dist/ is what src/ makes.
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'

const modules = {
  main: 'src/main.ts',
  post: 'src/post.ts',
  union: 'src/union.ts',
  cli: 'src/cli.ts',
  gate: 'src/gate/program/main.ts',
  ssh: 'src/ssh/main.ts',
}
// A user waits for every start of it, and Node has a script loaded sooner than a module.
const scripts = { shell: 'src/shell/main.ts' }

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' }, only: { type: 'string' } } })
const wanted = (entries: Readonly<Record<string, string>>) =>
  Object.entries(entries)
    .filter(([name]) => !values.only || values.only === name)
    .map(([name, source]) => ({ source, folder: join(values.out, name) }))

// One that cannot be built leaves what was there before.
async function replaced(folder: string, build: (into: string) => Promise<unknown>): Promise<void> {
  const fresh = `${folder}.new`
  rmSync(fresh, { recursive: true, force: true })
  try {
    await build(fresh)
    rmSync(folder, { recursive: true, force: true })
    renameSync(fresh, folder)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

const cli = 'node_modules/@vercel/ncc/dist/ncc/cli.js'
const built = [
  ...wanted(modules).map(({ source, folder }) =>
    replaced(folder, into =>
      promisify(execFile)(process.execPath, [cli, 'build', source, '-o', into, '--no-cache', '--quiet']),
    ),
  ),
  ...wanted(scripts).map(({ source, folder }) => replaced(folder, into => buildScript(source, into))),
]
await Promise.all(built).catch((error: { stdout?: string; stderr?: string }) => {
  process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? error}\n`)
  process.exitCode = 1
})

interface Bundle {
  readonly code: string
  readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>
}

// ncc's own command line makes a module of whatever lies in a package of modules.
async function buildScript(source: string, folder: string): Promise<void> {
  // It has no types.
  const ncc = createRequire(import.meta.url)('@vercel/ncc') as (entry: string, options: object) => Promise<Bundle>
  const { code, assets } = await ncc(resolve(source), { esm: false, cache: false, quiet: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'index.js'), code)
  for (const [name, asset] of Object.entries(assets)) writeFileSync(join(folder, name), asset.source)
  copyFileSync(join(dirname(source), 'start.cjs'), join(folder, 'start.cjs'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ type: 'commonjs' }, undefined, 2)}\n`)
}
