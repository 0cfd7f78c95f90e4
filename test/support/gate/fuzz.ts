import type { Random } from './random.ts'

/** What a fuzzer may aim at: names and addresses of the allowed and of the refused host. */
export interface Targets {
  readonly allowed: string
  readonly refused: string
  readonly refusedAddress: string
}

/** Bytes for one connection, in the pieces in which they are sent. */
export type Volley = readonly Buffer[]

const methods = ['GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'CONNECT', 'PROPFIND', 'BREW', '']
const versions = ['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.1 ', 'http/1.1', '']
const ends = ['\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '\r\n ', '\n\r\n']
const oddities = [
  '\0',
  '\r',
  '\n',
  '\t',
  '%00',
  '%0d%0a',
  '%2e',
  '\u3002',
  '\uff0e',
  '\xad',
  '@',
  '#',
  '\\',
  ' ',
  ':',
  '/../',
]

/**
 * Makes the n-th volley: mostly a request that some reader takes for good, then bent. Paths name it: `/f/N` for what a
 * gate may judge, `/smuggled/N` for what is hidden in a body, `/tunnel/N` for what comes behind a CONNECT.
 */
export function volley(random: Random, n: number, targets: Targets): Volley {
  const count = random.chance(0.15) ? 1 + random.below(4) : 1
  const requests: string[] = []
  for (let i = 0; i < count; i++)
    requests.push(request(random, `${n}-${i}`, targets, /^CONNECT/m.test(requests.join(''))))
  let bytes: Buffer = Buffer.from(requests.join(''), 'latin1')
  if (random.chance(0.1)) bytes = flip(random, bytes)
  if (random.chance(0.05)) bytes = Buffer.from(bytes.subarray(0, random.below(bytes.length + 1)))
  if (random.chance(0.03)) bytes = Buffer.from(Array.from({ length: random.below(400) }, () => random.below(256)))
  if (!random.chance(0.2)) return [bytes]
  const cut = random.below(bytes.length + 1)
  return [bytes.subarray(0, cut), bytes.subarray(cut)]
}

function request(random: Random, id: string, targets: Targets, tunnelled: boolean): string {
  const method = random.chance(0.75) ? random.pick(['GET', 'POST', 'CONNECT']) : random.pick(methods)
  const inside = tunnelled || method === 'CONNECT'
  const place = `${inside ? '/tunnel' : '/f'}/${id}`
  const host = authority(random, targets)
  const target =
    method === 'CONNECT' && random.chance(0.9)
      ? host
      : random.chance(0.8)
        ? `${random.chance(0.85) ? 'http' : random.pick(['HTTP', 'https', 'ftp', 'http:/', 'ws'])}://${host}${path(random, place)}`
        : path(random, place)
  const bentEnds = random.chance(0.15)
  const end = () => (bentEnds && random.chance(0.2) ? random.pick(ends) : '\r\n')
  const lines = [`${method} ${target} ${random.chance(0.9) ? 'HTTP/1.1' : random.pick(versions)}`]
  const named = random.chance(0.8) ? plainName(random, targets) : host
  if (random.chance(0.97)) lines.push(`Host: ${named}`)
  const { fields, body } = framing(random, `${inside ? '/tunnel' : '/smuggled'}/${id}`, targets)
  lines.push(...fields, ...Array.from({ length: random.below(3) }, () => field(random, targets)))
  return `${lines.map(line => line + end()).join('')}${end()}${body}`
}

const plainName = (random: Random, { allowed, refused }: Targets) => random.pick([allowed, refused])

// Names and addresses, in the forms that readers disagree about.
function authority(random: Random, { allowed, refused, refusedAddress }: Targets): string {
  if (random.chance(0.5)) return `${allowed}${random.pick(['', ':80'])}`
  const [a = 0, b = 0, c = 0, d = 0] = refusedAddress.split('.').map(Number)
  const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
  const octets = [a, b, c, d]
  const hosts = [
    ...[allowed, allowed, allowed, refused, refused],
    ...[refusedAddress, String(number), `0x${number.toString(16)}`, `0${number.toString(8)}`],
    ...[octets.map(one => `0${one.toString(8)}`).join('.'), `${a}.${b}.${(c << 8) | d}`],
    ...[`[::ffff:${refusedAddress}]`, `[64:ff9b::${refusedAddress}]`, `[::${refusedAddress}]`, '[fe80::1%eth0]'],
    ...[`${allowed}@${refused}`, `${refused}@${allowed}`, `${allowed}:80@${refused}`, `${allowed}%00.${refused}`],
    ...[
      `${allowed}.`,
      `${refused}.`,
      `${allowed}..`,
      `.${allowed}`,
      `${allowed}\\@${refused}`,
      `${allowed}#@${refused}`,
    ],
    ...[allowed.toUpperCase(), refused.toUpperCase(), refused.replace('.', '%2e'), refused.replace('.', '\u3002')],
    ...['127.0.0.1', 'localhost', '0', '127.1', '017700000001', '[::1]', '[::ffff:7f00:1]', '169.254.169.254'],
  ]
  const host = random.pick(hosts)
  const port = random.pick(['', '', ':80', ':80', ':443', ':8888', ':9091', ':0', ':65536', ':80:443', ':-1', ':0x50'])
  const odd = random.chance(0.08) ? random.pick(oddities) : ''
  const at = random.below(host.length + 1)
  return `${host.slice(0, at)}${odd}${host.slice(at)}${port}`
}

function path(random: Random, place: string): string {
  return `${place}${random.chance(0.1) ? random.pick(oddities) + String(random.below(99)) : ''}`
}

// A body whose end readers disagree about, with a request hidden in it; or an honest one, or none.
function framing(random: Random, place: string, { allowed, refused }: Targets): { fields: string[]; body: string } {
  if (random.chance(0.5)) return { fields: [], body: '' }
  const hidden = `GET ${place} HTTP/1.1\r\nHost: ${random.pick([allowed, refused])}\r\n\r\n`
  const chunked = `0\r\n\r\n${hidden}`
  const length = (text: string, by = 0) => `Content-Length: ${text.length + by}`
  const coding = random.pick([
    ...['Transfer-Encoding: chunked', 'transfer-encoding:chunked', 'Transfer-Encoding: chunked, identity'],
    ...['Transfer-Encoding: xchunked', 'Transfer-Encoding : chunked', 'Transfer-Encoding:\tchunked\x0b'],
    ...['Transfer-Encoding: gzip, chunked', ' Transfer-Encoding: chunked', 'X: y\nTransfer-Encoding: chunked'],
  ])
  return random.pick([
    { fields: [length(hidden)], body: hidden },
    { fields: [length(chunked), coding], body: chunked },
    { fields: [coding, length(chunked)], body: chunked },
    { fields: ['Content-Length: 4', coding], body: `5c\r\n${chunked}\r\n0\r\n\r\n` },
    { fields: ['Content-Length: 0', length(hidden)], body: hidden },
    { fields: [length(hidden), length(hidden)], body: hidden },
    { fields: [`Content-Length: +${hidden.length}`], body: hidden },
    { fields: [`Content-Length: 0, ${hidden.length}`], body: hidden },
    { fields: ['Transfer-Encoding: chunked'], body: `${hidden.length.toString(16)};x="\n"\r\n${hidden}\r\n0\r\n\r\n` },
    { fields: ['Transfer-Encoding: chunked'], body: `${hidden.length.toString(16)}\n${hidden}\n0\n\n` },
    { fields: ['Transfer-Encoding: chunked'], body: `fffffffffffffffff\r\n${hidden}` },
    { fields: ['Expect: 100-continue', length(hidden)], body: hidden },
    { fields: [length(hidden, 50)], body: hidden },
  ])
}

function field(random: Random, { allowed, refused }: Targets): string {
  const harmless = [
    'Connection: close',
    'Proxy-Connection: keep-alive',
    'Accept: */*',
    'TE: trailers',
    'Range: bytes=0-',
  ]
  if (random.chance(0.6)) return random.pick(harmless)
  return random.pick([
    'Connection: keep-alive, Content-Length',
    'Connection: Transfer-Encoding',
    'Connection: Upgrade, HTTP2-Settings',
    'Upgrade: websocket',
    'Upgrade: h2c',
    `Host: ${refused}`,
    `X-Forwarded-Host: ${refused}`,
    `Proxy-Authorization: Basic ${'A'.repeat(random.below(200))}`,
    `X-Pipelock-Agent: ${allowed}`,
    `X: ${'b'.repeat(random.below(3000))}`,
    ' folded: line',
    'No colon here',
    `X\0: y`,
    `X: a\rHost: ${refused}`,
    `X: \xff\xfe\x80`,
    'Content-Encoding: gzip',
  ])
}

function flip(random: Random, bytes: Buffer): Buffer {
  const bent = Buffer.from(bytes)
  for (let left = 1 + random.below(5); left > 0 && bent.length > 0; left--)
    bent[random.below(bent.length)] = random.below(256)
  return bent
}
