import { pin } from '../../../src/gate/pipelock.ts'

/** Something that is so by how a gate is made, and no request can measure: what each is, and what shows it. */
export interface Statement {
  readonly what: string
  readonly is: Readonly<Record<'built-in' | 'pipelock', string>>
  /** The test or page that shows it, from docs/. */
  readonly shown: string
}

/** What the gates are, for the first table of docs/gates.md. */
export const statements: readonly Statement[] = [
  {
    what: 'comes from',
    is: {
      'built-in': "the runner's Node and this repository's `dist/gate`",
      pipelock: `\`${pin.image}\`, pinned by digest`,
    },
    shown: '../src/gate/pipelock.ts',
  },
  {
    what: 'a host that only `ssh:` asked for',
    is: {
      'built-in': 'open at the ports of its entries, in plain HTTP too',
      pipelock: 'open at every port; the plan warns',
    },
    shown: 'ssh.md',
  },
  {
    what: 'secrets in host, path, query, headers and bodies of plain HTTP',
    is: { 'built-in': "secretlint's recommended rules, and vendors' prefixes", pipelock: 'its own patterns' },
    shown: 'dlp.md',
  },
  {
    what: "the bottle's own secrets, encoded too",
    is: { 'built-in': '6 characters and longer', pipelock: '16 characters and longer' },
    shown: 'dlp.md',
  },
  {
    what: 'answers over plain HTTP',
    is: { 'built-in': 'passed on', pipelock: 'scanned (reported only), cut at 50 MB' },
    shown: 'protocols.md',
  },
  {
    what: 'TLS inspection',
    is: { 'built-in': 'no; refused when planned', pipelock: 'with `egress.tls.inspect: true`' },
    shown: 'tls.md',
  },
  {
    what: 'receipts',
    is: { 'built-in': 'no; refused by name', pipelock: 'in pipelock; not switched on by Bottle yet' },
    shown: '../src/gate/program/config.ts',
  },
]
