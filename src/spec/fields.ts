import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import { parseDestination, parseExpected } from './destination.ts'
import { presets } from './host-lists.ts'
import { wrongRange } from './range.ts'

/** A string field read by a parser; its message is what the author sees. */
export function parsed<T>(read: (text: string) => T | undefined, message: (text: string) => string) {
  return z.string().transform((text, context) => {
    const value = read(text)
    if (value !== undefined) return value
    context.issues.push({ code: 'custom', input: text, message: message(text) })
    return z.NEVER
  })
}

/** Text as a message shows it. */
export const quoted = (text: string) => JSON.stringify(text)

/** An allowlist entry, in canonical form. */
export const destination = z.string().transform((text, context) => {
  const result = parseDestination(text)
  if ('ok' in result) return result.ok
  context.issues.push({ code: 'custom', input: text, message: `${quoted(text)} ${result.wrong}` })
  return z.NEVER
})

/** A host whose blocks are meant, in canonical form. */
export const expectedHost = z.string().transform((text, context) => {
  const result = parseExpected(text)
  if ('ok' in result) return result.ok
  context.issues.push({ code: 'custom', input: text, message: `${quoted(text)} ${result.wrong}` })
  return z.NEVER
})

/** The name of a preset; a wrong one is told the nearest. */
export const preset = z.string().superRefine((name, context) => {
  if (Object.hasOwn(presets, name)) return
  const names = Object.keys(presets)
  // A name that was cut short is nearer to its whole than to any short one.
  const near = names.find(one => name.length > 2 && one.startsWith(name)) ?? closest(name, names)
  const message = `${quoted(name)} is not a preset; did you mean ${quoted(near)}? (\`bottle presets\` lists them)`
  context.addIssue({ code: 'custom', message })
})

/** The name of an environment variable. */
export const environmentName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable; write one such as API_KEY')

/** A range of private addresses that may be opened, as a CIDR. */
export const range = z.string().superRefine((text, context) => {
  const wrong = wrongRange(text)
  if (wrong) context.addIssue({ code: 'custom', message: `${quoted(text)} ${wrong}` })
})
