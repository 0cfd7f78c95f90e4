import { encode } from 'html-entities'
import { plain } from './plain-text.ts'

/** Text from outside, for an HTML block of the job summary: at most `longest` characters, nothing in it means anything. */
export function safe(text: string, longest = 80): string {
  const short = plain(text).slice(0, longest)
  // GitHub looks for mentions, issue numbers and links in HTML text too.
  return encode(short, { mode: 'nonAsciiPrintable' }).replace(
    /[@#`*_[\]()!|\\~:]/g,
    character => `&#${character.charCodeAt(0)};`,
  )
}
