import { gunzipSync, inflateSync } from 'node:zlib'
import { decode as decodeEntities } from 'html-entities'
import unhomoglyph from 'unhomoglyph'
import { rewritten } from './rewrite.ts'

/** Reads a text as if it were written in one encoding: the texts hidden in it, none when it is not. Linear in its length. */
export type Decoding = (text: string) => readonly string[]

/** Every encoding that is looked into. A text may be wrapped in several: the caller decodes what comes out again. */
export const decodings: readonly Decoding[] = [percent, escapes, lookalikes, spacedOut, bytes, base64, base32]

// To the end at once: each round of `%2525` is one more that somebody wrapped around it.
function percent(text: string): string[] {
  let plain: string | undefined
  for (let round = 0, given = text; round < 8; round++) {
    const once = rewritten(given, /(?:%[0-9a-f]{2})+/gi, run =>
      Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
    )
    if (once === undefined) break
    plain = once
    given = once
  }
  return present([plain, rewritten(plain ?? text, /(?<=\w)\++(?=\w)/g, () => ' ')])
}

// What JSON, JavaScript, shells, HTML and mail write instead of a character.
function escapes(text: string): string[] {
  return present([
    rewritten(text, /\\u\{?[0-9a-f]{4,6}\}?|\\x[0-9a-f]{2}|\\[0-3][0-7]{2}|%u[0-9a-f]{4}/gi, unescaped),
    rewritten(text, /&(?:#\w{1,8}|[a-z]\w{1,30});/gi, one => decodeEntities(one)),
    rewritten(text, /=(?:[2-7][0-9A-F]|\r?\n)/g, one =>
      one.length > 2 && one[1]?.trim() ? character(Number.parseInt(one.slice(1), 16)) : '',
    ),
  ])
}

function unescaped(one: string): string {
  const digits = one.replace(/^[\\%][ux]?\{?|\}$/gi, '')
  return character(Number.parseInt(digits, /^\\\d/.test(one) ? 8 : 16))
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

function present(texts: readonly (string | undefined)[]): string[] {
  return texts.filter(text => text !== undefined)
}

// Characters that nobody sees, full-width and stacked ones, and letters of other scripts that look like Latin ones.
function lookalikes(text: string): string[] {
  const visible = (run: string) =>
    run.normalize('NFKD').replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Mn}\p{Cf}\u115f\u1160\u3164]/gu, '')
  const hidden = /[^\n\r\t\x20-\x7e]+/g
  return present([rewritten(text, hidden, visible), rewritten(text, hidden, run => unhomoglyph(visible(run)))])
}

// `g h p _ 1 …`: at least nine groups of at most four characters, with one same mark or space between.
function spacedOut(text: string): string[] {
  const runs = text.match(
    /(?:[^\s]{1,4}[ \t]){8,}[^\s]{1,4}|(?:[A-Za-z0-9_-]{1,2}[.,;:|/*~"'\r\n]{1,3}){8,}[A-Za-z0-9_-]{1,2}/g,
  )
  return runs ? [runs.map(run => run.replace(/[\s.,;:|/*~"']/g, '')).join('\n')] : []
}

// Hex, plain or with marks between the bytes, and character codes in decimal.
function bytes(text: string): string[] {
  const found: Buffer[] = []
  for (const [run] of text.matchAll(/(?:[0-9a-f]{2}){8,}/gi)) {
    found.push(Buffer.from(run, 'hex'))
    if (run.length >= 18) found.push(Buffer.from(run.slice(1), 'hex'))
  }
  for (const [run] of text.matchAll(/(?:(?:\\x|0x|%|#)?[0-9a-f]{2}[:\-_ ,.;]{0,2}){8,}/gi)) {
    found.push(Buffer.from(run.replace(/\\x|0x|[^0-9a-f]/gi, ''), 'hex'))
  }
  for (const [run] of text.matchAll(/(?:\b\d{2,3}[ ,;\r\n]{1,4}){7,}\d{2,3}\b/g)) {
    found.push(Buffer.from(run.split(/\D+/).map(Number)))
  }
  return hiddenTexts(found)
}

// A run may be glued to what stands before it, so it is read from each of its first four characters.
function base64(text: string): string[] {
  const found: Buffer[] = []
  for (const [run] of unwrapped(text).matchAll(/[A-Za-z0-9+/_-]{12,}/g)) {
    for (let at = 0; at < 4; at++) found.push(Buffer.from(at === 0 ? run : run.slice(at), 'base64'))
    // A path or a name made of words is no base64, but one of its segments may be.
    for (const part of run.split(/[/_-]+/))
      if (part.length >= 12 && part !== run) found.push(Buffer.from(part, 'base64'))
  }
  return hiddenTexts(found)
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

// RFC 4648 §6. In host names there is no case and no padding.
function base32(text: string): string[] {
  const found: Buffer[] = []
  for (const [run] of text.matchAll(/[A-Z2-7]{16,}|[a-z2-7]{16,}/g)) {
    let [bits, value] = [0, 0]
    const out: number[] = []
    for (const one of run.toLowerCase()) {
      value = ((value << 5) | alphabet.indexOf(one)) & 0xffff
      bits += 5
      if (bits >= 8) {
        bits -= 8
        out.push((value >> bits) & 0xff)
      }
    }
    found.push(Buffer.from(out))
  }
  return hiddenTexts(found)
}

// Lines of nothing but base64 belong together, and to the run that ends the line before them.
function unwrapped(text: string): string {
  if (!text.includes('\n')) return text
  const lines = text.split(/\r?\n/)
  let whole = lines[0] ?? ''
  for (const line of lines.slice(1)) {
    const bare = line.trim()
    whole += bare.length >= 4 && /^[A-Za-z0-9+/=_-]+$/.test(bare) ? bare : `\n${line}`
  }
  return whole
}

const mostInflated = 1024 * 1024

/** What can be read in decoded bytes: UTF-16 and what is compressed, besides the printable runs, all in one text. */
export function hiddenTexts(all: readonly Buffer[]): string[] {
  const found = all.flatMap(data => [...printable(data), ...inflated(data)])
  return found.length > 0 ? [found.join('\n')] : []
}

function printable(data: Buffer): string[] {
  const text = data.toString('latin1')
  const wide = text.match(/(?:[\t\r\n\x20-\x7e]\0){8,}/g) ?? []
  return [...(text.match(/[\t\r\n\x20-\x7e]{8,}/g) ?? []), ...wide.map(run => run.replaceAll('\0', ''))]
}

function inflated(data: Buffer): string[] {
  const gzip = data[0] === 0x1f && data[1] === 0x8b
  const zlib = data[0] === 0x78 && ((data[0] << 8) | (data[1] ?? 0)) % 31 === 0
  if (!gzip && !zlib) return []
  try {
    return printable((gzip ? gunzipSync : inflateSync)(data, { maxOutputLength: mostInflated }))
  } catch {
    return []
  }
}
