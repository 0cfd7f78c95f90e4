// Bundles each entry into dist/ with ncc. `--out DIR` builds elsewhere, for the check that dist/ is what src/ makes.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const entries = {
  main: 'src/main.ts',
  post: 'src/post.ts',
  cli: 'src/cli.ts',
  gate: 'src/gate/program/main.ts',
}

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' }, only: { type: 'string' } } })
const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js'
for (const [name, source] of Object.entries(entries)) {
  if (values.only && values.only !== name) continue
  const folder = join(values.out, name)
  rmSync(folder, { recursive: true, force: true })
  execFileSync(process.execPath, [ncc, 'build', source, '-o', folder, '--no-cache', '--quiet'], { stdio: 'inherit' })
}
