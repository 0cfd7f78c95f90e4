import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { engineProxy } from '../support/engine/proxy.ts'
import { agentImage } from '../support/hosts/internet.ts'
import { inJob } from '../support/job.ts'

jest.setTimeout(120_000)

test('bash as the runner runs it: the first failure ends the script, in a pipe too, and the exit code is its own', async () => {
  await inJob({ with: { image: agentImage } }, async ({ inside, runner }) => {
    const cases: [script: string, code: number, says: string][] = [
      ['echo a; false; echo never', 1, 'a'],
      ['echo b; false | true; echo never', 1, 'b'],
      ['echo c; exit 42', 42, 'c'],
      ['echo d; no-such-command-anywhere', 127, 'd'],
      ['echo e; kill -9 $$', 137, 'e'],
      [`[[ $- == *e* ]] && shopt -oq pipefail && echo "bash $# \${BASH_VERSION:0:1}"`, 0, 'bash 0 5'],
    ]
    for (const [script, code, says] of cases) {
      const here = await inside(script)
      // What the runner's own bash makes of it on this host.
      const there = await runner.run({ run: script, shell: 'bash' })
      expect([script, here.exitCode, here.exitCode]).toEqual([script, code, there.exitCode ?? 137])
      expect(here.log).toContain(says)
      expect(here.log).not.toContain('never')
    }
  })
})

test('in an image without bash it is sh -e', async () => {
  await inJob({}, async ({ inside }) => {
    const step = await inside('echo "has bash: $(command -v bash || echo no)"; false; echo never')
    expect(step.exitCode).toBe(1)
    expect(step.log).toContain('has bash: no')
    expect(step.log).not.toContain('never')
  })
})

test('quotes, returns and letters of every script arrive as they were written', async () => {
  await inJob({ with: { image: agentImage } }, async ({ inside }) => {
    const text = `it's "all" \\ $HOME \`x\` %s {0} \${{ y }} ünïcødé 日本語 🍾`
    const quoted = await inside(`cat <<'END'\n${text}\nEND\nprintf '%s\\n' 'a  b' "c\td"`)
    expect(quoted.log).toEqual(expect.arrayContaining([text, 'a  b', 'c\td']))
    const returns = await inside('if true; then\r\n  echo one\r\nfi\r\necho "two"\r\n')
    expect(returns.exitCode).toBe(0)
    expect(returns.log).toEqual(expect.arrayContaining(['one', 'two']))
    const long = await inside(`: ${'x'.repeat(300_000)}\necho long`)
    expect(long.log).toContain('long')
    expect((await inside('')).exitCode).toBe(0)
    expect((await inside('printf "no line end"')).log).toContain('no line end')
  })
})

test('other programs of the image: python, node, and one with words of its own', async () => {
  await inJob({ with: { image: agentImage } }, async ({ inside }) => {
    const node = await inside('console.log(6 * 7, process.argv.length, process.execPath.length > 0)', {
      shell: 'bottle node {0}',
    })
    expect(node.log).toContain('42 2 true')
    const python = await inside('import sys\nprint(6 * 7, len(sys.argv))\nsys.exit(9)', { shell: 'bottle python3 {0}' })
    expect(python.log).toContain('42 1')
    expect(python.exitCode).toBe(9)
    const traced = await inside('echo traced', { shell: 'bottle bash -x {0}' })
    expect(traced.log).toEqual(expect.arrayContaining(['+ echo traced', 'traced']))
    const strict = await inside('false; echo never', { shell: 'bottle bash {0}' })
    expect([strict.exitCode, strict.log.includes('never')]).toEqual([1, false])
    const lax = await inside('false; echo goes on', { shell: 'bottle bash --norc {0}' })
    expect(lax.log).toContain('goes on')
    const missing = await inside('x', { shell: 'bottle no-such-program {0}' })
    expect(missing.exitCode).not.toBe(0)
    expect(missing.raw).toMatch(/no-such-program/)
    expect(missing.raw).not.toMatch(/\n\s+at /)
  })
})

test('it starts where the step says, with nothing to read, as the workspace’s owner', async () => {
  await inJob({ with: { image: agentImage } }, async ({ inside, runner }) => {
    mkdirSync(join(runner.workspace, 'a b/ç'), { recursive: true })
    writeFileSync(join(runner.workspace, 'a b/ç/here.txt'), 'found\n')
    const there = await inside('pwd; cat here.txt', { workingDirectory: 'a b/ç' })
    expect(there.log).toEqual(expect.arrayContaining([`${runner.workspace}/a b/ç`, 'found']))
    const root = await inside('pwd; id -u; cat; echo "read nothing"')
    expect(root.log).toEqual(expect.arrayContaining([runner.workspace, String(process.getuid?.()), 'read nothing']))
  })
})

test('a working directory of the spec holds for steps without one of their own, and its shell too', async () => {
  await inJob({ with: { spec: 'workdir: sub\nshell: sh -x {0}\n', image: agentImage } }, async ({ inside, runner }) => {
    mkdirSync(join(runner.workspace, 'sub'), { recursive: true })
    const step = await inside('pwd')
    expect(step.log).toEqual(expect.arrayContaining(['+ pwd', `${runner.workspace}/sub`]))
  })
})

test('without a workspace the steps start at home', async () => {
  await inJob({ with: { workspace: 'none' } }, async ({ inside, runner }) => {
    const step = await inside(`pwd; ls ${runner.workspace} 2>&1 || true`)
    expect(step.log).toContain('/home/bottle')
    expect(step.log.join('\n')).toMatch(/No such file/)
  })
})

test('values of a step’s env enter when they are named, in no argument and no URL; others never', async () => {
  await using proxy = await engineProxy()
  const given = { env: { DOCKER_HOST: proxy.host } }
  const wish = { with: { image: agentImage, spec: 'env: {MODE: default}\njob-env: [NAMED, MODE, EMPTY]\n' } }
  await inJob(
    wish,
    async ({ inside }) => {
      const value = `named value ${process.pid} "quoted" \n second line`
      const step = await inside(
        `printf "%s|%s|%s|%s\\n" "$NAMED" "$MODE" "\${EMPTY-unset}" "\${OTHER-unset}"; ps -ef; cat /proc/[0-9]*/cmdline | tr "\\0" " "`,
        {
          env: { NAMED: value, OTHER: 'not named', EMPTY: '' },
        },
      )
      const said = step.log.join('\n')
      expect(said).toContain(`${value}|default||unset`)
      const before = said.indexOf('second line')
      expect(said.slice(before + 10)).not.toContain('named value')
      const own = await inside(`echo "$MODE"; echo "\${NAMED-unset}"`, { env: { MODE: 'of the step' } })
      expect(own.log).toEqual(expect.arrayContaining(['of the step', 'unset']))
      const urls = proxy.calls.map(call => decodeURIComponent(call.path)).join('\n')
      expect(urls).toContain('/exec')
      expect(urls).not.toContain('named value')
    },
    given,
  )
})

test('two steps at once keep to themselves', async () => {
  await inJob({ with: { spec: 'outputs: [name]\n' } }, async ({ inside }) => {
    const steps = await Promise.all(
      Array.from({ length: 5 }, (_, i) =>
        inside(`echo "name=${i}" >> "$GITHUB_OUTPUT"; sleep 0.3; echo "step ${i}"; exit ${i}`),
      ),
    )
    expect(steps.map(one => one.exitCode)).toEqual([0, 1, 2, 3, 4])
    expect(steps.map(one => one.outputs.name)).toEqual(['0', '1', '2', '3', '4'])
    expect(steps.map(one => one.log.filter(line => line.startsWith('step')))).toEqual(
      [0, 1, 2, 3, 4].map(i => [`step ${i}`]),
    )
  })
})
