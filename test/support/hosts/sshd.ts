import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const config = `
Port 22
Port 2222
HostKey /etc/ssh/host_key
AuthorizedKeysFile /etc/ssh/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
PidFile none
LogLevel VERBOSE
`

/**
 * A real OpenSSH server with a fresh host key and the user `git`, who owns the repository of /srv/git and may log in
 * with the keys in /etc/ssh/authorized_keys. Tells each connection, and each login that it accepts or refuses.
 */
export function serveSsh(tell: (fact: object) => void): void {
  mkdirSync('/run/sshd', { recursive: true })
  writeFileSync('/etc/ssh/sshd_config', config)
  writeFileSync('/etc/ssh/authorized_keys', '')
  const run = (program: string, ...words: string[]) => execFileSync(program, words, { stdio: 'ignore' })
  run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/etc/ssh/host_key')
  run('useradd', '--create-home', '--shell', '/bin/bash', '--password', '*', 'git')
  run('chown', '-R', 'git', '/srv/git')
  const server = spawn('/usr/sbin/sshd', ['-D', '-e'], { stdio: ['ignore', 'ignore', 'pipe'] })
  createInterface(server.stderr).on('line', line => {
    // Connection from 198.18.0.2 port 47922 on 198.18.0.3 port 22 rdomain ""
    const connection = /^Connection from (\S+) port \d+ on \S+ port (\d+)/.exec(line)
    if (connection) tell({ kind: 'connection', port: Number(connection[2]), from: connection[1] })
    // Accepted publickey for git from 198.18.0.2 port 47922 ssh2: ED25519 SHA256:…
    const login = /^(Accepted publickey|Failed|Invalid user|Connection closed by authenticating)\b/.exec(line)
    if (login) tell({ kind: 'login', port: 22, method: login[1]?.split(' ')[0], url: line })
  })
}
