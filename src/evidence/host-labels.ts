import { createHash } from 'node:crypto'

const hostName = /(?<![\w.-])(?:[\w-]+\.)+[\w-]{2,}(?![\w-])/g
const longest = 20
const longestWord = 32
const mostStrange = 16
// What platforms call an account or a bucket, once in a name: `6aa30f8b….r2.cloudflarestorage.com`.
const accountId = /^[0-9a-f]{32}$/i

/**
 * Puts a short fingerprint in place of the labels of host names that read like data: `[label-3fa9c1].evil.test`. The
 * same label always gets the same one, so that repeats still group.
 */
export function shortLabels(text: string): string {
  return hasLongWord(text) ? text.replace(hostName, shortHost) : text
}

// By hand: an expression would begin anew at every character.
function hasLongWord(text: string): boolean {
  if (text.length <= longest) return false
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const isOfWord =
      (code >= 97 && code <= 122) ||
      (code >= 48 && code <= 57) ||
      (code >= 65 && code <= 90) ||
      code === 45 ||
      code === 95
    length = isOfWord ? length + 1 : 0
    if (length === longest) return true
  }
  return false
}

function shortHost(host: string): string {
  const labels = host.split('.')
  const random = labels.filter((label, i) => i < labels.length - 1 && looksRandom(label))
  if (random.length === 0 || (random.length === 1 && accountId.test(random[0] ?? ''))) return host
  return labels.map(label => (random.includes(label) ? `[label-${fingerprint(label)}]` : label)).join('.')
}

function fingerprint(label: string): string {
  return createHash('sha256').update(label.toLowerCase()).digest('hex').slice(0, 6)
}

// Long, and mostly of parts that are no words: with digits in them, hardly any vowels, or longer than any word.
/** Does this one word read like data and not like a name? */
export function looksRandom(label: string): boolean {
  if (label.length < longest) return false
  const strange = label.split(/[-_]/).filter(part => !isWord(part))
  return strange.join('').length >= mostStrange
}

function isWord(part: string): boolean {
  const letters = part.replace(/\d{1,3}$/, '')
  if (letters.length > longestWord || !/^[a-z]*$/i.test(letters)) return false
  return (part.match(/[aeiouy]/gi)?.length ?? 0) >= part.length / 5
}
