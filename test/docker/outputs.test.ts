import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(60_000)

const project = resolve(import.meta.dirname, '../..')
const good = { image: 'bottle-test/tiny:1', gate: 'built-in', upload: 'false', spec: 'outputs: [summary, verdict]\n' }

async function run(script: string, more: Record<string, string> = {}, env: Record<string, string> = {}) {
  await using runner = await startRunner(project)
  const main = await runner.step({ with: { ...good, run: script, ...more }, env }).main()
  const warnings = main.annotations.filter(one => one.name === 'warning').map(one => one.data)
  const scratch = join(main.outputs['evidence-path'] ?? '', '..')
  return { main, warnings, taken: JSON.parse(main.outputs.outputs ?? ''), left: existsSync(join(scratch, 'output')) }
}

test('what is declared is handed on, as one line of JSON, and nothing is left', async () => {
  const { main, taken, warnings, left } = await run(
    'printf "verdict=done\\nsummary<<E\\nenforced=false\\n::error::x\\nE\\n" >> "$BOTTLE_OUTPUT"',
  )
  expect(main.exitCode).toBe(0)
  expect(taken).toEqual({ verdict: 'done', summary: 'enforced=false\n::error::x' })
  expect(main.outputs.enforced).toBe('true')
  expect(main.obeyed.filter(one => one.name === 'error')).toEqual([])
  expect(warnings).toEqual([])
  expect(left).toBe(false)
})

test('no name an agent writes becomes an output, a variable, a path, a state or a summary of the step', async () => {
  const forged = ['enforced=false', 'exit-code=99', 'bottle-id<<E', 'forged', 'E', 'summary=fine'].join('\\n')
  const script = `printf '${forged}\\n' >> "$BOTTLE_OUTPUT"
env | grep -E '^(GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)|RUNNER_TEMP)=' && echo HAS COMMAND FILES
echo "ls: $(ls -d /*/_runner_file_commands /tmp/*/*/_runner_file_commands 2>/dev/null)"
for n in OUTPUT ENV PATH STATE STEP_SUMMARY; do for f in "/github/file_commands/$n" "/home/runner/work/_temp/_runner_file_commands/set_env_x"; do echo "forged=1" >> "$f"; done; done 2>/dev/null
true`
  const { main, taken, warnings } = await run(script, { shell: 'sh {0}' })
  expect(taken).toEqual({ summary: 'fine' })
  expect(main.outputs).toMatchObject({ enforced: 'true', 'exit-code': '0' })
  expect(main.outputs['bottle-id']).toMatch(/^[0-9a-f]{12}$/)
  expect(main.log.join('\n')).not.toContain('HAS COMMAND FILES')
  expect(main.log).toContain('ls: ')
  expect(JSON.stringify([main.exported, main.path, main.state, main.outputs])).not.toMatch(/forged/)
  expect(warnings).toHaveLength(3)
  expect(warnings.join()).toMatch(/"enforced" is not one of `outputs`/)
})

test('a file that is too large, a secret, a file that is taken away: nothing is taken, and it is said', async () => {
  const large = await run(
    'head -c 70000 /dev/zero | tr "\\0" x >> "$BOTTLE_OUTPUT"; echo "verdict=v" >> "$BOTTLE_OUTPUT"',
  )
  expect(large.taken).toEqual({})
  expect(large.warnings.join()).toMatch(/holds 70010 bytes, more than 65536/)

  const secret = `hidden-${process.pid}-value`
  const leak = await run(
    'echo "summary=$KEY" >> "$BOTTLE_OUTPUT"; echo "verdict=$KEY" | sed s/hidden/HIDDEN/ >> "$BOTTLE_OUTPUT"',
    { secrets: 'KEY' },
    { KEY: secret },
  )
  expect(leak.taken).toEqual({})
  expect(leak.warnings.join()).toMatch(/value of summary holds a secret/)
  expect(JSON.stringify([leak.main.outputs, leak.warnings])).not.toContain(secret)

  // Its place is a mount: it can be neither removed nor swapped for a link or a pipe.
  const swapped = await run(
    'rm -f "$BOTTLE_OUTPUT" 2>/dev/null; ln -sf /etc/passwd "$BOTTLE_OUTPUT" 2>/dev/null; mkfifo /tmp/p && mv -f /tmp/p "$BOTTLE_OUTPUT" 2>/dev/null; echo "verdict=still" >> "$BOTTLE_OUTPUT"',
    { shell: 'sh {0}' },
  )
  expect(swapped.taken).toEqual({ verdict: 'still' })
})

test('without `outputs` there is no such file', async () => {
  const { main, taken } = await run('echo "file: $BOTTLE_OUTPUT"; ls /bottle', { spec: '' })
  expect(taken).toEqual({})
  expect(main.log).toContain('file: ')
  expect(main.log).not.toContain('output')
})
