// Token formats are told by a run of characters no prose has.
const run = /[\w+/=.-]{8,}|-----BEGIN/

/** May something of a token's format be in a text? Asked before the formats are loaded, which takes a while. */
export function mayHoldToken(text: string): boolean {
  return run.test(text)
}
