const longest = 2000

/** Makes hostile text safe for one line of a terminal or log: nothing that moves, hides or reorders text survives. */
export function plain(text: string): string {
  return text
    .slice(0, longest)
    .replace(/\t/g, ' ')
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')
    .replace(/[\0-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, '')
}
