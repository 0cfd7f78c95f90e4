import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'
import type { Refusal } from './judge.ts'

/** A request's body: its bytes as they came, and the texts in it that are searched for secrets. */
export interface Body {
  readonly raw: Buffer
  readonly texts: readonly string[]
}

const decoders: Readonly<Record<string, (data: Buffer, limit: number) => Promise<Buffer>>> = {
  gzip: (data, maxOutputLength) => promisify(gunzip)(data, { maxOutputLength }),
  'x-gzip': (data, maxOutputLength) => promisify(gunzip)(data, { maxOutputLength }),
  deflate: (data, maxOutputLength) => promisify(inflate)(data, { maxOutputLength }),
  br: (data, maxOutputLength) => promisify(brotliDecompress)(data, { maxOutputLength }),
  zstd: (data, maxOutputLength) => promisify(zstdDecompress)(data, { maxOutputLength }),
}

/**
 * Reads what a whole request body says, at most `limit` bytes as decoded, before anything of it goes on.
 * Resolves with a refusal when it is larger, or encoded in a way that cannot be looked into: unseen is unsent.
 */
export async function readBody(
  request: IncomingMessage,
  raw: Buffer,
  limit: number,
): Promise<Body | { refusal: Refusal }> {
  let plain: Buffer = raw
  const encodings = (request.headers['content-encoding'] ?? '').toLowerCase().split(',')
  for (const encoding of encodings
    .map(name => name.trim())
    .filter(name => name !== '' && name !== 'identity')
    .reverse()) {
    const decode = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined
    const decoded = await decode?.(plain, limit).catch(() => undefined)
    if (!decoded) return refuse(`request body with content-encoding ${encoding.slice(0, 20)} cannot be scanned`)
    plain = decoded
  }
  return { raw, texts: plain.length === 0 ? [] : textsOf(plain, request.headers['content-type'] ?? '') }
}

// The body itself, and what its format spreads: form values, JSON strings (escapes undone), both joined.
function textsOf(plain: Buffer, type: string): string[] {
  const text = plain.toString('utf8')
  const wide = plain.includes(0) ? [plain.toString('utf16le'), plain.toString('latin1').replaceAll('\0', '')] : []
  if (/x-www-form-urlencoded/i.test(type)) {
    const values = [...new URLSearchParams(text).values()]
    return [text, ...wide, values.join('\n'), values.join('')]
  }
  const strings = jsonStrings(text)
  return [text, ...wide, ...(strings.length > 0 ? [strings.join('\n'), strings.join('')] : [])]
}

function jsonStrings(text: string): string[] {
  if (!/^\s*[[{"]/.test(text)) return []
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value === 'string') found.push(value)
    else if (Array.isArray(value)) for (const one of value) visit(one)
    else if (value !== null && typeof value === 'object')
      for (const [key, one] of Object.entries(value)) {
        visit(key)
        visit(one)
      }
  }
  try {
    visit(JSON.parse(text))
  } catch {
    // Not JSON after all, or nested beyond reason: the text itself is searched anyway.
  }
  return found
}

function refuse(reason: string): { refusal: Refusal } {
  return { refusal: { scanner: 'body_dlp', reason, status: 403 } }
}
