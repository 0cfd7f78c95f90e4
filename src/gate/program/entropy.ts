import { decodings } from './decodings.ts'

/** Shannon entropy of a text, in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

// Names that platforms hand out end here: a UUID, an account or a cluster is 32 characters.
const longestGiven = 32
const mostLabels = 8
const longestName = 100

/**
 * Why a host name looks like data on its way out, or undefined. `base` is the part of it that the allowlist wrote out
 * (`x.org` of `*.x.org`): only what the bottle could choose is judged. As pipelock judges it (facts/pipelock §2.4), a
 * label of eight characters and more with an entropy above the threshold; and beyond it labels that decode to text,
 * runs longer than any platform's names, and many labels or a long chain of labels that are no words.
 */
export function suspiciousName(host: string, base: string, threshold: number): string | undefined {
  const own = host === base ? [] : host.slice(0, host.length - base.length - 1).split('.')
  const whole = own.join('')
  if (own.some(label => label.length >= 8 && entropy(label) > threshold)) return 'high entropy subdomain'
  if (own.length > mostLabels || own.join('.').length > longestName) return 'subdomain too long'
  const runs = own.flatMap(label => label.split('-'))
  const random = (run: string) => run.length > longestGiven && (!isWords(run) || turns(run) >= 8)
  if (runs.some(random) || own.some(label => turns(label) >= 8 && random(label))) return 'long random subdomain'
  const strange = own.filter(label => label.length >= 6 && turns(label) >= 3)
  if (strange.length >= 3 || strange.join('').length > 1.5 * longestGiven) return 'data spread over subdomains'
  if ([...own, whole].some(decodesToText)) return 'encoded text in a subdomain'
  return undefined
}

// Running words have vowels in them and hardly a digit.
function isWords(run: string): boolean {
  const digits = run.match(/\d/g)?.length ?? 0
  const vowels = run.match(/[aeiouy]/g)?.length ?? 0
  return digits < 3 && vowels > run.length / 5
}

// How often letters and digits take turns: `web01` once, `us-east-1` never, `a1b2c3d4` seven times.
function turns(label: string): number {
  return label.match(/[a-z](?=\d)|\d(?=[a-z])/g)?.length ?? 0
}

// All of it, in hex or base32: by chance ten random bytes are printable once in twenty thousand.
function decodesToText(label: string): boolean {
  if (!/^(?:[0-9a-f]{16,}|[a-z2-7]{16,})$/.test(label)) return false
  const bytes = Math.floor(/^[0-9a-f]+$/.test(label) ? label.length / 2 : (label.length * 5) / 8)
  const texts = decodings.flatMap(decode => decode(label)).flatMap(text => text.split('\n'))
  return texts.some(text => text.length >= bytes - 1)
}
