/** What the first bytes of a tunnel are. `more`: not enough of them yet. */
export type FirstBytes =
  | { readonly kind: 'more' }
  | { readonly kind: 'other' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'hello'; readonly serverName: string | undefined }

const handshakeRecord = 22
const clientHello = 1
const serverNameExtension = 0

// Real clients take one or two; a record for every byte would only cost us time.
const mostRecords = 64

/** The most bytes a ClientHello may take, over all its records. */
export const longestHello = 64 * 1024

/**
 * Reads the server name out of a TLS ClientHello (RFC 8446 §4.1.2, RFC 6066 §3), which may be spread over records and
 * packets. Whatever starts with another byte than a handshake record's is not TLS. Never throws; never reads past.
 */
export function readClientHello(data: Buffer): FirstBytes {
  if (data.length === 0) return { kind: 'more' }
  if (data[0] !== handshakeRecord) return { kind: 'other' }
  const message = handshake(data)
  if (message === undefined) return { kind: 'more' }
  if (message === null) return { kind: 'broken' }
  try {
    return { kind: 'hello', serverName: serverName(message) }
  } catch {
    return { kind: 'broken' }
  }
}

// Joins record payloads until the handshake message is whole: undefined while it is not, null when it cannot be.
function handshake(data: Buffer): Buffer | undefined | null {
  let joined: Buffer = Buffer.alloc(0)
  let at = 0
  let length = 0
  for (let records = 0; records <= mostRecords; records++) {
    if (joined.length >= 4) {
      if (joined[0] !== clientHello) return null
      const need = 4 + joined.readUIntBE(1, 3)
      if (need > longestHello) return null
      if (joined.length >= need) return joined.subarray(4, need)
    }
    if (at + 5 > data.length) return undefined
    if (data[at] !== handshakeRecord || data[at + 1] !== 3) return null
    length = data.readUInt16BE(at + 3)
    if (length === 0 || length > 16640) return null
    if (at + 5 + length > data.length) return undefined
    joined = Buffer.concat([joined, data.subarray(at + 5, at + 5 + length)])
    at += 5 + length
  }
  return null
}

function serverName(hello: Buffer): string | undefined {
  let at = 2 + 32
  at += 1 + hello.readUInt8(at)
  at += 2 + hello.readUInt16BE(at)
  at += 1 + hello.readUInt8(at)
  if (at === hello.length) return undefined
  const end = at + 2 + hello.readUInt16BE(at)
  at += 2
  if (end !== hello.length) throw new RangeError('extensions do not end where the message does')
  let name: string | undefined
  while (at + 4 <= end) {
    const [type, length] = [hello.readUInt16BE(at), hello.readUInt16BE(at + 2)]
    if (type === serverNameExtension) {
      // Of two names a server may take the other one (RFC 8446 §4.2 forbids the second).
      if (name !== undefined) throw new RangeError('two server names')
      name = onlyName(hello.subarray(at + 4, at + 4 + length))
    }
    at += 4 + length
  }
  return name
}

// A server name list with one entry of type host_name (0), and nothing before, between or after.
function onlyName(extension: Buffer): string {
  if (extension.readUInt8(2) !== 0) throw new RangeError('not a host name')
  const length = extension.readUInt16BE(3)
  if (extension.readUInt16BE(0) !== 3 + length || extension.length !== 5 + length)
    throw new RangeError('not exactly one name')
  return extension.subarray(5).toString('latin1')
}
