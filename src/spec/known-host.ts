/** What is accepted as a server's key: these keys and no other, or any key at all. */
export type KnownHost = { readonly keys: readonly string[] } | 'any'

/** A server's public key as OpenSSH writes it, `type base64`, or why it is none: the tail of a sentence. */
export type KeyRead = { readonly ok: string } | { readonly wrong: string }

// The host key types of OpenSSH 9 that a known_hosts line may name (sshd(8), HostKeyAlgorithms); DSA is gone since 10.0.
const types = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
]

/**
 * Reads one public key: its type, its base64, and perhaps a comment, which is dropped. The base64 must be a key of that
 * type: it begins with the type's own name (RFC 4253 §6.6). Nothing of the text is repeated: it may be a private key.
 */
export function readHostKey(text: string): KeyRead {
  const words = text.trim().split(/\s+/)
  if (text.includes('PRIVATE KEY')) return { wrong: `holds a private key; ${example}` }
  if (/^(SHA256|MD5):/.test(text.trim())) return { wrong: `is a fingerprint; ${example}` }
  if (words[0] === 'ssh-dss') return { wrong: 'is a DSA key, which OpenSSH accepts no more; write another of its keys' }
  const [type = '', data = ''] = words
  if (!types.includes(type)) {
    const after = words.findIndex(word => types.includes(word))
    if (after > 0) return { wrong: `has something before the key's type; write it from ${words[after]} on` }
    return { wrong: `is not a public key; ${example}` }
  }
  return isKeyOf(type, data) ? { ok: `${type} ${data}` } : { wrong: `is not a whole ${type} key; ${example}` }
}

const example = 'write the line that `ssh-keyscan HOST` prints, without the host: "ssh-ed25519 AAAA…"'

function isKeyOf(type: string, data: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return false
  const key = Buffer.from(data, 'base64')
  // A string of 4 bytes of length and the name, then what the type holds: the shortest, Ed25519, 4 + 32 bytes.
  const named = key.length >= 4 && key.readUInt32BE() === type.length && key.toString('latin1', 4, 4 + type.length)
  return named === type && key.length >= 4 + type.length + 36
}
