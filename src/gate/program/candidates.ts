import { decodings } from './decodings.ts'

const layers = 5
const floor = 64 * 1024
const factor = 12

/** What a text holds: itself and all that it decodes to; `whole` is false when there was more than could be looked at. */
export interface Candidates {
  readonly texts: readonly string[]
  readonly whole: boolean
}

/**
 * The texts hidden in a text: itself, and whatever it decodes to, in any of our encodings inside each other, five layers
 * deep. Decoding shrinks, so twelve times the text is plenty: more than that was built to exhaust us.
 */
export function candidates(text: string): Candidates {
  const found = new Set([text])
  let layer = [text]
  let left = floor + factor * text.length
  for (let depth = 0; depth < layers && layer.length > 0; depth++) {
    const next: string[] = []
    for (const one of layer) {
      for (const decode of decodings) {
        for (const inner of decode(one)) {
          if (inner.length < 8 || found.has(inner)) continue
          left -= inner.length
          if (left < 0) return { texts: [...found], whole: false }
          found.add(inner)
          next.push(inner)
        }
      }
    }
    layer = next
  }
  return { texts: [...found], whole: true }
}
