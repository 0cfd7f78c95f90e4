import { spawn } from 'node:child_process'
import { Duplex } from 'node:stream'
import type { EngineAddress } from './address.ts'

type SshAddress = Extract<EngineAddress, { kind: 'ssh' }>

// Nobody is there to be asked for a password, or whether a host is known.
const options = ['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10']
const longestWords = 1000

/**
 * A connection to an engine behind ssh, as the docker CLI makes one: the standard streams of `docker system dial-stdio`
 * on that host. How it is reached, and with which key, is for the user's own ssh to know. Fails with ssh's last words.
 */
export function dialStdio({ user, host, port }: SshAddress): Duplex {
  const where = [...(user ? ['-l', user] : []), ...(port ? ['-p', String(port)] : []), '--', host]
  // A group of its own: who interrupts us from a terminal must not cut off the teardown.
  const child = spawn('ssh', [...options, ...where, 'docker', 'system', 'dial-stdio'], { detached: true })
  let words = ''
  child.stderr.on('data', data => {
    words = (words + String(data)).slice(-longestWords)
  })
  const both = new Duplex({
    read: () => void child.stdout.resume(),
    write: (chunk, _, done) => void child.stdin.write(chunk, done),
    final: done => void child.stdin.end(done),
    destroy(error, done) {
      child.kill()
      done(error)
    },
  })
  child.stdin.on('error', () => {})
  child.stdout.on('data', data => {
    if (!both.push(data)) child.stdout.pause()
  })
  child.on('error', error => both.destroy(error))
  child.on('close', code => {
    const said = words.trim().split('\n').at(-1)?.trim()
    if (code === 0) both.push(null)
    else both.destroy(new Error(`ssh: ${said || `it ended with ${code}`}`))
  })
  const hold = (name: 'ref' | 'unref') => () => {
    for (const one of [child, child.stdin, child.stdout, child.stderr]) (one as unknown as Held)[name]()
    return both
  }
  // What Node's agents ask of every socket.
  const asked = { ref: hold('ref'), unref: hold('unref') }
  const same = () => both
  return Object.assign(both, asked, { setKeepAlive: same, setNoDelay: same, setTimeout: same })
}

interface Held {
  ref(): void
  unref(): void
}
