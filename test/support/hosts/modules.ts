import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const module = 'shelves.test/shelf'
const goMod = `module ${module}\n\ngo 1.19\n`

const pack = `
import zipfile
with zipfile.ZipFile('/tmp/shelf.zip', 'w') as archive:
    archive.writestr('${module}@v1.0.0/go.mod', ${JSON.stringify(goMod)})
    archive.writestr('${module}@v1.0.0/shelf.go', 'package shelf\\n\\nfunc Shelve(text string) string { return "[" + text + "]" }\\n')
`

/** A Go module proxy below `base` (go.dev/ref/mod#goproxy-protocol) with one module, `shelves.test/shelf` v1.0.0. */
export function modules(base: string): Map<string, string | Buffer> {
  execFileSync('python3', ['-c', pack])
  const at = `${base}/${module}/@v`
  return new Map<string, string | Buffer>([
    [`${at}/list`, 'v1.0.0\n'],
    [`${at}/v1.0.0.info`, JSON.stringify({ Version: 'v1.0.0', Time: '2026-01-01T00:00:00Z' })],
    [`${at}/v1.0.0.mod`, goMod],
    [`${at}/v1.0.0.zip`, readFileSync('/tmp/shelf.zip')],
  ])
}
