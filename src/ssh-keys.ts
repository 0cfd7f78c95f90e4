import { BottleError } from './errors.ts'
import type { SshHost } from './spec/ssh.ts'

/**
 * Looks at the private keys of ssh hosts before anything is made: what ssh would fail on later, in words that help.
 * Throws a BottleError that says nothing of the value. A key that is not set is the plan's to say.
 */
export function checkKeys(hosts: readonly SshHost[], secrets: ReadonlyMap<string, string>): void {
  for (const name of hosts.flatMap(one => one.identity ?? [])) {
    const text = secrets.get(name)
    if (text === undefined) continue
    const body = /^-----BEGIN ((?:[A-Z0-9]+ )?PRIVATE KEY)-----\r?\n([\s\S]+?)\n-----END \1-----\s*$/.exec(text.trim())
    if (!body?.[1] || !body[2])
      throw new BottleError(
        `The key ${name} that \`ssh\` names is not a private key.`,
        'Give it the whole file, from "-----BEGIN" to "-----END", line ends kept.',
      )
    if (!isEncrypted(body[1], body[2])) continue
    throw new BottleError(
      `The key ${name} that \`ssh\` names is protected by a passphrase, and nobody is there to type it.`,
      'Give a key without one: `ssh-keygen -t ed25519 -N "" -f deploy-key`.',
    )
  }
}

// OpenSSH's format names its cipher right after the magic (PROTOCOL.key): `none` for a key without a passphrase.
function isEncrypted(kind: string, body: string): boolean {
  if (kind !== 'OPENSSH PRIVATE KEY') return kind === 'ENCRYPTED PRIVATE KEY' || body.includes('Proc-Type: 4,ENCRYPTED')
  const key = Buffer.from(body, 'base64')
  const at = 'openssh-key-v1'.length + 1
  return key.length > at + 8 && key.toString('latin1', at + 4, at + 8) !== 'none'
}
