import type { Detector } from './detect.ts'
import type { Resolve } from './judge.ts'

const shortTexts = 4096
const mostTexts = 512
const mostNames = 512
const namesFor = 1000

/** A detector that does not search a short text again that it has just found clean: clients repeat their headers. */
export function rememberClean(detect: Detector): Detector {
  const clean = new Set<string>()
  return async text => {
    if (clean.has(text)) return undefined
    const finding = await detect(text)
    if (finding || text.length > shortTexts) return finding
    if (clean.size >= mostTexts) clean.delete(clean.values().next().value ?? '')
    clean.add(text)
    return undefined
  }
}

/**
 * A resolver that gives the same answer for a second, to all who ask. What is given is judged and dialled each time,
 * so a name that is rebound meanwhile leads where it led, never where nobody looked. Failures are not remembered.
 */
export function rememberNames(resolve: Resolve, now: () => number = performance.now.bind(performance)): Resolve {
  const known = new Map<string, { until: number; answer: Promise<readonly string[]> }>()
  return host => {
    const found = known.get(host)
    if (found && found.until > now()) return found.answer
    const answer = resolve(host)
    known.delete(host)
    if (known.size >= mostNames) known.delete(known.keys().next().value ?? '')
    known.set(host, { until: now() + namesFor, answer })
    answer.catch(() => known.delete(host))
    return answer
  }
}
