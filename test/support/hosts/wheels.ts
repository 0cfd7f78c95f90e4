import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

// A wheel is a zip of the package and its metadata (PEP 427); python3 is in the image, its zipfile packs it.
const pack = `
import zipfile
with zipfile.ZipFile('/tmp/left_shelf.whl', 'w') as wheel:
    wheel.writestr('left_shelf.py', 'def shelve(text): return "[" + text + "]"\\n')
    wheel.writestr('left_shelf-1.0.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: left-shelf\\nVersion: 1.0.0\\n')
    wheel.writestr('left_shelf-1.0.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('left_shelf-1.0.0.dist-info/RECORD', '')
`

/** A Python package index below `base` (PEP 503) with one real wheel, `left-shelf` 1.0.0. */
export function wheels(base: string): Map<string, string | Buffer> {
  execFileSync('python3', ['-c', pack])
  const wheel = readFileSync('/tmp/left_shelf.whl')
  const name = 'left_shelf-1.0.0-py3-none-any.whl'
  const digest = createHash('sha256').update(wheel).digest('hex')
  return new Map<string, string | Buffer>([
    [`${base}/simple/left-shelf/`, `<a href="${base}/files/${name}#sha256=${digest}">${name}</a>`],
    [`${base}/files/${name}`, wheel],
  ])
}
