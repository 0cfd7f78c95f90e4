import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const require = createRequire(import.meta.url)
const project = resolve(import.meta.dirname, '../..')

type Validate = ((value: unknown) => boolean) & { errors?: { instancePath: string; message?: string }[] | null }

// The schema of SARIF is of JSON Schema's draft 04; its package is Microsoft's own, of matchers for jest.
const Draft04 = require('ajv-draft-04') as new (options: object) => { compile(schema: object): Validate }
const addTo = addFormats as unknown as (ajv: unknown) => void

function mistakesBy(validate: Validate, value: unknown): string[] {
  if (validate(JSON.parse(JSON.stringify(value)))) return []
  return (validate.errors ?? []).map(one => `${one.instancePath} ${one.message}`)
}

// A pattern of it has a bracket too many, which only expressions without the flag u pass over.
const draft04 = new Draft04({ strict: false, allErrors: true, unicodeRegExp: false })
addTo(draft04)
const sarif = draft04.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))

/** What is wrong with a SARIF log by the schema of SARIF 2.1.0; nothing when it is one. */
export function sarifMistakes(log: unknown): string[] {
  return mistakesBy(sarif, log)
}

const draft2020 = new Ajv2020({ allErrors: true })
addTo(draft2020)

/** A check by one of the committed schemas, `docs/NAME.schema.json`: what is wrong with a value. */
export function schemaMistakes(name: 'summary' | 'blocked' | 'spec'): (value: unknown) => string[] {
  const schema = JSON.parse(readFileSync(join(project, 'docs', `${name}.schema.json`), 'utf8'))
  const validate = draft2020.compile(schema) as Validate
  return value => mistakesBy(validate, value)
}
