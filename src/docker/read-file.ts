import { posix } from 'node:path'
import { extract, type Header } from 'tar-stream'
import { type Engine, statusOf } from './engine.ts'

const mostLinks = 8

/**
 * Reads a file of a container that need not run. Links are followed inside the container's own file system, by asking
 * the engine for where they lead. Undefined when there is no such file; throws when it is longer than `longest` bytes.
 */
export async function readContainerFile(
  engine: Engine,
  container: string,
  path: string,
  longest: number,
): Promise<Buffer | undefined> {
  let at = path
  for (let links = 0; links < mostLinks; links++) {
    const entry = await firstEntry(engine, container, at, longest)
    if (!entry) return undefined
    if (entry.header.type === 'file') return entry.content
    if (entry.header.type !== 'symlink' || !entry.header.linkname) return undefined
    at = posix.resolve(posix.dirname(at), entry.header.linkname)
  }
  return undefined
}

async function firstEntry(engine: Engine, container: string, path: string, longest: number) {
  const archive = await engine.getArchive(container, path).catch(error => {
    if (statusOf(error) === 404) return undefined
    throw error
  })
  if (!archive) return undefined
  const reader = extract()
  archive.pipe(reader)
  archive.on('error', error => reader.destroy(error))
  let found: { header: Header; content: Buffer } | undefined
  for await (const entry of reader) {
    if ((entry.header.size ?? 0) > longest) throw new Error(`${path} of the image is longer than ${longest} bytes`)
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    found ??= { header: entry.header, content: Buffer.concat(chunks) }
    // A folder would bring everything below it.
    if (entry.header.type === 'directory') break
  }
  archive.destroy()
  return found
}
