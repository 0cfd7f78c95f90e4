import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { evidenceFiles } from './files.ts'
import type { Summary } from './summary.ts'

/** The name of the receipt among the evidence's files. */
export const receiptFile = 'receipt.json'

/** What a receipt vouches for beside the files: the run as its summary tells it. */
export type Vouched = Pick<
  Summary,
  | 'bottle'
  | 'verdict'
  | 'enforced'
  | 'outcome'
  | 'gate'
  | 'image'
  | 'imageIds'
  | 'engine'
  | 'mode'
  | 'policyDigest'
  | 'specDigest'
  | 'containment'
  | 'counts'
>

/** An in-toto statement (in-toto.io/Statement/v1): the evidence's files with their digests, and the run they are of. */
export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1'
  readonly predicateType: string
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[]
  readonly predicate: Vouched
}

/** A DSSE envelope (github.com/secure-systems-lab/dsse, v1.0): base64 payload, and signatures over its type and bytes. */
export interface Envelope {
  readonly payloadType: string
  readonly payload: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

const payloadType = 'application/vnd.in-toto+json'

/** What kind of statement a receipt is. The number is its version. */
export const predicateType = 'urn:bottle:receipt:1'

/**
 * Signs the evidence in a folder: writes `receipt.json` (mode 600) over every file that is there, with an ed25519 key
 * made for this and forgotten. Returns the public key as one line of base64 (DER, SPKI): whoever verifies must have it
 * from elsewhere than the evidence, since a forger would bring a key of their own.
 */
export function signEvidence(folder: string, summary: Summary): string {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const statement: Statement = {
    _type: 'https://in-toto.io/Statement/v1',
    predicateType,
    subject: evidenceFiles(folder)
      .map(path => ({ name: basename(path), digest: { sha256: sha256(readFileSync(path)) } }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    predicate: vouchedOf(summary),
  }
  const payload = Buffer.from(JSON.stringify(statement))
  const envelope: Envelope = {
    payloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid: keyId(key), sig: sign(null, toBeSigned(payload), privateKey).toString('base64') }],
  }
  writeFileSync(join(folder, receiptFile), `${JSON.stringify(envelope, null, 2)}\n`, { mode: 0o600 })
  return key
}

/** Did the holder of this key sign this envelope? */
export function isSignedBy(envelope: Envelope, key: KeyObject): boolean {
  if (envelope.payloadType !== payloadType) return false
  const bytes = toBeSigned(Buffer.from(envelope.payload, 'base64'))
  return envelope.signatures.some(({ sig }) => verify(null, bytes, key, Buffer.from(sig, 'base64')))
}

/** Reads a public key as `signEvidence` writes it. Throws when it is none, or not an ed25519 key. */
export function readKey(text: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(text.trim(), 'base64'), format: 'der', type: 'spki' })
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`it is ${key.asymmetricKeyType} and not ed25519`)
  return key
}

/** The parts of a summary that a receipt repeats. */
export function vouchedOf(summary: Summary): Vouched {
  const { bottle, verdict, enforced, outcome, gate, image, imageIds, engine, mode } = summary
  const { policyDigest, specDigest, containment, counts } = summary
  const facts = { bottle, verdict, enforced, outcome, gate, image, imageIds, engine, mode }
  return { ...facts, policyDigest, specDigest, containment, counts }
}

/** The sha256 of bytes, in hex. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function keyId(key: string): string {
  return sha256(Buffer.from(key, 'base64')).slice(0, 16)
}

// DSSE's pre-authentication encoding: no payload can be read as one of another type.
function toBeSigned(payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `), payload])
}
