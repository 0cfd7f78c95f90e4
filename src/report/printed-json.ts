/**
 * A value as JSON that can be printed and committed: what moves, hides or reorders text on a screen is written as
 * `\uXXXX`, which reads back as the same value.
 */
export function printedJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
