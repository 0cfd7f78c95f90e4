import { expect, test } from '@jest/globals'
import { summarySchema } from '../../../src/evidence/schema.ts'
import { serviceLines } from '../../../src/evidence/service-lines.ts'
import { pageData } from '../../../src/report/html/page-facts.ts'
import { renderSummary } from '../../../src/report/markdown.ts'
import { serviceWords } from '../../../src/report/service-words.ts'
import { renderTerminal } from '../../../src/report/terminal.ts'
import { summary } from '../../support/summaries.ts'

const use = { connections: 1200, failed: 2, sent: 1500, received: 40_000_000, whole: true }
const services = [
  { name: 'postgres', ports: [5432, 80], use },
  { name: 'redis', ports: [6379], use: { ...use, connections: 1, failed: 0, whole: false } },
  { name: 'web', ports: [8080] },
]

test('what is not known of a service is said, and never 0', () => {
  expect(services.map(serviceWords)).toEqual([
    '5432, 80: 1,200 connections, 2 without an answer, 1.5 kB to it, 40 MB from it',
    '6379: at least 1 connection, 1.5 kB to it, 40 MB from it; its relay ended early',
    '8080: not counted',
  ])
})

test('every report names the services that were joined, and none where there were none', () => {
  const joined = summary([], { services })
  expect(renderTerminal(joined, { color: false })).toContain('Service postgres on 5432, 80: 1,200 connections')
  expect(renderSummary(joined)).toContain('<code>web</code> on 8080&#58; not counted.')
  expect(pageData(joined, { plan: undefined, lines: undefined, suggested: undefined }).facts).toContainEqual([
    'Service web',
    '8080: not counted',
  ])
  for (const text of [renderTerminal(summary([]), { color: false }), renderSummary(summary([]))])
    expect(text).not.toMatch(/service/i)
  expect(summarySchema.parse(joined).services).toEqual(services)
})

test('events.jsonl has a line for each', () => {
  expect(serviceLines(services, 'now').map(line => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ component: 'bottle', event: 'service', service: 'postgres', ...use, time: 'now' }),
    expect.objectContaining({ service: 'redis', whole: false }),
    expect.not.objectContaining({ connections: expect.anything() }),
  ])
})
