// Bundles each entry into dist/ with ncc. `--out DIR` builds elsewhere, for the check that dist/ is what src/ makes.
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'

const entries = {
  main: 'src/main.ts',
  post: 'src/post.ts',
  union: 'src/union.ts',
  cli: 'src/cli.ts',
  gate: 'src/gate/program/main.ts',
  ssh: 'src/ssh/main.ts',
  shell: 'src/shell/main.ts',
}

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' }, only: { type: 'string' } } })
const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js'
const built = Object.entries(entries)
  .filter(([name]) => !values.only || values.only === name)
  .map(async ([name, source]) => {
    const folder = join(values.out, name)
    rmSync(folder, { recursive: true, force: true })
    await promisify(execFile)(process.execPath, [ncc, 'build', source, '-o', folder, '--no-cache', '--quiet'])
  })
await Promise.all(built).catch((error: { stdout?: string; stderr?: string }) => {
  process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? error}\n`)
  process.exitCode = 1
})
