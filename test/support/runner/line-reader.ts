import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** Calls back with each line of a stream as .NET's ReadLine makes them: `\n`, `\r\n` and a lone `\r` end one. */
export function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string, last: boolean) => {
    rest += text
    // A `\r` at the very end may be the first half of `\r\n`.
    while (true) {
      const end = /\r\n|\n|\r(?!$)/.exec(rest) ?? (last ? /\r$/.exec(rest) : null)
      if (!end) break
      onLine(rest.slice(0, end.index))
      rest = rest.slice(end.index + end[0].length)
    }
    if (last && rest !== '') onLine(rest)
  }
  return new Promise(resolve => {
    stream.on('data', (chunk: Buffer) => take(decoder.write(chunk), false))
    stream.once('close', () => {
      take(decoder.end(), true)
      resolve()
    })
  })
}
