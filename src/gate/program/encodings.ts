/** One way a secret may be written: how it is called in a log, and the text to look for. */
export interface SecretForm {
  readonly name: string
  readonly text: string
}

/** A secret cut up: it is there when at least `least` of the texts are, wherever they stand. */
export interface SecretPieces {
  readonly texts: readonly string[]
  readonly least: number
}

// A shorter piece would match by chance.
const shortest = 6
const shortestInPieces = 16

/**
 * Every way we can write a secret: plain, base64 and base64url at the three alignments inside a longer text, hex,
 * percent-encoded, JSON-escaped, reversed, with its halves changed about, rotated by 13.
 */
export function secretForms(secret: string): SecretForm[] {
  const bytes = Buffer.from(secret, 'utf8')
  const backwards = reverse(secret)
  const half = Math.floor(secret.length / 2)
  const [first, second] = [secret.slice(0, half), secret.slice(half)]
  const percent = [...bytes].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const base64 = (data: Buffer) => aligned(data).map(text => ({ name: 'base64-encoded', text }))
  const forms: SecretForm[] = [
    { name: 'plain', text: secret },
    ...base64(bytes),
    ...aligned(bytes).map(text => ({
      name: 'base64url-encoded',
      text: text.replaceAll('+', '-').replaceAll('/', '_'),
    })),
    ...base64(Buffer.from(backwards, 'utf8')),
    { name: 'hex-encoded', text: bytes.toString('hex') },
    { name: 'hex-encoded', text: bytes.toString('hex').toUpperCase() },
    { name: 'percent-encoded', text: encodeURIComponent(secret) },
    { name: 'percent-encoded', text: percent },
    { name: 'percent-encoded', text: percent.toUpperCase() },
    { name: 'json-escaped', text: JSON.stringify(secret).slice(1, -1) },
    { name: 'reversed', text: backwards },
    { name: 'reversed', text: reverse(first) + reverse(second) },
    { name: 'reversed', text: second + first },
    { name: 'rotated by 13', text: secret.replace(/[a-z]/gi, rotated) },
  ]
  const seen = new Set<string>()
  return forms.filter(({ text }) => text.length >= shortest && !seen.has(text) && seen.add(text))
}

/**
 * The pieces by which a secret of 16 characters and more is told when it is cut, forwards and backwards. Wherever it is
 * cut, one cut spoils one piece: three quarters of four, or both halves, are the secret. Pieces that may be words of
 * anybody's text do not count.
 */
export function secretPieces(secret: string): SecretPieces[] {
  const count = secret.length >= 4 * shortest ? 4 : 2
  if (secret.length < shortestInPieces) return []
  const size = Math.floor(secret.length / count)
  const least = count === 4 ? 3 : 2
  return [secret, reverse(secret)]
    .map(text =>
      Array.from({ length: count }, (_, i) => text.slice(i * size, i === count - 1 ? undefined : (i + 1) * size)),
    )
    .map(pieces => ({ texts: pieces.filter(piece => /\d|[a-z][A-Z]/.test(piece)), least }))
    .filter(({ texts }) => texts.length >= least)
}

function reverse(text: string): string {
  return [...text].reverse().join('')
}

function rotated(letter: string): string {
  const base = letter < 'a' ? 65 : 97
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
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
