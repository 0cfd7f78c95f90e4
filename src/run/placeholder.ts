import { randomInt } from 'node:crypto'

// What clients look at before they send a key. Public, the same in everybody's: keeping it gives nothing away.
const knownPrefix =
  /^(sk-ant-(?:api|oat|admin)\d\d-|sk-(?:proj|svcacct|admin|or-v1)-|sk-|gh[opsur]_|github_pat_|gl(?:pat|cbt|dt)-|npm_|pypi-|hf_|AIza|xai-|gsk_|r8_|xox[abp]-)/

const letters = {
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  digit: '0123456789',
} as const

/**
 * A value of the same shape as a secret, and with nothing else of it: as long, capitals for capitals, digits for digits,
 * the same punctuation, the vendor's public prefix kept. Clients that check what a key looks like take it for one.
 */
export function placeholderFor(secret: string): string {
  const prefix = knownPrefix.exec(secret)?.[0] ?? ''
  const rest = [...secret.slice(prefix.length)].map(one => {
    const kind = /[A-Z]/.test(one) ? 'upper' : /[a-z]/.test(one) ? 'lower' : /\d/.test(one) ? 'digit' : undefined
    return kind ? letters[kind][randomInt(letters[kind].length)] : one
  })
  return prefix + rest.join('')
}
