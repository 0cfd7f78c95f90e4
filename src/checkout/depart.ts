import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  type Stats,
} from 'node:fs'
import { join } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Header, type Pack, pack } from 'tar-stream'
import { BottleError } from '../errors.ts'
import { add, type Head, inPieces } from './tar-queue.ts'

/** A folder that is to travel. */
export interface Departing {
  /** Absolute path here, and the name of its folder there. */
  readonly from: string
  readonly as: string
  /** Whom everything belongs to there, uid and gid. */
  readonly owner: readonly [number, number]
  /** Names at its top that alone go; all, unless told. */
  readonly only?: readonly string[]
  /** Absolute paths that stay. */
  readonly without?: readonly string[]
  /** Texts that go in the place of files, by path relative to the folder. */
  readonly inPlace?: ReadonlyMap<string, string>
  /** Told of each entry that goes: its path relative to the folder. */
  readonly sent?: (path: string) => void
  /** Told of each entry that cannot go, and why. */
  readonly stays?: (path: string, why: string) => void
}

// What is read at once; more is streamed.
const small = 256 * 1024
// What fits into the field of a tar's header (tar(5), ustar); a larger id needs a record of its own.
const largestId = 0o777777

/**
 * The tar of some folders, in constant memory but for the names of hard links: files, folders, symbolic links, modes,
 * times to the second. It is uncompressed: the engine must never unpack another (CVE-2026-41567). Whatever goes wrong
 * ends it with an error, so that nobody takes a part for the whole.
 */
export function departing(folders: readonly Departing[]): Readable {
  const tar = pack()
  const all = async () => {
    for (const one of folders) await addFolder(tar, one)
    tar.finalize()
  }
  all().catch((error: Error) => tar.destroy(unread(error)))
  return Readable.from(inPieces(tar), { objectMode: false })
}

function unread(cause: Error): BottleError {
  return new BottleError(
    `The workspace could not be read while it was sent to the engine: ${cause.message}.`,
    'See that nothing else changes it while the step starts.',
    { cause },
  )
}

async function addFolder(tar: Pack, one: Departing): Promise<void> {
  await add(tar, header(one, '', lstatSync(one.from), 'directory'))
  const links = new Map<string, string>()
  const folders = ['']
  while (folders.length > 0) {
    const folder = folders.pop() ?? ''
    for (const name of listed(one, folder)) {
      if (folder === '' && one.only && !one.only.includes(name)) continue
      const path = folder ? `${folder}/${name}` : name
      if (one.without?.includes(join(one.from, path))) continue
      if (name.includes('\ufffd')) one.stays?.(path, 'its name is not UTF-8')
      else if (await addEntry(tar, one, path, links)) folders.push(path)
    }
  }
}

/** Adds one entry, and says whether it is a folder, to be gone into. */
async function addEntry(tar: Pack, one: Departing, path: string, links: Map<string, string>): Promise<boolean> {
  const at = join(one.from, path)
  const found = lstatSync(at, { throwIfNoEntry: false })
  if (!found) return false
  const text = one.inPlace?.get(path)
  if (found.isDirectory()) await add(tar, header(one, path, found, 'directory'))
  else if (found.isSymbolicLink())
    await add(tar, { ...header(one, path, found, 'symlink'), linkname: readlinkSync(at) })
  else if (!found.isFile()) {
    one.stays?.(path, 'it is a socket, a pipe or a device')
    return false
  } else if (text !== undefined) await add(tar, header(one, path, found, 'file'), Buffer.from(text))
  else {
    const key = `${found.dev} ${found.ino}`
    const linkname = found.nlink > 1 ? links.get(key) : undefined
    if (linkname !== undefined) await add(tar, { ...header(one, path, found, 'link'), linkname })
    else if (!(await addFile(tar, one, path))) return false
    else if (found.nlink > 1) links.set(key, `${one.as}/${path}`)
  }
  one.sent?.(path)
  return found.isDirectory()
}

async function addFile(tar: Pack, one: Departing, path: string): Promise<boolean> {
  let file: number
  try {
    file = openSync(join(one.from, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    one.stays?.(path, `it cannot be read (${(error as NodeJS.ErrnoException).code})`)
    return false
  }
  const found = fstatSync(file)
  const head = header(one, path, found, 'file')
  if (found.size <= small) {
    const content = readFileSync(file)
    closeSync(file)
    await add(tar, head, content)
  } else {
    // As long as it was when it was opened, whatever grows; one that shrinks is an error.
    const source = createReadStream('', { fd: file, start: 0, end: found.size - 1, highWaterMark: small })
    await pipeline(source, tar.entry({ ...head, size: found.size }) as unknown as Writable)
  }
  return true
}

function header(
  { as, owner: [uid, gid] }: Departing,
  path: string,
  found: Stats,
  type: NonNullable<Header['type']>,
): Head {
  const large = uid > largestId || gid > largestId
  return {
    name: path ? `${as}/${path}` : as,
    type,
    mode: found.mode & 0o1777,
    uid,
    gid,
    mtime: new Date(Math.max(0, found.mtimeMs)),
    ...(large ? { pax: { uid: String(uid), gid: String(gid) } } : {}),
  }
}

function listed(one: Departing, folder: string): string[] {
  try {
    return readdirSync(join(one.from, folder))
  } catch (error) {
    one.stays?.(folder, `what is in it cannot be read (${(error as NodeJS.ErrnoException).code})`)
    return []
  }
}
