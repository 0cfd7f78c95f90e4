import { expect, test } from '@jest/globals'
import { BottleError } from '../../../src/errors.ts'
import { loadSpec } from '../../../src/spec/load.ts'

// What is written under `egress:` on line 4, column 3, and the one sentence that answers it.
const mistakes: readonly (readonly [string, string])[] = [
  ['allowlist: ["*"]', '4:15: egress.allowlist[0] "*" would allow every host; name the hosts, or use `*.example.com`'],
  ['allowlist: ["*.com"]', '4:15: egress.allowlist[0] "*.com" would allow every domain under com'],
  ['allowlist: [https://x.test/p]', '4:15: egress.allowlist[0] "https://x.test/p" is a URL; write x.test'],
  ['allowlist: ["x.test:80"]', '4:15: egress.allowlist[0] "x.test:80" has a port; write x.test'],
  ['allowlist: [x.test, 8080]', '4:23: egress.allowlist[1] must be a string, not 8080; write "8080"'],
  ['trusted: ["*.co.uk"]', '4:13: egress.trusted[0] "*.co.uk" would allow every domain under co.uk'],
  ['trusted: [127.0.0.1]', '4:13: egress.trusted[0] "127.0.0.1" is a loopback address, which is never reachable'],
  ['private: [db.internal]', '4:13: egress.private[0] "db.internal" is not a CIDR; write one such as 10.0.0.5/32'],
  ['private: ["::/0"]', '4:13: egress.private[0] "::/0" is every address there is; name the ranges'],
  ['private: [168.63.129.0/24]', "overlaps 168.63.129.16/32 (Azure's metadata address)"],
  ['private: [100.64.0.0/10]', "overlaps 100.100.100.200/32 (Alibaba Cloud's metadata address)"],
  ['private: [198.18.4.0/24]', "overlaps 198.18.0.0/15 (where Bottle's own networks are)"],
  [
    'presets: [nmp]',
    '4:13: egress.presets[0] "nmp" is not a preset; did you mean "npm"? (`bottle presets` lists them)',
  ],
  ['presets: [claud]', '4:13: egress.presets[0] "claud" is not a preset; did you mean "claude-code"?'],
  ['mode: audit', '4:9: egress.mode must be enforce or learn, not "audit"'],
  ['gate: pipelok', '4:9: egress.gate must be pipelock or built-in, not "pipelok"'],
  ['alowlist: [x.test]', '4:3: egress.alowlist is not a key of egress; did you mean "allowlist"?'],
  [
    'dlp: {known-secret: true}',
    '4:9: egress.dlp.known-secret is not a key of egress.dlp; did you mean "known-secrets"?',
  ],
]

test.each(mistakes)('%s: its place, why, and what to write', (line, says) => {
  const text = `image: a\nrun: b\negress:\n  ${line}\n`
  expect(() => loadSpec({ text, file: 'b.yml' })).toThrow(BottleError)
  expect(() => loadSpec({ text, file: 'b.yml' })).toThrow(
    expect.objectContaining({ message: expect.stringContaining(says) }),
  )
})
