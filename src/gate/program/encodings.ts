/** One way a secret may be written: how it is called in a log, and the text to look for. */
export interface SecretForm {
  readonly name: string
  readonly text: string
}

// A shorter piece would match by chance.
const shortest = 6

/**
 * Every way we can write a secret: plain, base64 and base64url at the three alignments inside a longer text, hex,
 * percent-encoded, JSON-escaped, reversed. Matched case-insensitively only where case carries nothing (hex, percent).
 */
export function secretForms(secret: string): SecretForm[] {
  const bytes = Buffer.from(secret, 'utf8')
  const percent = [...bytes].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const forms: SecretForm[] = [
    { name: 'plain', text: secret },
    ...aligned(bytes).map(text => ({ name: 'base64-encoded', text })),
    ...aligned(bytes).map(text => ({
      name: 'base64url-encoded',
      text: text.replaceAll('+', '-').replaceAll('/', '_'),
    })),
    { name: 'hex-encoded', text: bytes.toString('hex') },
    { name: 'hex-encoded', text: bytes.toString('hex').toUpperCase() },
    { name: 'percent-encoded', text: encodeURIComponent(secret) },
    { name: 'percent-encoded', text: percent },
    { name: 'percent-encoded', text: percent.toUpperCase() },
    { name: 'json-escaped', text: JSON.stringify(secret).slice(1, -1) },
    { name: 'reversed', text: [...secret].reverse().join('') },
  ]
  const seen = new Set<string>()
  return forms.filter(({ text }) => text.length >= shortest && !seen.has(text) && seen.add(text))
}

// The characters that encode the secret's bytes alone, for each of the three places it can start at.
function aligned(bytes: Buffer): string[] {
  return [0, 1, 2].map(before => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const from = Math.ceil((before * 8) / 6)
    const to = Math.floor(((before + bytes.length) * 8) / 6)
    return text.slice(from, to)
  })
}
