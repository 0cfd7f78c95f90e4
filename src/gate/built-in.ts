import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Pack, pack } from 'tar-stream'
import { packedLabel } from '../docker/sweep.ts'
import type { Gate } from './gate.ts'
import { gateVersion } from './program/version.ts'
import { thisNode } from './this-node.ts'
import { inTurn } from './turn.ts'

const repository = 'bottle-gate'

// Node sizes its young heap for a server with gigabytes, and glibc an arena for each thread: a flood would fill both.
const program = ['/node', '--max-semi-space-size=4', '/gate/index.js']
// A Node may look for its libraries beside itself ($ORIGIN in its RPATH, ld.so(8)), and it is elsewhere now.
const libraryFolder = '/libraries'
const settings = [
  `ENTRYPOINT ${JSON.stringify(program)}`,
  'ENV MALLOC_ARENA_MAX=2',
  `ENV LD_LIBRARY_PATH=${libraryFolder}`,
  `LABEL ${packedLabel}=gate`,
]

/**
 * The built-in gate: our own program, run by this very Node, in an image made on the spot. `bundle` is its folder
 * (dist/gate). The image holds the node binary, the shared libraries it has loaded, and the bundle; its tag is a hash
 * over all of them, so it is imported once for each combination.
 */
export function builtIn(bundle: string): Gate {
  const files = imageFiles(bundle)
  const image = `${repository}:${contentHash(files)}`
  return {
    facts: {
      name: 'built-in',
      image,
      version: gateVersion,
      program,
      inspects: false,
      injects: true,
      restrictsPorts: true,
    },
    async prepare(engine, say) {
      if (await engine.hasImage(image)) return
      const packIt = async () => {
        say(`Packing the built-in gate into ${image}.`)
        const tar = pack()
        const written = writeFiles(tar, files)
        await Promise.all([engine.importImage(tar, image, settings), written])
      }
      await inTurn(image.replace(':', '-'), () => engine.hasImage(image), packIt)
    },
  }
}

interface ImageFile {
  readonly from: string
  readonly to: string
}

function imageFiles(bundle: string): ImageFile[] {
  const { program, loader, libraries } = thisNode()
  return [
    { from: program, to: '/node' },
    ...readdirSync(bundle)
      .sort()
      .map(name => ({ from: join(bundle, name), to: `/gate/${name}` })),
    ...libraries.map(path => ({ from: path, to: `${libraryFolder}/${basename(path)}` })),
    ...(loader ? [{ from: loader, to: loader }] : []),
  ]
}

// The bundle by its bytes; node and its libraries by size and time, which is what changes when they are replaced:
// hashing 100 MB at every start would cost more than the import it saves.
function contentHash(files: readonly ImageFile[]): string {
  const hash = createHash('sha256').update(`${process.version} ${process.arch} ${settings}\n`)
  for (const { from, to } of files) {
    const { size, mtimeMs } = statSync(from)
    hash.update(to.startsWith('/gate/') ? readFileSync(from) : `${to} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

async function writeFiles(tar: Pack, files: readonly ImageFile[]): Promise<void> {
  for (const { from, to } of files) {
    const { size } = statSync(from)
    const entry = tar.entry({ name: to.slice(1), mode: 0o755, size, mtime: new Date(0) })
    await pipeline(createReadStream(from), entry)
  }
  tar.finalize()
}
