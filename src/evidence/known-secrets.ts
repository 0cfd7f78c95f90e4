import { type SecretForm, secretForms } from '../gate/program/encodings.ts'
import { cutOut, type Span } from './spans.ts'

// A shorter text is in everybody's words.
const shortest = 4
// Across dots and slashes only what is too long to be there by chance.
const shortestCut = 8

/**
 * A function that masks these secrets in a text: the whole values and each of their lines of four characters and more, in
 * every form we can write, in any case, and also cut up by dots or slashes (a host name's labels, a path's segments).
 */
export function maskKnown(
  secrets: readonly string[],
  formsOf: (secret: string) => readonly SecretForm[] = secretForms,
): (text: string) => string {
  const lines = secrets
    .flatMap(secret => [secret, ...secret.split(/\r?\n/)])
    .filter(one => one.trim().length >= shortest)
  const forms = lines.flatMap(line => [line, ...formsOf(line).map(form => form.text)]).flatMap(written)
  const findWhole = search(forms, false)
  const findCut = search(
    forms.map(withoutMarks).filter(form => form.length >= shortestCut),
    true,
  )
  return text => {
    const masked = cutOut(text, findWhole(text))
    if (!findCut.mayBegin(masked)) return masked
    const spans = findCut(withoutMarks(masked))
    return spans.length === 0 ? masked : cutOut(masked, acrossMarks(masked, spans))
  }
}

// As it stands, and as it stands in a URL or in JSON, where some of its characters have to be written otherwise.
function written(form: string): string[] {
  return [form, encodeURIComponent(form.toWellFormed()), JSON.stringify(form).slice(1, -1)]
}

function withoutMarks(text: string): string {
  return text.replace(/[./]/g, '')
}

// Where spans of the text without its dots and slashes are in the text itself.
function acrossMarks(text: string, spans: readonly Span[]): Span[] {
  const places = Array.from(text, (_, i) => i).filter(i => text[i] !== '.' && text[i] !== '/')
  return spans.map(([from, to]) => [places[from] ?? 0, (places[to - 1] ?? text.length) + 1])
}

const beginning = 4
const slots = 1 << 20
const none: readonly Span[] = []

interface Search {
  (text: string): readonly Span[]
  /** Could one of the forms begin in it? Dots and slashes between its characters are passed over when there are `marks`. */
  mayBegin(text: string): boolean
}

/**
 * A function that finds every one of `forms` in a text, whatever the case. Most texts hold none: one look into a table
 * tells four characters that begin no form, and only where one may begin the expression of all of them runs.
 */
function search(forms: readonly string[], marks: boolean): Search {
  const wanted = [...new Set(forms)].sort((a, b) => b.length - a.length)
  if (wanted.length === 0) return Object.assign(() => none, { mayBegin: () => false })
  const expression = new RegExp(wanted.map(literally).join('|'), 'gi')
  const begins = new Uint8Array(slots)
  const note = (slot: number) => {
    begins[slot] = 1
    return false
  }
  for (const form of wanted) eachBeginning(form.slice(0, beginning), marks, note)
  // The table folds only ASCII.
  const certain = wanted.every(form => /^[\0-\x7f]{4}/.test(form))
  const mayBegin = (text: string) => !certain || eachBeginning(text, marks, slot => begins[slot] === 1)
  const find = (text: string) =>
    mayBegin(text)
      ? Array.from(text.matchAll(expression), ({ 0: { length }, index }) => [index, index + length] as const)
      : none
  return Object.assign(find, { mayBegin })
}

// Asks about the place in the table of each four characters in a row; true as soon as an answer is.
function eachBeginning(text: string, marks: boolean, ask: (slot: number) => boolean): boolean {
  let [slot, seen] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (marks && (code === 46 || code === 47)) continue
    // Five bits of each of the last four: letters are their own, in either case.
    slot = ((slot << 5) | ((code ^ (code >> 5)) & 31)) & (slots - 1)
    if (code >= 64 && code < 128) slot = (slot & ~31) | (code & 31)
    if (++seen >= beginning && ask(slot)) return true
  }
  return false
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
