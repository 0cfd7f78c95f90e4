import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'

const step = 1024 * 1024
const largestFile = 4 * step

/**
 * Which of the texts everything of a container holds: the memory and the environment of its processes, and the files of
 * the folders it can write to. Looked at from the host, as root; `pid` is the container's first process as the host counts.
 */
export function heldTexts(pid: number, folders: readonly string[], texts: readonly string[]): Map<string, string[]> {
  const found = new Map(texts.map(text => [text, [] as string[]]))
  const look = (data: Buffer, where: string) => {
    for (const text of texts) if (data.includes(text)) found.get(text)?.push(where)
  }
  for (const one of familyOf(pid)) {
    look(readOr(`/proc/${one}/environ`), `environment of ${one}`)
    look(readOr(`/proc/${one}/cmdline`), `command line of ${one}`)
    for (const piece of memoryOf(one)) look(piece, `memory of ${one}`)
  }
  for (const folder of folders) for (const path of filesOf(join(`/proc/${pid}/root`, folder))) look(readOr(path), path)
  return found
}

// Whoever shares the first process's pid namespace.
function familyOf(pid: number): number[] {
  const namespace = (one: number | string) => linkOr(`/proc/${one}/ns/pid`)
  const own = namespace(pid)
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && own !== '' && namespace(name) === own)
    .map(Number)
}

function* memoryOf(pid: number): Generator<Buffer> {
  const maps = readOr(`/proc/${pid}/maps`)
    .toString()
    .matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw/gm)
  let memory: number
  try {
    memory = openSync(`/proc/${pid}/mem`, 'r')
  } catch {
    return
  }
  try {
    for (const [, from = '0', to = '0'] of maps) {
      const end = Number.parseInt(to, 16)
      // A text may lie over two pieces: they overlap.
      for (let at = Number.parseInt(from, 16); at < end; at += step) {
        const piece = Buffer.alloc(Math.min(step + 256, end - at))
        try {
          yield piece.subarray(0, readSync(memory, piece, 0, piece.length, at))
        } catch {
          // A page that cannot be read holds nothing for the process either.
        }
      }
    }
  } finally {
    closeSync(memory)
  }
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(one => one.isFile())
      .map(one => join(one.parentPath, one.name))
  } catch {
    return []
  }
}

function readOr(path: string): Buffer {
  try {
    return readFileSync(path).subarray(0, largestFile)
  } catch {
    return Buffer.alloc(0)
  }
}

function linkOr(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
