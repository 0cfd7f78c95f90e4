// Prints how long report.html takes to open in Chromium with 100,000 blocks, against an empty page opened in turns.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { evidenceOf } from '../test/support/page/evidence-of.ts'
import { refused, startup } from '../test/support/page/gate-lines.ts'
import { launchBrowser } from '../test/support/page/open-page.ts'

const blocks = Number(process.env.BLOCKS ?? 100_000)
const rounds = Number(process.env.ROUNDS ?? 7)
const goal = 2000

/** Blocks that are all of different hosts, or of the same few. */
function* flood(hosts: number) {
  yield startup
  for (let i = 0; i < blocks; i++) yield refused(i / 500, `h${i % hosts}.flood.test`, { request_id: `req-${i}` })
}

const many = await evidenceOf({ lines: flood(blocks) })
const few = await evidenceOf({ lines: flood(20) })
const empty = join(many.folder, 'empty.html')
writeFileSync(empty, '<!doctype html><title>empty</title>')
const pages = [
  { name: 'an empty page (the floor)', path: empty },
  { name: `${blocks} blocks of 20 hosts`, path: few.page },
  { name: `${blocks} blocks of ${blocks} hosts`, path: many.page },
].map(page => ({ ...page, took: [] as number[], elements: 0 }))

const browser = await launchBrowser()
for (let round = 0; round <= rounds; round++)
  for (const page of pages) {
    const tab = await browser.newPage()
    const started = performance.now()
    await tab.goto(`file://${page.path}`)
    // Two frames later what was there to be painted is painted.
    await tab.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))')
    // The first round warms everything and is not counted.
    if (round > 0) page.took.push(performance.now() - started)
    page.elements = (await tab.evaluate('document.querySelectorAll("*").length')) as number
    await tab.close()
  }
await browser.close()

console.log(`Medians of ${rounds} rounds, in turns: from the address to two painted frames. Goal: under ${goal} ms.\n`)
console.log('| page | KiB | elements | ms | goal |\n| --- | --- | --- | --- | --- |')
for (const { name, path, took, elements } of pages) {
  const middle = [...took].sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? Number.NaN
  const size = Math.round(readFileSync(path).length / 1024)
  console.log(`| ${name} | ${size} | ${elements} | ${middle.toFixed(0)} | ${middle < goal ? 'met' : 'MISSED'} |`)
}
