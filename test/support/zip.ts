import { crc32, deflateRawSync } from 'node:zlib'

/** A file of a zip, and the lies its headers may tell. */
export interface ZipFile {
  readonly name: string
  readonly data: string | Buffer
  /** What the headers say the unpacked size is. */
  readonly size?: number
  /** The Unix mode, such as 0o120777 for a link. */
  readonly mode?: number
  /** General purpose flags; bit 0 is encryption. */
  readonly flags?: number
}

/** Writes a zip (APPNOTE 4.3): deflated entries, central directory, end. Nothing of it is checked. */
export function zipOf(files: readonly ZipFile[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, data, size, mode = 0o100644, flags = 0 } of files) {
    const bytes = Buffer.from(data)
    const packed = deflateRawSync(bytes)
    const called = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size ?? bytes.length, 18)
    common.writeUInt16LE(called.length, 22)
    const head = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, called, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode << 16) >>> 0, 6)
    rest.writeUInt32LE(at, 10)
    // Made by Unix, so that the mode is one.
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, called]))
    local.push(head)
    at += head.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...local, directory, end])
}
