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
  if (lines.length === 0) return text => text
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
  const expression = new RegExp(wanted.map(form => RegExp.escape(form)).join('|'), 'gi')
  const begins = new Uint8Array(slots)
  for (const form of wanted) begins[slotAt(form, marks)] = 1
  // The table folds only ASCII.
  const certain = wanted.every(form => /^[\0-\x7f]{4}/.test(form))
  const least = wanted.at(-1)?.length ?? 0
  const mayBegin = (text: string) => !certain || (text.length >= least && holdsBeginning(text, marks, begins))
  const find = (text: string) =>
    mayBegin(text)
      ? Array.from(text.matchAll(expression), ({ 0: { length }, index }) => [index, index + length] as const)
      : none
  return Object.assign(find, { mayBegin })
}

// Is the place in the table of any four characters in a row taken?
function holdsBeginning(text: string, marks: boolean, begins: Uint8Array): boolean {
  let [slot, seen] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (marks && (code === 46 || code === 47)) continue
    slot = nextSlot(slot, code)
    if (++seen >= beginning && begins[slot] === 1) return true
  }
  return false
}

// The place in the table of the first four characters of a form.
function slotAt(form: string, marks: boolean): number {
  const text = marks ? withoutMarks(form) : form
  let slot = 0
  for (let at = 0; at < beginning; at++) slot = nextSlot(slot, text.charCodeAt(at))
  return slot
}

// Five bits of each of the last four: letters are their own, in either case.
function nextSlot(slot: number, code: number): number {
  const bits = code >= 64 && code < 128 ? code & 31 : (code ^ (code >> 5)) & 31
  return ((slot << 5) | bits) & (slots - 1)
}
