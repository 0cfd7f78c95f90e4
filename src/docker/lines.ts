import { StringDecoder } from 'node:string_decoder'

/** The longest line handed on in one piece, in characters; what is longer continues on the next line. */
export const longestLine = 64 * 1024

/**
 * Splits one stream of bytes into lines as the runner does (.NET ReadLine): `\n`, `\r\n` and a lone `\r` all end a line
 * (facts/platform §2.3). `push` returns the lines that are complete, `end` what is left.
 */
export function lineSplitter(longest = longestLine): { push(data: Buffer): string[]; end(): string[] } {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let afterReturn = false
  const split = (text: string): string[] => {
    // A `\r` at the end of one piece and a `\n` at the start of the next are one line end.
    const fresh = afterReturn && text.startsWith('\n') ? text.slice(1) : text
    if (text !== '') afterReturn = text.endsWith('\r')
    // A gate's log has no returns, and a million lines a second deserve the shorter way.
    const lines = (rest + fresh).split(text.includes('\r') || rest.includes('\r') ? /\r\n|\n|\r/ : '\n')
    rest = lines.pop() ?? ''
    while (rest.length > longest) {
      lines.push(rest.slice(0, longest))
      rest = rest.slice(longest)
    }
    return lines.some(line => line.length > longest) ? lines.flatMap(line => cut(line, longest)) : lines
  }
  return {
    push: data => split(decoder.write(data)),
    end() {
      const lines = split(decoder.end())
      if (rest !== '') lines.push(rest)
      rest = ''
      return lines
    },
  }
}

function cut(line: string, longest: number): string[] {
  if (line.length <= longest) return [line]
  const parts: string[] = []
  for (let at = 0; at < line.length; at += longest) parts.push(line.slice(at, at + longest))
  return parts
}
