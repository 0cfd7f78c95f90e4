import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { evidenceFiles } from '../../../src/evidence/files.ts'
import { type Envelope, receiptFile, signEvidence } from '../../../src/evidence/receipt.ts'
import type { Summary } from '../../../src/evidence/summary.ts'
import { verifyEvidence } from '../../../src/evidence/verify.ts'

const summary = {
  bottle: 'b-1',
  verdict: 'The agent ran in a bottle. 1 request allowed, 0 blocked.',
  enforced: true,
  imageIds: { agent: 'sha256:aa', gate: 'sha256:bb' },
  containment: [{ probe: 'host', target: '198.18.0.1', leaked: false, detail: 'nothing there' }],
  counts: { allowed: 1, blocked: 0 },
} as unknown as Summary

function signed(): { files: Map<string, Buffer>; key: string } {
  const folder = join(mkdtempSync(join(tmpdir(), 'bottle-receipt-')), 'evidence')
  mkdirSync(folder)
  writeFileSync(join(folder, 'summary.json'), JSON.stringify(summary))
  writeFileSync(join(folder, 'blocked.jsonl'), '')
  writeFileSync(join(folder, 'events.jsonl'), '{"event":"startup"}\n')
  const key = signEvidence(folder, summary)
  return { files: new Map(evidenceFolderOf(folder)), key }
}

function evidenceFolderOf(folder: string): [string, Buffer][] {
  return evidenceFiles(folder).map(path => [basename(path), readFileSync(path)])
}

const changed = (files: Map<string, Buffer>, name: string, text: string) =>
  new Map([...files, [name, Buffer.from(text)] as const])

test('evidence as it was signed fits', () => {
  const { files, key } = signed()
  expect(verifyEvidence(files, key)).toMatchObject({ files: 3, statement: { predicate: summary } })
})

test.each<[string, (files: Map<string, Buffer>) => Map<string, Buffer>, RegExp]>([
  ['a file that was changed', files => changed(files, 'events.jsonl', '{}\n'), /events\.jsonl is not the file/],
  ['a block taken out', files => changed(files, 'blocked.jsonl', ' '), /blocked\.jsonl is not the file/],
  ['a file that was removed', files => new Map([...files].filter(([name]) => name !== 'blocked.jsonl')), /is missing/],
  ['a file that was added', files => changed(files, 'more\n.txt', ''), /"more\\n\.txt" was not there/],
  ['no receipt', files => new Map([...files].filter(([name]) => name !== receiptFile)), /There is no receipt\.json/],
  ['a receipt that is none', files => changed(files, receiptFile, '{'), /receipt\.json is no receipt/],
  ['a statement that was changed', files => changed(files, receiptFile, rewritten(files)), /not signed with this key/],
  ['a signature under another type', files => changed(files, receiptFile, retyped(files)), /not signed with this key/],
])('%s does not fit, and is named', (_, tamper, said) => {
  const { files, key } = signed()
  expect(() => verifyEvidence(tamper(files), key)).toThrow(said)
})

test('evidence signed anew by a forger does not fit the key of the run', () => {
  const { key } = signed()
  expect(() => verifyEvidence(signed().files, key)).toThrow(/not signed with this key/)
})

test.each([
  ['nothing', ''],
  ['no key', 'bm90IGEga2V5'],
  [
    'a key of another kind',
    generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  ],
])('%s as a key is told', (_, key) => {
  expect(() => verifyEvidence(signed().files, key)).toThrow(/is no public key of a receipt/)
})

function envelopeOf(files: Map<string, Buffer>): Envelope {
  return JSON.parse(files.get(receiptFile)?.toString() ?? '') as Envelope
}

function rewritten(files: Map<string, Buffer>): string {
  const envelope = envelopeOf(files)
  const statement = Buffer.from(envelope.payload, 'base64').toString().replace('"enforced":true', '"enforced":false')
  return JSON.stringify({ ...envelope, payload: Buffer.from(statement).toString('base64') })
}

function retyped(files: Map<string, Buffer>): string {
  return JSON.stringify({ ...envelopeOf(files), payloadType: 'text/plain' })
}
