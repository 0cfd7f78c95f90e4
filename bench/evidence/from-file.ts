// Makes the evidence of a gate's log in a file, as post does, and prints what it took: FILE FOLDER.
import { createReadStream } from 'node:fs'
import { lineSplitter } from '../../src/docker/lines.ts'
import { createRedactor } from '../../src/evidence/redact.ts'
import { openEvidence } from '../../src/evidence/writer.ts'

const [, , file = '', folder = ''] = process.argv
const started = performance.now()
const secrets = ['bench-canary-value-8841', 'Zm9vYmFyYmF6cXV4MTIzNDU2', '0123456789abcdef0123456789abcdef']
const evidence = openEvidence(folder, await createRedactor(secrets), ['probe.bottle.test'])
const lines = lineSplitter()
for await (const data of createReadStream(file)) for (const line of lines.push(data as Buffer)) evidence.line(line)
for (const line of lines.end()) evidence.line(line)
const { allowed, blocked, dlp, gateErrors, groups, ungrouped, unreadable, truncated } = evidence.close()
const counts = { allowed, blocked, dlp, gateErrors, groups: groups.length, ungrouped, unreadable, truncated }
const ms = performance.now() - started
process.stdout.write(JSON.stringify({ ms, maxRssKb: process.resourceUsage().maxRSS, counts }))
