import { seeded } from './seeded.ts'

/** A name that carries data out under a wildcard, and whether pipelock 2.3 tells it too (as measured). */
export interface Exfiltrating {
  readonly title: string
  readonly pipelock: boolean
  host(under: string): string
}

const bytes = (count: number) => seeded('names').bytes(count)
const text = 'user: ada, from: /home/ada/project, branch: main, at: 2026-11-24'
const base32 = (data: Buffer) => {
  const bits = [...data].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map(five => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)]).join('')
}
const cut = (whole: string, length: number) => (whole.match(new RegExp(`.{1,${length}}`, 'g')) ?? []).join('.')
const letters = (count: number) => [...bytes(count)].map(byte => 'bcdfghjklmnpqrstvwxz'[byte % 20]).join('')

/** The ways that data travels in names; made at run time, the same in every run. */
export const exfiltrating: readonly Exfiltrating[] = [
  {
    title: 'text in hex',
    pipelock: false,
    host: under => `${Buffer.from(text.slice(0, 24)).toString('hex')}.${under}`,
  },
  {
    title: 'short text in hex',
    pipelock: false,
    host: under => `${Buffer.from('ada:secret').toString('hex')}.${under}`,
  },
  { title: 'random bytes in hex', pipelock: false, host: under => `${bytes(20).toString('hex')}.${under}` },
  { title: 'text in base32', pipelock: true, host: under => `${base32(Buffer.from(text.slice(0, 30)))}.${under}` },
  { title: 'short text in base32', pipelock: false, host: under => `${base32(Buffer.from('ada:secret'))}.${under}` },
  { title: 'random bytes in base32', pipelock: false, host: under => `${base32(bytes(30))}.${under}` },
  {
    title: 'random bytes in base64url',
    pipelock: false,
    host: under => `${bytes(42).toString('base64url').replace(/[-_]/g, 'x')}.${under}`,
  },
  { title: 'a chain of short labels', pipelock: false, host: under => `${cut(bytes(40).toString('hex'), 8)}.${under}` },
  { title: 'a chain of long labels', pipelock: false, host: under => `${cut(bytes(90).toString('hex'), 60)}.${under}` },
  {
    title: 'hex over two labels',
    pipelock: false,
    host: under => `${cut(Buffer.from(text.slice(0, 20)).toString('hex'), 20)}.${under}`,
  },
  { title: 'one character a label', pipelock: false, host: under => `${[...'exfiltrated'].join('.')}.${under}` },
  { title: 'letters without words', pipelock: false, host: under => `${letters(40)}.${under}` },
]
