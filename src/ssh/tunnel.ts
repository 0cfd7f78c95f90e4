import { connect, type Socket } from 'node:net'

const longestAnswer = 16 * 1024
const answerWithin = 30_000
// ssh has gone when it closes its side; what still comes from the other end is waited for no longer than this.
const drainWithin = 5000

/**
 * ssh's ProxyCommand: `GATE-HOST:PORT HOST PORT`. Asks the gate for a tunnel and joins it to standard input and output.
 * What the gate refuses is said on standard error, which ssh shows, and the exit code is 1.
 */
export async function tunnel([gate = '', host = '', port = '']: readonly string[]): Promise<void> {
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const [gateHost = '', gatePort = ''] = gate.split(/:(?=\d+$)/)
  const socket = connect({ host: gateHost, port: Number(gatePort), allowHalfOpen: true })
  try {
    const rest = await ask(socket, target)
    process.stdout.write(rest)
    process.stdout.on('error', () => process.exit(0))
    process.stdin.once('end', () => socket.setTimeout(drainWithin, () => socket.destroy())).pipe(socket)
    socket.pipe(process.stdout)
    await new Promise<void>((done, failed) =>
      socket
        .once('end', done)
        .once('close', () => done())
        .once('error', failed),
    )
    // What was read is on its way to ssh; what ssh still has to say reaches nobody now.
    process.stdout.write('', () => process.exit(0))
  } catch (error) {
    process.stderr.write(`bottle: no ssh connection to ${target}: ${error instanceof Error ? error.message : error}\n`)
    process.exit(1)
  }
}

/** Sends CONNECT and reads the answer's head. Resolves with the bytes after it; rejects with the gate's own words. */
async function ask(socket: Socket, target: string): Promise<Buffer> {
  const late = () => socket.destroy(new Error('the gate did not answer in time'))
  socket.setTimeout(answerWithin, late)
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)
  let data: Buffer = Buffer.alloc(0)
  for (;;) {
    const end = data.indexOf('\r\n\r\n')
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(data.toString('latin1', 0, 12))?.[1]
    if (end >= 0 && status === '200') {
      socket.setTimeout(0, late)
      return data.subarray(end + 4)
    }
    const chunk = status !== undefined && isWhole(data, end) ? undefined : await nextChunk(socket)
    if (chunk !== undefined && data.length < longestAnswer) data = Buffer.concat([data, chunk])
    else throw new Error(status ? `the gate answered ${status}: ${wordsOf(data, end)}` : 'the gate gave no answer')
  }
}

// A refusal may come on a connection that stays open: its length says where it ends.
function isWhole(answer: Buffer, end: number): boolean {
  const length = end < 0 ? undefined : /^content-length: *(\d+)/im.exec(answer.toString('latin1', 0, end))?.[1]
  return length !== undefined && answer.length >= end + 4 + Number(length)
}

function nextChunk(socket: Socket): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      socket.pause()
      socket.off('data', onData).off('end', onEnd).off('error', onError)
    }
    const onData = (chunk: Buffer) => {
      settle()
      resolve(chunk)
    }
    const onEnd = () => {
      settle()
      resolve(undefined)
    }
    const onError = (error: Error) => {
      settle()
      reject(error)
    }
    socket.on('data', onData).on('end', onEnd).on('error', onError)
    socket.resume()
  })
}

// The body of a refusal is a line for people; it goes to a terminal.
function wordsOf(answer: Buffer, end: number): string {
  const body = end < 0 ? '' : answer.toString('utf8', end + 4)
  const words = body.replace(/[^\x20-\x7e]+/g, ' ').trim()
  return words.slice(0, 300) || 'refused'
}
