import type { Summary } from '../evidence/summary.ts'
import { count } from '../evidence/verdict.ts'

/** What a reader of the evidence has to know of its files, a sentence each: what they do not hold. */
export function gapWords({ truncated = [], whole }: Pick<Summary, 'truncated' | 'whole'>): string[] {
  return [
    ...truncated.map(
      ({ file, lines, written }) =>
        `The log was long: ${file} holds ${number(written)} of ${number(lines)} lines. The counts are exact.`,
    ),
    ...(whole ? [] : ["The end of the gate's log was not read: there may be more than was counted."]),
  ]
}

/** The line that says where to look; `files` are names of the evidence, `artifact` is where they were uploaded, if so. */
export function whereToLook(folder: string, files: readonly string[], artifact: string | undefined): string {
  const first = files.includes('report.html') ? 'report.html' : 'summary.json'
  const here = `${folder}/${first}`
  return artifact === undefined
    ? `Where to look: ${here}`
    : `Where to look: ${first} in the artifact ${artifact} of this run`
}

/** A size as people say it: `512 bytes`, `1.2 kB`, `34 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte')
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
