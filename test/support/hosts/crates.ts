import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { makeRepository } from './forge.ts'

/**
 * A cargo registry with one crate, `left-shelf` 1.0.0. The index becomes the forge's repository `crates-index.git`
 * (cargo before 1.68 reads git only); its crates are downloaded from `base` of `host`.
 */
export function crates(host: string, base: string): Map<string, string | Buffer> {
  const folder = '/tmp/crate/left-shelf-1.0.0'
  mkdirSync(`${folder}/src`, { recursive: true })
  writeFileSync(`${folder}/Cargo.toml`, '[package]\nname = "left-shelf"\nversion = "1.0.0"\nedition = "2021"\n')
  writeFileSync(`${folder}/src/lib.rs`, 'pub fn shelve(text: &str) -> String { format!("[{text}]") }\n')
  execFileSync('tar', ['-czf', '/tmp/left-shelf.crate', '-C', '/tmp/crate', 'left-shelf-1.0.0'])
  const crate = readFileSync('/tmp/left-shelf.crate')
  const cksum = createHash('sha256').update(crate).digest('hex')
  const entry = { name: 'left-shelf', vers: '1.0.0', deps: [], cksum, features: {}, yanked: false }
  makeRepository('crates-index', {
    'config.json': JSON.stringify({ dl: `https://${host}${base}` }),
    'le/ft/left-shelf': `${JSON.stringify(entry)}\n`,
  })
  return new Map([[`${base}/left-shelf/1.0.0/download`, crate]])
}
