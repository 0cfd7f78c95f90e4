import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A host that is reached by ssh, and the environment of a step that uses its engine. */
export interface SshServer extends AsyncDisposable {
  readonly env: Record<string, string>
  /** The same with a key that the host does not know. */
  readonly stranger: Record<string, string>
}

const program = '/usr/sbin/sshd'

/** Can one be started here? */
export const hasSshd = existsSync(program)

/** Starts an sshd of our own on this machine, whose users find the engine at a socket. It reads nothing of /etc/ssh. */
export async function startSshServer(socket: string): Promise<SshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-ssh-'))
  const at = (name: string) => join(folder, name)
  // sshd wants it, whatever its configuration (sshd(8), FILES).
  mkdirSync('/run/sshd', { recursive: true })
  for (const name of ['host', 'user', 'stranger'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)])
  copyFileSync(at('user.pub'), at('authorized'))
  const port = await freePort()
  const settings = {
    Port: port,
    ListenAddress: '127.0.0.1',
    HostKey: at('host'),
    AuthorizedKeysFile: at('authorized'),
    PidFile: 'none',
    StrictModes: 'no',
    UsePAM: 'no',
    PasswordAuthentication: 'no',
    PermitRootLogin: 'prohibit-password',
    SetEnv: `DOCKER_HOST=unix://${socket}`,
  }
  writeFileSync(at('sshd_config'), listOf(settings))
  const server = spawn(program, ['-D', '-e', '-f', at('sshd_config')], { stdio: 'ignore' })
  const env = (key: string) => {
    const bin = at(`bin-${key}`)
    mkdirSync(bin)
    const client = {
      IdentityFile: at(key),
      IdentitiesOnly: 'yes',
      StrictHostKeyChecking: 'no',
      UserKnownHostsFile: '/dev/null',
      LogLevel: 'ERROR',
    }
    writeFileSync(join(bin, 'config'), listOf(client))
    // ssh takes its own configuration from the home folder in /etc/passwd, which is nobody's to change here.
    writeFileSync(join(bin, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${join(bin, 'config')} "$@"\n`)
    chmodSync(join(bin, 'ssh'), 0o755)
    return { DOCKER_HOST: `ssh://root@127.0.0.1:${port}`, PATH: `${bin}:${process.env.PATH}` }
  }
  for (let tries = 0; tries < 100 && !(await answers(port)); tries++) await pause(50)
  return {
    env: env('user'),
    stranger: env('stranger'),
    async [Symbol.asyncDispose]() {
      server.kill()
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function listOf(settings: Readonly<Record<string, string | number>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

async function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port }, () => resolve(true)).on('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
