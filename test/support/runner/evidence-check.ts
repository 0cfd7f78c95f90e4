import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { logLines } from '../gate/log-lines.ts'
import { sarifMistakes, schemaMistakes } from '../schemas.ts'

const summary = schemaMistakes('summary')
const blocked = schemaMistakes('blocked')
const events = new Map(logLines.map(one => [one.event, one]))

/**
 * What is wrong with the evidence of the runs below a runner's temp folder, by the committed schemas: every run that any
 * docker test makes goes through this. Also a line of a documented event that lacks one of its fields.
 */
export function evidenceMistakes(temp: string): string[] {
  return readdirSync(temp)
    .filter(name => /^bottle-[0-9a-f]{12}$/.test(name))
    .map(name => join(temp, name, 'evidence'))
    .filter(folder => existsSync(join(folder, 'summary.json')))
    .flatMap(folder => {
      const text = (name: string) => readFileSync(join(folder, name), 'utf8')
      const lines = (name: string) => text(name).split('\n').filter(Boolean)
      return [
        ...summary(JSON.parse(text('summary.json'))).map(one => `summary.json ${one}`),
        ...lines('blocked.jsonl').flatMap(line =>
          blocked(JSON.parse(line)).map(one => `blocked.jsonl ${one}: ${line}`),
        ),
        ...sarifMistakes(JSON.parse(text('bottle.sarif'))).map(one => `bottle.sarif ${one}`),
        ...lines('events.jsonl').flatMap(line => eventMistakes(JSON.parse(line))),
      ]
    })
}

function eventMistakes(fields: Record<string, unknown>): string[] {
  const known = events.get(String(fields.event))
  if (!known) return []
  const missing = known.fields.filter(name => !(name in fields) && !known.sometimes.includes(name))
  return [
    ...(fields.level === known.level ? [] : [`${known.event} is of level ${String(fields.level)}`]),
    ...missing.map(name => `${known.event} lacks ${name}: ${JSON.stringify(fields).slice(0, 500)}`),
  ]
}
