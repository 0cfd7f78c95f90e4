/** Shannon entropy of a text, in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/**
 * The label of a host name that looks like data on its way out, or undefined. As pipelock judges it (facts/pipelock
 * §2.4): names of three labels and more, labels of eight characters and more, entropy above the threshold.
 */
export function suspiciousLabel(host: string, threshold: number): string | undefined {
  const labels = host.split('.')
  if (labels.length < 3) return undefined
  return labels.slice(0, -2).find(label => label.length >= 8 && entropy(label) > threshold)
}
