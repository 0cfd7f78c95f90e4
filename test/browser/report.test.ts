import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import type { Direct, Job } from '../../src/evidence/summary.ts'
import { evidenceOf } from '../support/page/evidence-of.ts'
import { gateLine, opened, ordinaryRun, refused, startup } from '../support/page/gate-lines.ts'
import { keepPicture, openPage } from '../support/page/open-page.ts'

jest.setTimeout(60_000)

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const spec = 'egress:\n  allowlist:\n    - registry.npmjs.org\n    - "*.sentry.io"\n  presets: [claude-code]\n'
const diff = `# 3 hosts
diff --git a/.github/bottle.yml b/.github/bottle.yml
--- a/.github/bottle.yml
+++ b/.github/bottle.yml
@@ -4,3 +4,4 @@
   allowlist:
     - registry.npmjs.org
+    - nodejs.org
     - "*.sentry.io"
`
const at = '2026-11-24T10:02:20.000Z'
const longHost = '2001:db8:1234:5678:9abc:def0:1234:5678'
const tried: Direct = {
  observed: true,
  count: 1204,
  attempts: [
    { host: '203.0.113.7', port: 443, count: 3, first: at, last: at },
    { host: longHost, port: 443, count: 1, first: at, last: at },
  ],
  lookups: 6,
}
const job: Job = {
  inside: [
    { step: 'install', startedAt: at, exitCode: 0, durationMs: 4200 },
    { step: '<img src=x onerror=alert(1)>', startedAt: at },
  ],
  count: 2,
  outside: [{ step: 'actions/checkout@v7', kind: 'uses', file: '.github/workflows/agent.yml', line: 9 }],
}
const ordinary = (direct: Direct = tried) =>
  evidenceOf({
    lines: ordinaryRun(),
    spec,
    planted: { repositories: [], files: ['.vscode/tasks.json', 'package.json'], count: 2, complete: true },
    direct,
    suggested: (_, folder) => writeFileSync(join(folder, 'suggested.diff'), diff),
  })

test('the page says what the summary says, and what was seen of each host', async () => {
  const { page: path, summary } = await ordinary()
  await using open = await openPage(path)
  const { page } = open
  expect(await page.textContent('#verdict')).toBe(summary.verdict)
  expect(await page.locator('#figures dd').allTextContents()).toEqual([
    String(summary.counts.allowed),
    String(summary.counts.blocked),
    String(summary.counts.dlp),
    '1,204',
  ])
  const rows = await page.locator('#hosts-body tr').count()
  expect(rows).toBe(summary.blocks.length + summary.reached.length)
  const first = page.locator('#hosts-body tr').first()
  expect(await first.textContent()).toContain('paste.example.net:80carried a secretPOST3')
  await first.locator('button').click()
  expect(await first.locator('button').getAttribute('aria-expanded')).toBe('true')
  const lines = ((await page.textContent('#hosts-body .detail pre')) ?? '').split('\n')
  const events = readFileSync(path.replace('report.html', 'events.jsonl'), 'utf8').split('\n')
  expect(lines).toHaveLength(3)
  for (const line of lines) expect(events).toContain(line)
  expect(await page.textContent('#policy')).toContain('registry.npmjs.org.github/bottle.yml:5:7')
  expect(await page.textContent('#policy')).toContain('the default list, preset claude-code')
  expect(await page.textContent('#containment')).toContain('All 5 probes held')
  expect(await page.textContent('#direct')).toContain(
    '1,204 to leave without asking the gate; none got out. Besides, 6 questions',
  )
  expect(await page.locator('#direct tbody tr').allTextContents()).toEqual([
    '203.0.113.7:4433',
    `[${longHost}]:4431`,
    'not known1,200',
  ])
  expect(await page.textContent('#planted')).toContain('.vscode/tasks.json')
  expect(await page.textContent('#suggested')).toContain('an address, which says nothing of who answers there')
  const picture = await page.getAttribute('#timeline svg', 'aria-label')
  expect(picture).toContain(`${summary.counts.allowed} allowed, ${summary.counts.blocked} blocked.`)
  expect(open.misdeeds).toEqual([])
})

test('attempts past the gate that nobody could see are said to be unseen, and never 0', async () => {
  const reason = `the bottle's processes are not to be seen on this host ${'x'.repeat(200)}`
  const { page: path } = await ordinary({ observed: false, reason })
  await using open = await openPage(path, { viewport: { width: 360, height: 760 } })
  expect(await open.page.locator('#figures dd').last().textContent()).toBe('not observed')
  expect(await open.page.textContent('#direct')).toContain(`Not observed: ${reason}.`)
  expect(await open.page.evaluate('document.documentElement.scrollWidth')).toBe(360)
})

test('the steps of a job are listed, and there is no such section without one', async () => {
  const { page: path } = await evidenceOf({ lines: ordinaryRun(), spec, job })
  await using open = await openPage(path, { viewport: { width: 900, height: 1000 } })
  const { page } = open
  expect(await page.textContent('#steps p')).toBe(
    '2 steps ran in this bottle. 1 later step ran outside of it, as the workflow has it.',
  )
  expect(await page.locator('#steps tbody tr').allTextContents()).toEqual([
    'installexit code 04.2 s',
    '<img src=x onerror=alert(1)>not seen',
    'uses: actions/checkout@v7.github/workflows/agent.yml:9',
  ])
  expect(await page.locator('nav a:visible').allTextContents()).toContain('Steps')
  await page.locator('#steps').scrollIntoViewIfNeeded()
  await keepPicture(page, 'steps')
  expect(open.misdeeds).toEqual([])
  const { page: without } = await ordinary()
  await using other = await openPage(without)
  expect(await other.page.locator('#steps').isVisible()).toBe(false)
  expect(await other.page.locator('nav a:visible').allTextContents()).not.toContain('Steps')
})

test('filter, sort and pages work by keyboard alone, and are told to screen readers', async () => {
  const { page: path } = await ordinary()
  await using open = await openPage(path)
  const { page } = open
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the hosts')
  await page.focus('#filter')
  await page.keyboard.type('npmjs')
  expect(await page.locator('#hosts-body tr').count()).toBe(1)
  expect(await page.textContent('#hosts-status')).toBe('1 row of 14.')
  await page.fill('#filter', 'no such host')
  expect(await page.textContent('#hosts-empty')).toBe('No row fits the filter.')
  await page.fill('#filter', '')
  await page.selectOption('#show', { label: 'not allowed' })
  expect(new Set(await page.locator('#hosts-body td:nth-child(2)').allTextContents())).toEqual(new Set(['not allowed']))
  await page.selectOption('#show', '')
  await page.focus('th[data-by=count] button')
  await page.keyboard.press('Enter')
  expect(await page.getAttribute('th[data-by=count]', 'aria-sort')).toBe('descending')
  const numbers = (await page.locator('#hosts-body td:nth-child(4)').allTextContents()).map(Number)
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
  await page.keyboard.press('Enter')
  expect(await page.getAttribute('th[data-by=count]', 'aria-sort')).toBe('ascending')
  expect(await page.locator('th[aria-sort]').count()).toBe(1)
  expect(open.misdeeds).toEqual([])
})

test('the suggested change is copied as it is', async () => {
  const { page: path } = await ordinary()
  await using open = await openPage(path, { permissions: ['clipboard-read', 'clipboard-write'] })
  await open.page.click('#copy')
  await open.page.waitForSelector('#suggested [role=status]:has-text("Copied.")')
  expect(await open.page.evaluate('navigator.clipboard.readText()')).toBe(diff)
  expect(await open.page.locator('.change .added').allTextContents()).toEqual(['+    - nodejs.org\n'])
})

test.each(['light', 'dark'] as const)('no accessibility rule is broken in %s, closed and opened', async colorScheme => {
  const { page: path } = await ordinary()
  // Only to let the checker in, which makes elements of strings.
  await using open = await openPage(path, { colorScheme, bypassCSP: true, viewport: { width: 1200, height: 1250 } })
  const { page } = open
  const violations = async () => {
    await page.evaluate(axe)
    const found = (await page.evaluate('axe.run()')) as { violations: { id: string; nodes: { html: string }[] }[] }
    return found.violations.map(one => [one.id, ...one.nodes.map(node => node.html)])
  }
  expect(await violations()).toEqual([])
  await keepPicture(page, colorScheme)
  await page.locator('#hosts-body button').first().click()
  for (const summary of await page.locator('summary').all()) await summary.click()
  expect(await violations()).toEqual([])
  await keepPicture(page, `${colorScheme}-opened`, { fullPage: true })
})

test('a narrow window scrolls tables and never itself; paper gets every section and no controls', async () => {
  const { page: path } = await ordinary()
  await using open = await openPage(path, { viewport: { width: 360, height: 760 } })
  const { page } = open
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  await keepPicture(page, 'narrow')
  await page.setViewportSize({ width: 794, height: 1123 })
  await page.emulateMedia({ media: 'print' })
  await keepPicture(page, 'print', { fullPage: true })
  for (const hidden of ['nav', '#filter', '#copy']) expect(await page.locator(hidden).isVisible()).toBe(false)
  for (const shown of ['#verdict', '#timeline svg', '#hosts-table', '#suggested pre', '#run'])
    expect(await page.locator(shown).isVisible()).toBe(true)
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000)
})

const attacks = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '"><iframe src=https://evil.test></iframe>',
  '<!--<script>',
  "javascript:alert(1)//'",
  '<base href=https://evil.test/><link rel=stylesheet href=https://evil.test/x.css>',
  '</textarea></title></style><script src=https://evil.test/x.js></script>',
  '\u202egnp.exe\u2028\u2029\0',
  '{{constructor.constructor("alert(1)")()}}',
  '__proto__',
]

test('hostile hosts, headers, paths and verdicts make no element, no dialog, no request', async () => {
  const hostile = attacks.join(' ')
  const lines = attacks.flatMap((text, at) => [
    refused(at, text, { reason: hostile, method: text }),
    gateLine(at, { event: 'body_dlp', method: text, url: `http://a.test/${text}`, action: 'block', patterns: [text] }),
    gateLine(at, { event: 'blocked', method: 'GET', target: 'b.test', scanner: 'x', reason: text, header: text }),
    opened(at, text),
  ])
  const run = (words: string, log: readonly string[]) =>
    evidenceOf({
      lines: [startup, ...log],
      end: { kind: 'failed', reason: words },
      containment: [{ probe: words, target: words, leaked: true, detail: words }],
      planted: { repositories: [words], files: [words], count: 2, complete: false },
      suggested: (_, folder) => writeFileSync(join(folder, 'suggested.diff'), `+${words}\n`),
    })
  const elementsOf = async (path: string) => {
    await using open = await openPage(path)
    const { page } = open
    for (const button of await page.locator('#hosts-body button').all()) await button.click()
    for (const summary of await page.locator('summary').all()) await summary.click()
    const tags = (await page.evaluate(
      '[...new Set([...document.querySelectorAll("*")].map(one => one.localName))].sort()',
    )) as string[]
    const scripts = await page.locator('script').count()
    const handlers = await page.evaluate(
      '[...document.querySelectorAll("*")].flatMap(one => [...one.attributes]).filter(one => /^on|^(src|style)$/.test(one.name)).length',
    )
    return { tags, scripts, handlers, misdeeds: open.misdeeds, verdict: await page.textContent('#verdict') }
  }
  const attacked = await elementsOf((await run(hostile, lines)).page)
  const harmless = await elementsOf(
    (
      await run(
        'words',
        lines.map((_, at) => refused(at, `h${at}.test`)).concat(opened(1, 'a.test'), refused(1, '203.0.113.7')),
      )
    ).page,
  )
  expect(attacked.misdeeds).toEqual([])
  expect(attacked.tags).toEqual(harmless.tags)
  expect([attacked.scripts, attacked.handlers]).toEqual([harmless.scripts, 0])
  expect(attacked.verdict).toContain('<img src=x onerror=alert(1)>')
})

test('the control: without the escaping and the policy the same text is a script that runs', async () => {
  const { page: path } = await evidenceOf({ lines: [startup, refused(1, '</script><script>alert(1)</script>')] })
  const text = readFileSync(path, 'utf8')
  const open = text.replaceAll('\\u003c', '<').replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
  writeFileSync(path, open)
  await using page = await openPage(path)
  expect(page.misdeeds.filter(one => one.startsWith('dialog'))).not.toEqual([])
  // The policy alone holds too.
  writeFileSync(path, text.replaceAll('\\u003c', '<'))
  await using held = await openPage(path)
  expect(held.misdeeds.filter(one => one.startsWith('dialog'))).toEqual([])
  expect(held.misdeeds.join()).toContain('Content Security Policy')
})

test('20,000 blocks of 20,000 hosts: a bounded page, a bounded document, every number exact', async () => {
  const blocks = 20_000
  function* flood() {
    yield startup
    for (let i = 0; i < blocks; i++) yield refused(i / 500, `h${i}.flood.test`)
  }
  const { page: path, summary } = await evidenceOf({ lines: flood() })
  expect(summary.counts.blocked).toBe(blocks)
  expect(readFileSync(path).length).toBeLessThan(4_000_000)
  await using open = await openPage(path)
  const { page } = open
  expect(await page.textContent('#figures .blocked dd')).toBe('20,000')
  expect(await page.textContent('#hosts-rest')).toContain('18,000 more blocks')
  expect(await page.textContent('#hosts-status')).toBe('2,000 rows, 1 to 100 shown.')
  const size = () => page.evaluate('document.querySelectorAll("*").length') as Promise<number>
  expect(await size()).toBeLessThan(3500)
  for (let i = 0; i < 5; i++) await page.click('#next')
  expect(await page.textContent('#hosts-status')).toBe('2,000 rows, 501 to 600 shown.')
  expect(await size()).toBeLessThan(3500)
  await page.fill('#filter', 'h1999.')
  expect(await page.locator('#hosts-body tr').count()).toBe(1)
  expect(open.misdeeds).toEqual([])
}, 180_000)
