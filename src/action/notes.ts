import { error, info, notice, warning } from '@actions/core'
import type { Annotation } from '../report/annotations.ts'
import { neutralise } from './fence.ts'

/** The annotations of one step. A runner keeps ten of each level, and people read fewer: what is beyond is a line of the log. */
export interface Notes {
  /** Says a sentence beside a line of a file, or of the run. Hostile text is neutralised here. */
  add(annotation: Annotation): void
  /** How many there may still be. */
  left(): number
}

const most = 10
const commands = { error, warning, notice } as const

/** Opens the notes of a step; `reserved` of them are said by others. */
export function openNotes(reserved: number): Notes {
  let left = most - reserved
  return {
    add({ level, text, file, line }) {
      const said = neutralise(text).replace(/\s+/g, ' ')
      if (left <= 0) return info(said)
      left -= 1
      commands[level](said, file === undefined ? {} : { file, ...(line === undefined ? {} : { startLine: line }) })
    },
    left: () => left,
  }
}
