import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { expect, test } from '@jest/globals'
import { type Credential, echoes, withCredentials, withoutPlaceholders } from '../../../src/gate/program/credentials.ts'
import { replacing } from '../../../src/gate/program/replacing.ts'

const credential = (more: Partial<Credential> = {}): Credential => ({
  host: 'api.test',
  header: 'x-api-key',
  value: 'real-VALUE-0001',
  placeholder: 'fake-HOLDER-002',
  scheme: 'raw',
  user: 'x-access-token',
  ...more,
})
const base64 = (text: string) => Buffer.from(text).toString('base64')
const bearer = { header: 'authorization', scheme: 'bearer' } as const
const basic = { header: 'authorization', scheme: 'basic' } as const

test.each<[string, Partial<Credential>, string[], string[]]>([
  ['a placeholder becomes the value', {}, ['X-Api-Key', 'fake-HOLDER-002'], ['X-Api-Key', 'real-VALUE-0001']],
  ['a header that is missing is added', {}, [], ['x-api-key', 'real-VALUE-0001']],
  ['another value stays', {}, ['x-api-key', 'mine'], ['x-api-key', 'mine']],
  [
    'another header stays',
    {},
    ['x-api-key', 'mine', 'x-other', 'fake-HOLDER-002'],
    ['x-api-key', 'mine', 'x-other', 'fake-HOLDER-002'],
  ],
  ['as a bearer', bearer, ['Authorization', 'bearer fake-HOLDER-002'], ['Authorization', 'bearer real-VALUE-0001']],
  ['as a bearer that is added', bearer, [], ['authorization', 'Bearer real-VALUE-0001']],
  [
    'inside Basic',
    basic,
    ['Authorization', `Basic ${base64('me:fake-HOLDER-002')}`],
    ['Authorization', `Basic ${base64('me:real-VALUE-0001')}`],
  ],
  ['as Basic that is added', basic, [], ['authorization', `Basic ${base64('x-access-token:real-VALUE-0001')}`]],
])('%s', (_, more, given, sent) => {
  expect(withCredentials({ method: 'GET', url: '/' }, given, [credential(more)])).toEqual(sent)
})

const limited = credential({ methods: ['GET', 'POST'], paths: ['/me/it.git/*', '/exact'] })
test.each([
  ['GET', '/me/it.git/info/refs?service=git-receive-pack', true],
  ['POST', '/exact', true],
  ['POST', '/exact?anything', true],
  ['PUT', '/exact', false],
  ['GET', '/exact/more', false],
  ['GET', '/me/itXgit/info', false],
  ['GET', '/other', false],
  ['GET', '/me/it.git/../other', false],
  ['GET', '/me/it.git/%2e%2e/other', false],
  ['GET', '/me/it.git/..%2fother', false],
  ['GET', '/me/it.git//other', false],
  ['GET', '/me/it.git/a\\..\\b', false],
  ['GET', '/me/it.git/..;/other', false],
])('%s %s may carry a limited credential: %s', (method, url, may) => {
  const asked = withCredentials({ method, url }, ['x-api-key', limited.placeholder], [limited])
  if (may) expect(asked).toEqual(['x-api-key', limited.value])
  else expect(asked).toMatchObject({ scanner: 'inject', status: 403 })
  // Nobody asked: it goes without, and without a word.
  expect(withCredentials({ method, url }, [], [limited])).toEqual(may ? ['x-api-key', limited.value] : [])
})

test('what is looked through for secrets has no placeholder where it belongs, and keeps it elsewhere', () => {
  const given = ['x-api-key', 'fake-HOLDER-002', 'cookie', 'fake-HOLDER-002']
  expect(withoutPlaceholders(given, [credential()])).toEqual(['x-api-key', '', 'cookie', 'fake-HOLDER-002'])
})

test('no text survives, wherever 2,000 streams are cut, and everything else comes through', async () => {
  const pairs = echoes([credential()])
  for (let round = 0; round < 2000; round++) {
    const parts = Array.from({ length: 5 }, () =>
      Math.random() < 0.5
        ? (pairs[Math.floor(Math.random() * pairs.length)]?.[0] ?? '')
        : randomBytes(7).toString('hex'),
    )
    const text = parts.join(Math.random() < 0.5 ? '' : 'rea')
    const chunks: Buffer[] = []
    for (let at = 0; at < text.length; ) {
      const length = 1 + Math.floor(Math.random() * 9)
      chunks.push(Buffer.from(text.slice(at, at + length)))
      at += length
    }
    const said = Buffer.concat(await Readable.from(chunks).pipe(replacing(pairs)).toArray()).toString()
    expect(said).toBe(pairs.reduce((all, [from, to]) => all.replaceAll(from, to), text))
  }
})

test('what cannot become a secret any more is passed on at once', async () => {
  const stream = replacing(echoes([credential()]))
  stream.write('data: an event\n\n')
  expect(String(stream.read())).toBe('data: an event\n\n')
  stream.write('data: real-VAL')
  expect(String(stream.read())).toBe('data: ')
  stream.end('ID')
  expect(String(Buffer.concat(await stream.toArray()))).toBe('real-VALID')
})
