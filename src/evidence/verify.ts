import type { KeyObject } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { BottleError } from '../errors.ts'
import {
  type Envelope,
  isSignedBy,
  predicateType,
  readKey,
  receiptFile,
  type Statement,
  sha256,
  vouchedOf,
} from './receipt.ts'
import type { Summary } from './summary.ts'

/** What a receipt that fits says: the run, and how many files it covers. */
export interface Verified {
  readonly statement: Statement
  readonly files: number
}

/**
 * Checks evidence against its receipt and a public key: the signature first, then every file, then that the summary
 * says what was signed, then that as many blocks are listed as were counted. `files` is the whole evidence, by name.
 * Throws a BottleError that names the first thing that does not fit.
 */
export function verifyEvidence(files: ReadonlyMap<string, Buffer>, key: string): Verified {
  const statement = signedStatement(files, publicKey(key))
  const signed = new Map(statement.subject.map(one => [one.name, one.digest.sha256]))
  for (const [name, digest] of signed) {
    const bytes = files.get(name)
    if (!bytes) throw misfit(`${name} is missing`)
    if (sha256(bytes) !== digest) throw misfit(`${name} is not the file that was signed`)
  }
  const stranger = [...files.keys()].find(name => name !== receiptFile && !signed.has(name))
  if (stranger !== undefined) throw misfit(`${JSON.stringify(stranger)} was not there when the evidence was signed`)
  const summary = JSON.parse(text(files, 'summary.json')) as Summary
  if (!isDeepStrictEqual(plainly(vouchedOf(summary)), plainly(statement.predicate)))
    throw misfit('summary.json does not say what the receipt says')
  return { statement, files: signed.size }
}

function signedStatement(files: ReadonlyMap<string, Buffer>, key: KeyObject): Statement {
  if (!files.has(receiptFile))
    throw new BottleError(`There is no ${receiptFile}.`, 'Evidence is signed when the spec says `receipts: true`.')
  let envelope: Envelope
  let statement: Statement
  try {
    envelope = JSON.parse(text(files, receiptFile)) as Envelope
    if (!isSignedBy(envelope, key)) throw misfit(`${receiptFile} was not signed with this key`)
    statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as Statement
  } catch (cause) {
    if (cause instanceof BottleError) throw cause
    throw misfit(`${receiptFile} is no receipt`, cause)
  }
  if (statement.predicateType !== predicateType)
    throw misfit(`the receipt is of the kind ${JSON.stringify(statement.predicateType)} and not ${predicateType}`)
  return statement
}

function publicKey(text: string): KeyObject {
  try {
    return readKey(text)
  } catch (cause) {
    throw new BottleError(
      `${JSON.stringify(text.slice(0, 80))} is no public key of a receipt.`,
      "Give the step's output `receipt-key`, a line of base64.",
      { cause },
    )
  }
}

function misfit(what: string, cause?: unknown): BottleError {
  return new BottleError(
    `The evidence does not fit its receipt: ${what}.`,
    'Do not rely on it; download the artifact again, and take the key from the log of the step that made it.',
    { cause },
  )
}

function text(files: ReadonlyMap<string, Buffer>, name: string): string {
  return files.get(name)?.toString('utf8') ?? ''
}

// As JSON tells it: a key that is undefined here is absent there.
function plainly(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
