import { safe } from '../report/safe.ts'

const longestLine = 1000

/**
 * A step's own summary for the job summary: as it was written, and as text. Rendered as markdown, an image in it would
 * tell a host of the agent's choice whatever stands in the image's address, from the browser of whoever reads it.
 */
export function quotedSummary(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).map(line => safe(line, longestLine))
  while (lines.at(-1) === '') lines.pop()
  return `\n<p>A step in the bottle wrote:</p>\n<pre>${lines.join('\n')}</pre>\n`
}
