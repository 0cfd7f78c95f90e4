import { createHash } from 'node:crypto'
import { base58, bech32, bech32m } from '@scure/base'
import { validateMnemonic } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import cards from 'card-validator'
import { isValidIBAN } from 'ibantools'

/** A kind of number or key that is told by its checksum, not by a prefix: its name for the log, and whether a text has one. */
export interface CheckedFormat {
  readonly name: string
  found(text: string): boolean
}

const words = new Set(wordlist)
// Bare, or in the groups that stand on a card; maestro's ranges are too wide to mean anything.
const cardShape =
  /(?<![\w.-]|\d )(?:\d{14,16}|\d{4}([ -])\d{4}\1\d{4}\1\d{2,4}|\d{4}([ -])\d{6}\2\d{4,5})(?![\w-]|\.\d| \d)/g
const issuers = /^(visa|mastercard|american-express|discover|diners-club|jcb|unionpay)$/
// A longer run of list words is a list.
const longestRun = 40

/** Payment and identity numbers, and keys to money. Each match has to pass its format's own check. */
export const checkedFormats: readonly CheckedFormat[] = [
  { name: 'payment card number', found: some(cardShape, isCard) },
  { name: 'IBAN', found: some(/(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?/g, isIban) },
  // https://www.ssa.gov/employer/randomization.html: what no area, group or serial is.
  {
    name: 'social security number',
    found: some(/(?<![\w.-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-]|\.\d)/g, () => true),
  },
  {
    name: 'Bitcoin private key',
    found: some(/(?<![1-9A-HJ-NP-Za-km-z])[5KL9c][1-9A-HJ-NP-Za-km-z]{50,51}(?![1-9A-HJ-NP-Za-km-z])/g, key),
  },
  {
    name: 'extended private key',
    found: some(/[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{107}/g, text => base58check(text)?.length === 78),
  },
  { name: 'Ethereum private key', found: some(/0x[0-9a-f]{64}(?![0-9a-f])/gi, () => true) },
  { name: 'seed phrase', found: hasSeedPhrase },
  {
    name: 'Bitcoin address',
    found: some(
      /(?<![1-9A-HJ-NP-Za-km-z])[13][1-9A-HJ-NP-Za-km-z]{25,34}(?![1-9A-HJ-NP-Za-km-z])/g,
      text => base58check(text)?.length === 21,
    ),
  },
  { name: 'Bitcoin address', found: some(/(?<![a-z0-9])bc1[02-9ac-hj-np-z]{39,87}(?![a-z0-9])/gi, isSegwit) },
  { name: 'Ethereum address', found: some(/(?<![a-z0-9])0x[0-9a-f]{40}(?![0-9a-z])/gi, () => true) },
]

const mostMatches = 10_000

function some(pattern: RegExp, holds: (match: string) => boolean): (text: string) => boolean {
  return text => {
    let left = mostMatches
    for (const [match] of text.matchAll(pattern)) {
      if (holds(match)) return true
      if (left-- === 0) return false
    }
    return false
  }
}

// Luhn and an issuer's range. Repeated digits are placeholders.
function isCard(match: string): boolean {
  const digits = match.replace(/\D/g, '')
  const { isValid, card } = cards.number(digits)
  return isValid && issuers.test(card?.type ?? '') && new Set(digits).size > 1
}

// In running text capital words may follow: take groups away from the end.
function isIban(match: string): boolean {
  const compact = match.replaceAll(' ', '')
  if (isValidIBAN(compact)) return true
  for (let at = match.lastIndexOf(' '); at > 12; at = match.lastIndexOf(' ', at - 1)) {
    if (isValidIBAN(match.slice(0, at).replaceAll(' ', ''))) return true
  }
  return false
}

function key(text: string): boolean {
  const data = base58check(text)
  return (data?.length === 33 || data?.length === 34) && (data[0] === 0x80 || data[0] === 0xef)
}

// Base58Check (https://en.bitcoin.it/wiki/Base58Check_encoding): the payload, or undefined when the checksum is wrong.
function base58check(text: string): Uint8Array | undefined {
  const data = base58.decode(text)
  const payload = data.subarray(0, -4)
  const twice = sha256(sha256(payload))
  return twice.subarray(0, 4).equals(data.subarray(-4)) ? payload : undefined
}

function sha256(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest()
}

function isSegwit(text: string): boolean {
  return [bech32, bech32m].some(code => code.decodeUnsafe(text.toLowerCase() as `${string}1${string}`) !== undefined)
}

/** Twelve to 24 words in a row from BIP-39's English list whose checksum is right; numbers and marks may stand between. */
function hasSeedPhrase(text: string): boolean {
  let run: string[] = []
  let end = 0
  for (const match of text.toLowerCase().matchAll(/[a-z]+|$/g)) {
    const [word] = match
    const goesOn = words.has(word) && match.index - end <= 6
    if (!goesOn && isSeedPhrase(run)) return true
    run = words.has(word) ? [...(goesOn && run.length <= longestRun ? run : []), word] : []
    end = match.index + word.length
  }
  return false
}

function isSeedPhrase(run: readonly string[]): boolean {
  if (run.length > longestRun) return false
  for (const length of [12, 15, 18, 21, 24]) {
    for (let at = 0; at + length <= run.length; at++) {
      if (validateMnemonic(run.slice(at, at + length).join(' '), wordlist)) return true
    }
  }
  return false
}
