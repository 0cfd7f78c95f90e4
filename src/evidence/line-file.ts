import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'

/** A file of lines that stays under a size, and says what it left out. */
export interface LineFile {
  /**
   * Takes the next line: `make` writes it, without its end, when it is wanted; `kind` and
   * `host` name its like when there is a choice.
   */
  write(make: () => string, kind: string, host: string): void
  /** Never throws. */
  close(): Kept
}

/** How many lines a file was given and how many of them it holds; `isBroken` when it could not be written on. */
export interface Kept {
  readonly lines: number
  readonly written: number
  readonly isBroken: boolean
}

/** Bytes: up to `whole` every line is written; then a sample, until `most`. */
export interface SizeLimit {
  readonly whole: number
  readonly most: number
}

const flushAt = 64 * 1024
const mostGroups = 4096

/**
 * Opens a new file (mode 600; throws when there is one). Lines are written when there are enough of them or the thread
 * has nothing else to do, so a killed process loses at most what it was just given. Past `limit.whole` bytes the first
 * line of each kind and host is written, and again each time there are twice as many: the 1st, 2nd, 4th, 8th …
 */
export function openLineFile(path: string, limit: SizeLimit): LineFile {
  const file = openSync(path, 'wx', 0o600)
  const kinds = new Map<string, Map<string, { times: number }>>()
  let groups = 0
  let [lines, written, bytes] = [0, 0, 0]
  let waiting = ''
  let planned = false
  let length = 0
  let broken: unknown
  const put = (text: string) => {
    const data = Buffer.from(text)
    try {
      writeWhole(file, data)
      length += data.length
    } catch (error) {
      // Each line is there whole or not at all.
      ftruncateSync(file, length)
      throw error
    }
  }
  const flush = () => {
    const text = waiting
    waiting = ''
    planned = false
    if (text === '' || broken) return
    try {
      put(text)
    } catch {
      try {
        // What still has room.
        for (const line of text.match(/.*\n/g) ?? []) put(line)
      } catch (error) {
        broken = error
      }
    }
  }
  // Two maps and not one of both names in one: joining them a million times takes longer than all the rest of this.
  const isSample = (kind: string, host: string) => {
    const hosts = kinds.get(kind) ?? new Map<string, { times: number }>()
    if (hosts.size === 0) kinds.set(kind, hosts)
    let like = hosts.get(host)
    if (!like) {
      groups += 1
      // More than are told apart are one group.
      const name = groups > mostGroups ? '' : host
      like = hosts.get(name) ?? { times: 0 }
      hosts.set(name, like)
    }
    like.times += 1
    return (like.times & (like.times - 1)) === 0
  }
  return {
    write(make, kind, host) {
      if (broken) throw broken
      lines += 1
      if (bytes >= limit.whole && (bytes >= limit.most || !isSample(kind, host))) return
      const line = make()
      bytes += Buffer.byteLength(line) + 1
      written += 1
      waiting += `${line}\n`
      if (waiting.length >= flushAt) flush()
      else if (!planned) {
        planned = true
        setImmediate(flush)
      }
    },
    close() {
      flush()
      // A flush that was planned finds nothing to write.
      closeSync(file)
      return { lines, written, isBroken: broken !== undefined }
    },
  }
}

// A full disk or a signal may cut a write short.
function writeWhole(file: number, data: Buffer): void {
  for (let at = 0; at < data.length; ) at += writeSync(file, data, at)
}
