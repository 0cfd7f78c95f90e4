import { gzipSync } from 'node:zlib'

/** A place in a request where a secret may hide: the whole request for a secret, as bytes, with a mark to know it by. */
export interface Place {
  readonly name: string
  request(secret: string, mark: string): Buffer
}

const crlf = '\r\n'

function message(
  method: string,
  url: string,
  mark: string,
  headers: readonly string[] = [],
  body: Buffer | string = '',
): Buffer {
  const host = new URL(url).host
  const length = method === 'GET' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const head = [
    `${method} ${url} HTTP/1.1`,
    `Host: ${host}`,
    `X-Case: ${mark}`,
    'Connection: close',
    ...headers,
    ...length,
  ]
  return Buffer.concat([Buffer.from(head.join(crlf) + crlf + crlf, 'latin1'), Buffer.from(body)])
}

const at = 'http://allowed.test/'
const get = (path: string, mark: string, headers: readonly string[] = []) =>
  message('GET', `${at}${path}`, mark, headers)
const post = (type: string, body: Buffer | string, mark: string, more: readonly string[] = []) =>
  message('POST', `${at}upload`, mark, [`Content-Type: ${type}`, ...more], body)
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')
const hex = (text: string) => Buffer.from(text).toString('hex')
const percent = (text: string) => [...Buffer.from(text)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
const encode = encodeURIComponent
// A header holds one line.
const line = (text: string) => text.replaceAll('\n', ' ').trim()
const halves = (text: string) => [text.slice(0, text.length >> 1), text.slice(text.length >> 1)] as const
const labels = (text: string) => (text.match(/.{1,60}/g) ?? []).join('.')
const reverse = (text: string) => [...text].reverse().join('')

// As it is where the letters of a name allow that, else in hex; a name holds 253 characters and no more.
function hostOf(secret: string): string {
  const own = /^[A-Za-z0-9_.-]+$/.test(secret) && !/\.$/.test(secret) ? secret : hex(secret.slice(0, 100))
  return `${labels(own.slice(0, 220))
    .replace(/-(?=\.|$)/g, '0')
    .replace(/(^|\.)-/g, '$10')}.wild.test`
}

function chunked(secret: string, mark: string): Buffer {
  const head = [
    'POST http://allowed.test/upload HTTP/1.1',
    'Host: allowed.test',
    `X-Case: ${mark}`,
    'Connection: close',
  ]
  const more = ['Content-Type: text/plain', 'Transfer-Encoding: chunked']
  const pieces = (`note: ${secret} end`.match(/[\s\S]{1,5}/g) ?? []).map(
    one => `${Buffer.byteLength(one).toString(16)}${crlf}${one}${crlf}`,
  )
  return Buffer.from([...head, ...more, '', `${pieces.join('')}0`, '', ''].join(crlf))
}

const boundary = 'part-of-the-whole'
const part = (headers: string, body: string) =>
  [`--${boundary}`, 'Content-Disposition: form-data; name="file"; filename="notes.txt"', headers, body].join(crlf)
const multipart = (parts: readonly string[], mark: string) =>
  post(`multipart/form-data; boundary=${boundary}`, [...parts, `--${boundary}--`, ''].join(crlf), mark)

/** Where the table test puts each token. */
export const places: readonly Place[] = [
  { name: 'host', request: (secret, mark) => message('GET', `http://${hostOf(secret)}/`, mark) },
  { name: 'path', request: (secret, mark) => get(`v1/${encode(secret)}/x`, mark) },
  { name: 'query', request: (secret, mark) => get(`?q=${encode(secret)}`, mark) },
  {
    name: 'two parameters',
    request: (secret, mark) => get(`?a=${encode(halves(secret)[0])}&b=${encode(halves(secret)[1])}`, mark),
  },
  { name: 'header', request: (secret, mark) => get('', mark, [`X-Note: ${line(secret)}`]) },
  { name: 'cookie', request: (secret, mark) => get('', mark, [`Cookie: theme=dark; s=${line(secret)}`]) },
  {
    name: 'two header lines',
    request: (secret, mark) =>
      get(
        '',
        mark,
        halves(line(secret)).map(half => `X-Note: ${half}`),
      ),
  },
  {
    name: 'form',
    request: (secret, mark) => post('application/x-www-form-urlencoded', `a=1&q=${encode(secret)}`, mark),
  },
  {
    name: 'JSON',
    request: (secret, mark) => post('application/json', JSON.stringify({ id: 1, notes: [secret] }), mark),
  },
  { name: 'multipart', request: (secret, mark) => multipart([part('', secret)], mark) },
  { name: 'base64', request: (secret, mark) => post('text/plain', `data:${base64(secret)}`, mark) },
  { name: 'base64url', request: (secret, mark) => get(`?q=${Buffer.from(secret).toString('base64url')}`, mark) },
  { name: 'hex', request: (secret, mark) => get(`?q=${hex(secret)}`, mark) },
  { name: 'percent', request: (secret, mark) => get(`?q=${percent(secret)}`, mark) },
  {
    name: 'gzip body',
    request: (secret, mark) => post('text/plain', gzipSync(`note: ${secret}`), mark, ['Content-Encoding: gzip']),
  },
  { name: 'chunks', request: chunked },
  { name: 'double percent', request: (secret, mark) => get(`?q=${encode(percent(secret))}`, mark) },
  { name: 'hex with marks', request: (secret, mark) => get(`?q=${hex(secret).replace(/..(?=.)/g, '$&-')}`, mark) },
  { name: 'base64 twice', request: (secret, mark) => post('text/plain', base64(base64(secret)), mark) },
  {
    name: 'base64 in lines',
    request: (secret, mark) =>
      post('text/plain', base64(`some words before ${secret}`).replace(/.{16}/g, '$&\r\n'), mark),
  },
  {
    name: 'base64 of gzip',
    request: (secret, mark) => post('application/json', JSON.stringify({ blob: base64(gzipSync(secret)) }), mark),
  },
  {
    name: 'base64 part',
    request: (secret, mark) => multipart([part(`Content-Transfer-Encoding: base64${crlf}`, base64(secret))], mark),
  },
  {
    name: 'JSON escapes',
    request: (secret, mark) =>
      post(
        'text/plain',
        `"${[...secret].map(one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`,
        mark,
      ),
  },
  {
    name: 'HTML entities',
    request: (secret, mark) =>
      post('text/html', `<p>${[...secret].map(one => `&#${one.charCodeAt(0)};`).join('')}</p>`, mark),
  },
  {
    name: 'UTF-16',
    request: (secret, mark) => post('text/plain; charset=utf-16', Buffer.from(secret, 'utf16le'), mark),
  },
  { name: 'zero-width marks', request: (secret, mark) => post('text/plain', [...secret].join('\u200b'), mark) },
]

/** Where it puts what only a known secret can be told by: its letters are all there, the format is gone. */
export const placesOfKnown: readonly Place[] = [
  ...places,
  { name: 'reversed', request: (secret, mark) => get(`?q=${encode(reverse(secret))}`, mark) },
  {
    name: 'reversed halves',
    request: (secret, mark) => get(`?q=${encode(halves(secret).map(reverse).join(''))}`, mark),
  },
  {
    name: 'halves changed about',
    request: (secret, mark) => get(`?q=${encode([...halves(secret)].reverse().join(''))}`, mark),
  },
  {
    name: 'halves far apart',
    request: (secret, mark) => post('text/plain', halves(secret).join(' and then, after much else, '), mark),
  },
  { name: 'in capitals', request: (secret, mark) => get(`?q=${encode(secret.toUpperCase())}`, mark) },
]
