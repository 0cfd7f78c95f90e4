import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'

jest.setTimeout(60_000)

const program = resolve(import.meta.dirname, '../../../src/ssh/main.ts')

/** Runs the programs as a bottle does, but for the loader; `input` undefined leaves standard input open. */
async function run(words: string[], input: string | undefined, env: NodeJS.ProcessEnv = process.env) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...words], { env })
  const said = { out: '', err: '' }
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString('latin1')))
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()))
  child.stdin.on('error', () => {})
  if (input !== undefined) child.stdin.end(input)
  const [code] = await once(child, 'close')
  return { code, ...said }
}

test('what is delivered is written with its modes, then the command is what runs, with nothing to read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-enter-'))
  const path = join(folder, 'deep/key')
  const delivery = JSON.stringify({ files: [{ path, text: 'a key\n' }], env: { LATE: 'set' } })
  const ended = await run(['enter', 'sh', '-c', 'echo "$0 $1 $LATE"; cat; exit 9', 'zero', 'a  b'], delivery)
  expect(ended).toEqual({ code: 9, out: 'zero a  b set\n', err: '' })
  expect(readFileSync(path, 'utf8')).toBe('a key\n')
  expect([statSync(path).mode & 0o777, statSync(join(folder, 'deep')).mode & 0o777]).toEqual([0o600, 0o700])
  rmSync(folder, { recursive: true })
})

test('without a whole delivery nothing runs', async () => {
  for (const input of ['', '{"files":[{"path":"/tmp/x","te']) {
    const ended = await run(['enter', 'echo', 'ran'], input)
    expect(ended).toMatchObject({ code: 1, out: '' })
    expect(ended.err).toBe('bottle: nothing was delivered on standard input, so the agent does not start\n')
  }
})

test('a program that is not there, or is none, is said', async () => {
  for (const name of ['no-such-program', '/etc/passwd', '/tmp'])
    expect(await run(['enter', name], '{"files":[],"env":{}}')).toEqual({
      code: 127,
      out: '',
      err: `bottle: ${name}: there is no such program in the image\n`,
    })
})

async function gateThat(answers: (socket: Socket, request: string) => void) {
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', data => answers(socket, data.toString()))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    at: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

test('the tunnel joins both sides, with what came early, and ends when the far side does', async () => {
  const seen: string[] = []
  await using gate = await gateThat((socket, request) => {
    seen.push(request)
    socket.write('HTTP/1.1 200 Connection Est')
    setTimeout(() => socket.write('ablished\r\nX: y\r\n\r\nSSH-2.0-early\r\n'), 50)
    socket.once('data', data => socket.end(`heard ${data}${'x'.repeat(1_000_000)}end`))
  })
  const ended = await run(['tunnel', gate.at, '2001:db8::7', '2222'], 'SSH-2.0-client')
  expect(seen).toEqual(['CONNECT [2001:db8::7]:2222 HTTP/1.1\r\nHost: [2001:db8::7]:2222\r\n\r\n'])
  expect(ended.code).toBe(0)
  expect(ended.out).toMatch(/^SSH-2\.0-early\r\nheard SSH-2\.0-clientx{1000000}end$/)
})

test.each<[string, string, boolean, RegExp]>([
  [
    'that stays open',
    'HTTP/1.1 403 Forbidden\r\nContent-Length: 11\r\n\r\nnot on \x1b[2J',
    false,
    /answered 403: not on {2}\[2J\n$/,
  ],
  ['that closes', 'HTTP/1.1 502 Bad Gateway\r\n\r\nno route\n', true, /answered 502: no route\n$/],
  ['that says nothing', '', true, /the gate gave no answer\n$/],
  ['without end', `HTTP/1.1 403 Forbidden\r\n\r\n${'y'.repeat(100_000)}`, false, /answered 403: y{300}\n$/],
])('a refusal %s is said in a line, and the exit code is 1', async (_, answer, closes, says) => {
  await using gate = await gateThat(socket => (closes ? socket.end(answer) : socket.write(answer)))
  const ended = await run(['tunnel', gate.at, 'a.test', '22'], undefined)
  expect(ended).toMatchObject({ code: 1, out: '' })
  expect(ended.err).toMatch(/^bottle: no ssh connection to a\.test:22: /)
  expect(ended.err).toMatch(says)
})

test('a gate that is not there is said', async () => {
  const ended = await run(['tunnel', '127.0.0.1:1', 'a.test', '22'], undefined)
  expect(ended).toMatchObject({
    code: 1,
    err: expect.stringContaining('no ssh connection to a.test:22: connect ECONNREFUSED'),
  })
})
