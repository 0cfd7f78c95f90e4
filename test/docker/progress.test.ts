import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { agentImage } from '../support/hosts/internet.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const secret = `canary-${process.pid}-value`

// The flood is more hosts than are said one by one; the name with the secret in it is redacted by the gate itself.
const script = `
echo first words
for i in 1 2 3; do curl -sS http://again.test/ >/dev/null 2>&1 || true; done
curl -sS "http://$SECRET.hidden.test/" >/dev/null 2>&1 || true
for i in $(seq 40); do curl -sS "http://h$i.flood.test/" >/dev/null 2>&1 || true; done
echo last words
`

test('the log has a group for each part, says a new blocked host once inside the fence, and ends with where to look', async () => {
  await using runner = await startRunner(project)
  const step = runner.step({
    with: { image: agentImage, gate: 'built-in', secrets: 'SECRET', run: script, upload: 'false' },
    env: { SECRET: secret },
  })
  const main = await step.main()
  const raw = main.raw.split('\n')
  if (main.outputs.enforced !== 'true') throw new Error(main.raw)
  const at = (wanted: RegExp) => raw.findIndex(line => wanted.test(line))

  const order = [
    /^::group::Set up bottle /,
    /^Contained: /,
    /^::endgroup::/,
    /^::group::Agent/,
    /^::stop-commands::/,
    /^first words/,
    /^bottle: blocked again\.test:80 \(not allowed\)/,
    /^::[0-9a-f]{64}::$/,
    /^::group::Evidence/,
    /^summary\.json +[\d.]+ kB$/,
    /^Where to look: .*report\.html/,
  ].map(at)
  expect(order).toEqual([...order].sort((a, b) => a - b))
  expect(order).not.toContain(-1)

  const said = raw.filter(line => line.startsWith('bottle: '))
  expect(said.filter(line => line.includes('again.test'))).toHaveLength(1)
  expect(said.join('\n')).not.toContain(secret)
  expect(said.length).toBeLessThan(30)
  expect(said.at(-1)).toMatch(/^bottle: blocked \d+ more hosts; the evidence lists them$/)
  for (const line of said) expect(line.length).toBeLessThanOrEqual(80)

  // The same numbers, all of them counted.
  const summary = JSON.parse(readFileSync(join(main.outputs['evidence-path'] ?? '', 'summary.json'), 'utf8'))
  expect(summary.counts.blocked).toBe(44)
  expect(summary.blockedHosts).toHaveLength(42)
  expect(summary.whole).toBe(true)
  expect(raw.filter(line => line !== '').at(-1)).toMatch(/^Where to look: /)
  await step.post()
})
