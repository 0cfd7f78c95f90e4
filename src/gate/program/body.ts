import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'
import { hiddenTexts } from './decodings.ts'
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

// The body itself, and what its format spreads: form values, JSON strings (escapes undone), parts; each kind joined.
function textsOf(plain: Buffer, type: string): string[] {
  const text = plain.toString('utf8')
  const wide = plain.includes(0) ? [plain.toString('utf16le'), plain.toString('latin1').replaceAll('\0', '')] : []
  return [
    text,
    ...wide,
    ...(plain.includes(0) || plain[0] === 0x78 ? hiddenTexts([plain]) : []),
    ...spread(valuesOf(text, type)),
  ]
}

function valuesOf(text: string, type: string): Values {
  if (/x-www-form-urlencoded/i.test(type)) return { values: [...new URLSearchParams(text).values()], names: [] }
  const boundary = /^multipart\/.*boundary="?([^";]{1,200})/i.exec(type)?.[1]
  return boundary === undefined ? jsonStrings(text) : { values: partsOf(text, boundary), names: [] }
}

interface Values {
  readonly values: readonly string[]
  readonly names: readonly string[]
}

function spread({ values, names }: Values): string[] {
  if (values.length + names.length === 0) return []
  return [[...values, ...names].join('\n'), ...(values.length > 1 ? [values.join('')] : [])]
}

// RFC 2046 §5.1: what stands behind the empty line of each part.
function partsOf(text: string, boundary: string): string[] {
  return text
    .split(`--${boundary}`)
    .map(part => /\r?\n\r?\n([\s\S]*)/.exec(part)?.[1]?.replace(/\r?\n$/, '') ?? '')
    .filter(Boolean)
}

function jsonStrings(text: string): Values {
  const values: string[] = []
  const names: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value === 'string') values.push(value)
    else if (Array.isArray(value)) for (const one of value) visit(one)
    else if (value !== null && typeof value === 'object')
      for (const [key, one] of Object.entries(value)) {
        names.push(key)
        visit(one)
      }
  }
  try {
    if (/^\s*[[{"]/.test(text)) visit(JSON.parse(text))
  } catch {
    // Not JSON after all, or nested beyond reason: the text itself is searched anyway.
  }
  return { values, names }
}

function refuse(reason: string): { refusal: Refusal } {
  return { refusal: { scanner: 'body_dlp', reason, status: 403 } }
}
