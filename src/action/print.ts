import { neutralise } from './fence.ts'

/** A text of many lines, none of which is a command to the runner. */
export function neutraliseLines(text: string): string {
  return text.split('\n').map(neutralise).join('\n')
}

/** Prints a text to the step's log, as lines that the runner does not obey. */
export function print(text: string): void {
  process.stdout.write(`${neutraliseLines(text)}\n`)
}
