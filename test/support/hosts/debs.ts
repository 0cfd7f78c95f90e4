import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const control = [
  'Package: left-shelf',
  'Version: 1.0.0',
  'Architecture: all',
  'Maintainer: Forge <forge@forge.test>',
  'Description: puts a text on a shelf',
]

/** A flat apt repository below `base` with one real package, `left-shelf` 1.0.0; unsigned, so `[trusted=yes]`. */
export function debs(base: string): Map<string, string | Buffer> {
  mkdirSync('/tmp/deb/DEBIAN', { recursive: true })
  mkdirSync('/tmp/deb/usr/share/left-shelf', { recursive: true })
  writeFileSync('/tmp/deb/DEBIAN/control', `${control.join('\n')}\n`)
  writeFileSync('/tmp/deb/usr/share/left-shelf/shelf', 'on the shelf\n')
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', '/tmp/deb', '/tmp/left-shelf.deb'], { stdio: 'ignore' })
  const deb = readFileSync('/tmp/left-shelf.deb')
  const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
  const packages = [...control, 'Filename: left-shelf.deb', `Size: ${deb.length}`, `SHA256: ${sha256(deb)}`, ''].join(
    '\n',
  )
  const release = `Date: ${new Date().toUTCString()}\nSHA256:\n ${sha256(packages)} ${packages.length} Packages\n`
  return new Map<string, string | Buffer>([
    [`${base}/Release`, release],
    [`${base}/Packages`, packages],
    [`${base}/left-shelf.deb`, deb],
  ])
}
