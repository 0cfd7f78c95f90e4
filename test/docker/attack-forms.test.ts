import { lookup } from 'node:dns/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { parseAddress } from '../../src/gate/program/addresses.ts'
import { openNaiveProxy } from '../support/gate/naive.ts'
import { policyOf, type RunningGate, raiseGate } from '../support/gate/raise.ts'
import { fire, statusOf } from '../support/gate/send.ts'
import { presentGates } from '../support/gates.ts'
import { type Internet, openInternet, until } from '../support/hosts/internet.ts'

// Ways to name a refused host that some reader takes for an allowed one, and requests hidden in others: judged at the
// listeners, on each gate, beside a proxy that is as naive as the attack hopes.
jest.setTimeout(60_000)

const gates = await presentGates()

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'lenient', names: ['allowed.test'] },
    { role: 'lenient', names: ['evil.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

/** The same address in every form that some resolver takes. */
function formsOf(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
  const hex = number.toString(16).padStart(8, '0')
  const octal = [a, b, c, d].map(one => `0${one.toString(8)}`)
  return [
    ...[address, String(number), `0x${hex}`, `0X${hex.toUpperCase()}`, `0${number.toString(8)}`],
    ...[octal.join('.'), [a, b, c, d].map(one => `0x${one.toString(16)}`).join('.')],
    ...[`${a}.${b}.${(c << 8) | d}`, `${a}.${(b << 16) | (c << 8) | d}`, `${address}.`],
    ...[`[::ffff:${address}]`, `[::ffff:${hex.slice(0, 4)}:${hex.slice(4)}]`, `[0:0:0:0:0:ffff:${address}]`],
  ]
}

const named = ['allowed.test', 'evil.test'] as const
const confused = (([allowed, refused]) => [
  ...[`${allowed}@${refused}`, `${allowed}:80@${refused}`, `${allowed}:pw@${refused}`, `${allowed}%40${refused}`],
  ...[`${allowed}%00.${refused}`, `${refused}%00.${allowed}`, `${allowed}\\@${refused}`, `${allowed}#@${refused}`],
  ...[`${refused}#.${allowed}`, `${refused}?.${allowed}`, `${refused}/.${allowed}`, `${refused}\\.${allowed}`],
  ...[`${allowed}\u3002${refused}`, `${refused.replace('.', '\u3002')}`, `${refused.replace('.', '\uff0e')}`],
  ...[`${refused}.`, `${refused}..`, refused.toUpperCase(), refused.replace('.', '%2e'), `%65vil.test`],
  ...[`${refused},${allowed}`, `${refused} ${allowed}`, `${refused}\t${allowed}`, `${allowed}.${refused}`],
  ...[`\uff45vil.test`, `e\u00advil.test`, 'xn--evil-.test', `[${refused}]`],
])(named)

const connect = (authority: string) =>
  `CONNECT ${authority} HTTP/1.1\r\nHost: allowed.test\r\n\r\nGET /in HTTP/1.1\r\nHost: x\r\n\r\n`
const absolute = (authority: string) =>
  `GET http://${authority}/in HTTP/1.1\r\nHost: allowed.test\r\nConnection: close\r\n\r\n`

test('the forms lead somewhere: the resolver of this very machine takes them for the refused address', async () => {
  const address = await internet.address('evil.test')
  const led = await Promise.all(
    formsOf(address).map(form =>
      lookup(form.replace(/^\[|\]$|\.$/g, ''), { family: 0 }).then(
        found => parseAddress(found.address)?.toString() ?? '',
        () => '',
      ),
    ),
  )
  expect(led.filter(one => one === address || one === '').length).toBe(led.length)
  expect(led.filter(one => one === address).length).toBeGreaterThan(8)
  const before = (await internet.hits('evil.test')).length
  expect(statusOf(await fire({ host: `0x${hexOf(address)}`, port: 80 }, [absolute('evil.test')]))).toBe(200)
  await until(async () => (await internet.hits('evil.test')).length > before)
})

const hexOf = (address: string) => Buffer.from(address.split('.').map(Number)).toString('hex')

/** Requests that hide another one, or lie about where they go; `/smuggled` is what nobody may judge as allowed. */
const hidden = 'GET /smuggled HTTP/1.1\r\nHost: evil.test\r\n\r\n'
const post = (fields: string, body: string) =>
  `POST http://allowed.test/in HTTP/1.1\r\nHost: allowed.test\r\n${fields}\r\n\r\n${body}`
const length = (text: string) => `Content-Length: ${text.length}`
const inChunk = `0\r\n\r\n${hidden}`
const smuggling: Record<string, string> = {
  'CL.TE': post(`${length(inChunk)}\r\nTransfer-Encoding: chunked`, inChunk),
  'TE.CL': post(
    'Content-Length: 4\r\nTransfer-Encoding: chunked',
    `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`,
  ),
  'TE with a space before the colon': post(`${length(inChunk)}\r\nTransfer-Encoding : chunked`, inChunk),
  'TE in a folded line': post(`${length(inChunk)}\r\nTransfer-Encoding:\r\n chunked`, inChunk),
  'TE that is not quite chunked': post(`${length(inChunk)}\r\nTransfer-Encoding: xchunked`, inChunk),
  'TE twice': post(`${length(inChunk)}\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked`, inChunk),
  'two lengths': post(`Content-Length: 0\r\n${length(hidden)}`, hidden),
  'a signed length': post(`Content-Length: +0`, hidden),
  'a bare line feed in a header': post(`X: y\nTransfer-Encoding: chunked\r\n${length(inChunk)}`, inChunk),
  'a request in a header': `GET http://allowed.test/in HTTP/1.1\r\nHost: allowed.test\r\nX: a\r\r\n${hidden}`,
  'a line feed in a chunk size': post('Transfer-Encoding: chunked', `0\n\n${hidden}`),
  'a length that Connection takes away': post(`Connection: Content-Length\r\n${length(hidden)}`, hidden),
}
const lies: Record<string, string> = {
  'an absolute URL and another Host':
    'GET http://evil.test/in HTTP/1.1\r\nHost: allowed.test\r\nConnection: close\r\n\r\n',
  'two Host headers':
    'GET http://evil.test/in HTTP/1.1\r\nHost: allowed.test\r\nHost: evil.test\r\nConnection: close\r\n\r\n',
  'a path and a Host': 'GET /in HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n',
  'a Host in X-Forwarded-Host':
    'GET http://evil.test/in HTTP/1.1\r\nHost: allowed.test\r\nX-Forwarded-Host: allowed.test\r\n\r\n',
  'Proxy-Connection and an Upgrade':
    'GET http://evil.test/in HTTP/1.1\r\nHost: allowed.test\r\nProxy-Connection: Upgrade\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'a CONNECT that is a URL': 'CONNECT http://evil.test:80/ HTTP/1.1\r\nHost: allowed.test\r\n\r\n',
  'two ports': 'CONNECT evil.test:80:443 HTTP/1.1\r\nHost: allowed.test\r\n\r\n',
  'a line break in the URL':
    'GET http://allowed.test/in\r\nHost: evil.test\r\nX: HTTP/1.1\r\nHost: allowed.test\r\n\r\n',
}

test('a naive proxy is taken in by what hides, and by what lies: the attacks are real', async () => {
  const addresses = {
    'allowed.test': await internet.address('allowed.test'),
    'evil.test': await internet.address('evil.test'),
  }
  await using naive = await openNaiveProxy(addresses, 'allowed.test')
  const taken: string[] = []
  for (const [title, bytes] of Object.entries(smuggling)) {
    const before = (await internet.hits('allowed.test')).length
    await fire({ host: '127.0.0.1', port: naive.port }, [bytes])
    if ((await internet.hits('allowed.test')).slice(before).some(hit => hit.url === '/smuggled')) taken.push(title)
  }
  expect(taken).toEqual(
    expect.arrayContaining(['CL.TE', 'TE twice', 'TE in a folded line', 'a bare line feed in a header']),
  )
  const before = (await internet.hits('evil.test')).length
  for (const bytes of Object.values(lies)) await fire({ host: '127.0.0.1', port: naive.port }, [bytes])
  expect((await internet.hits('evil.test')).length).toBeGreaterThan(before + 2)
})

describe.each(gates)('the gate $name', which => {
  let gate: RunningGate
  beforeAll(async () => {
    gate = await raiseGate(which, { network: internet.network, policy: policyOf() })
  })
  afterAll(async () => gate?.[Symbol.asyncDispose]())

  const quiet = async (sent: readonly string[]) => {
    const before = (await internet.hits('evil.test')).length
    const answers: string[] = []
    for (const bytes of sent) {
      const answer = await fire({ host: gate.address }, [Buffer.from(bytes, 'utf8')])
      if (statusOf(answer) === 200) answers.push(bytes)
    }
    expect((await internet.hits('evil.test')).slice(before)).toEqual([])
    return answers
  }

  test('no form of its address leads to the refused host', async () => {
    const forms = formsOf(await internet.address('evil.test'))
    expect(await quiet(forms.flatMap(form => [connect(`${form}:80`), connect(`${form}:443`), absolute(form)]))).toEqual(
      [],
    )
  })

  test('no confusion of two names leads to the refused host', async () => {
    expect(await quiet(confused.flatMap(name => [connect(`${name}:80`), absolute(name)]))).toEqual([])
    for (const [title, bytes] of Object.entries(lies)) expect([title, await quiet([bytes])]).toEqual([title, []])
  })

  test.each(Object.entries(smuggling))('what hides behind %s does not arrive', async (_, bytes) => {
    const before = (await internet.hits('allowed.test')).length
    await fire({ host: gate.address }, [bytes])
    // The hidden request may be judged as one of its own, and is then refused: it names a host that is not allowed.
    await fire({ host: gate.address }, [absolute('allowed.test')])
    await until(async () => (await internet.hits('allowed.test')).slice(before).some(hit => hit.url === '/in'))
    expect((await internet.hits('allowed.test')).slice(before).filter(hit => hit.url === '/smuggled')).toEqual([])
  })

  test('it does not lead to itself or its machine, even where the policy names them', async () => {
    const at = (await internet.address('allowed.test')).replace(/\d+$/, last => String((Number(last) & 0xf0) + 13))
    const names = [at, '127.0.0.1', '0.0.0.0', 'localhost', '169.254.169.254', '::1']
    const policy = policyOf({ allowlist: [...names, 'allowed.test'], own: [`${at}/32`] })
    await using open = await raiseGate(which, { network: internet.network, policy, at })
    const places = [...names, '127.1', '0', '017700000001', '2130706433', '0x7f000001', '[::ffff:7f00:1]', '[::1]']
    for (const place of places)
      for (const port of [8888, 9091, 80])
        for (const bytes of [
          `CONNECT ${place}:${port} HTTP/1.1\r\nHost: x\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n`,
          `GET http://${place}:${port}/metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
        ]) {
          const answer = await fire({ host: open.address, patience: 100 }, [bytes])
          expect([place, port, statusOf(answer), /healthy|pipelock_|# HELP/.test(answer)]).toEqual([
            place,
            port,
            expect.any(Number),
            false,
          ])
          expect(statusOf(answer)).not.toBe(200)
        }
    // The control: the very same gate does lead where it may.
    expect(statusOf(await fire({ host: open.address, patience: 1000 }, [absolute('allowed.test')]))).toBe(200)
  })
})
