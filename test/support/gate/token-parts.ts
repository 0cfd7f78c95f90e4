import { createHash, createHmac } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { base58 } from '@scure/base'
import { seeded } from './seeded.ts'

/** A format that secrets come in, and how one is made: a new one each time, checksums right, never written down. */
export interface TokenMaker {
  readonly name: string
  make(): string
}

export const { bytes: randomBytes, below } = seeded('token makers')

const of = (letters: string) => (length: number) =>
  Array.from({ length }, () => letters[below(letters.length)]).join('')
export const digits = of('0123456789')
export const hex = of('0123456789abcdef')
export const upper = of('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
export const mixed = of(base62)
export const wide = of(`${base62}-_`)
export const lower = of('abcdefghijklmnopqrstuvwxyz0123456789')

/** `<mark>_` and 36 characters, the last six of them the checksum of the rest: GitHub's and npm's form. */
export function checked(mark: string): string {
  const body = mixed(30)
  let [sum, end] = [crc32(body), '']
  for (let i = 0; i < 6; i++, sum = Math.floor(sum / 62)) end = base62[sum % 62] + end
  return `${mark}_${body}${end}`
}

export function jwt(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: digits(10), name: mixed(8), iat: 1516239022 })}`
  return `${signed}.${createHmac('sha256', mixed(20)).update(signed).digest('base64url')}`
}

export function armoured(what: string, body: Buffer): string {
  const lines = body.toString('base64').replace(/.{64}/g, '$&\n')
  return `-----BEGIN ${what}-----\n${what.startsWith('PGP') ? '\n' : ''}${lines}\n-----END ${what}-----\n`
}

// A DER sequence of that many bytes: enough of a key for whoever looks for one, and the same in every run.
export function der(length: number): Buffer {
  return Buffer.concat([Buffer.from([0x30, 0x82, length >> 8, length & 0xff, 2, 1, 0]), randomBytes(length)])
}

export function base58check(version: string, data: Buffer): string {
  const payload = Buffer.concat([Buffer.from(version, 'hex'), data])
  const sha = (one: Buffer) => createHash('sha256').update(one).digest()
  return base58.encode(Buffer.concat([payload, sha(sha(payload)).subarray(0, 4)]))
}

export function luhn(begin: string, length: number): string {
  const body = begin + digits(length - begin.length - 1)
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}

export function iban(): string {
  const body = digits(18)
  const rest = BigInt(`${body}131400`) % 97n
  return `DE${String(98n - rest).padStart(2, '0')}${body}`
}

/** `mark` and its rest: kept apart in this file, so that nothing in the repository looks like a token. */
export const make = (name: string, ...parts: (string | (() => string))[]): TokenMaker => ({
  name,
  make: () => parts.map(part => (typeof part === 'string' ? part : part())).join(''),
})
