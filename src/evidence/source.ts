import { constants } from 'node:fs'
import { lstat, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { BottleError } from '../errors.ts'

/** The files of one run's evidence, in a folder or in the .zip of its artifact. To be disposed of. */
export interface EvidenceSource extends AsyncDisposable {
  /** The path it was opened by: how it is called in messages. */
  readonly path: string
  /** The names of its files. */
  readonly names: readonly string[]
  /** How many bytes a file has, or undefined when there is no such file. */
  size(name: string): number | undefined
  /** The bytes of a file that is there. */
  stream(name: string): Promise<Readable>
}

const fix = 'Name the folder of a run, the folder of a downloaded artifact, or its .zip.'

/**
 * Opens the evidence at a path, whoever wrote it. Links in a folder are not followed, and what is no regular file is not
 * opened. Throws a BottleError when there is nothing that can be read.
 */
export async function openSource(path: string): Promise<EvidenceSource> {
  const found = await stat(path).catch(cause => {
    throw new BottleError(`${path} does not exist.`, fix, { cause })
  })
  if (found.isDirectory()) return openFolder(path)
  if (!found.isFile()) throw new BottleError(`${path} is neither a folder nor a file.`, fix)
  const { openZip } = await import('./zip.ts')
  return openZip(path)
}

/** A whole file as text; see `readBytes`. */
export async function readText(source: EvidenceSource, name: string, most: number): Promise<string> {
  return (await readBytes(source, name, most)).toString('utf8')
}

/** A whole file. Throws a BottleError when it is not there, cannot be read, or has more than `most` bytes. */
export async function readBytes(source: EvidenceSource, name: string, most: number): Promise<Buffer> {
  const size = source.size(name)
  if (size === undefined) throw new BottleError(`${source.path} holds no ${name} that can be read.`, fix)
  const chunks: Buffer[] = []
  let bytes = 0
  // A file in a folder may grow meanwhile; an entry of a zip cannot.
  for await (const chunk of size > most ? [] : bytesOf(source, name)) {
    bytes += chunk.length
    if (bytes > most) break
    chunks.push(chunk)
  }
  if (Math.max(size, bytes) > most)
    throw new BottleError(
      `${name} in ${source.path} has more than ${most / 2 ** 20} MiB.`,
      'That is no evidence of a run.',
    )
  return Buffer.concat(chunks)
}

// No line of the evidence is longer (evidence/writer.ts), so no more of one is kept.
const longestLine = 64 * 1024

/** The lines of a file in constant memory; of one that is too long, the beginning. Nothing when there is no such file. */
export async function* linesOf(source: EvidenceSource, name: string): AsyncGenerator<string> {
  if (source.size(name) === undefined) return
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of bytesOf(source, name)) {
    const parts = decoder.write(chunk).split('\n')
    for (const part of parts.slice(0, -1)) {
      yield `${rest}${part}`.slice(0, longestLine)
      rest = ''
    }
    rest = `${rest}${parts.at(-1)}`.slice(0, longestLine)
  }
  if (rest !== '') yield rest
}

async function* bytesOf(source: EvidenceSource, name: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of await source.stream(name)) yield chunk as Buffer
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new BottleError(`${name} in ${source.path} cannot be read: ${why}.`, fix, { cause })
  }
}

async function openFolder(path: string): Promise<EvidenceSource> {
  const sizes = new Map<string, number>()
  for (const name of await readdir(path)) {
    const found = await lstat(join(path, name))
    if (found.isFile()) sizes.set(name, found.size)
  }
  return {
    path,
    names: [...sizes.keys()],
    size: name => sizes.get(name),
    async stream(name) {
      // What was a file a moment ago may be a link or a pipe by now.
      const handle = await open(join(path, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
      if ((await handle.stat()).isFile()) return handle.createReadStream()
      await handle.close()
      throw new Error('it is no file')
    },
    async [Symbol.asyncDispose]() {},
  }
}
