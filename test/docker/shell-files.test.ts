import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { agentImage } from '../support/hosts/internet.ts'
import { inJob } from '../support/job.ts'

jest.setTimeout(120_000)

const warningsOf = (step: { annotations: readonly { name: string; data: string }[] }) =>
  step.annotations.filter(one => one.name === 'warning').map(one => one.data)

test('declared names leave the bottle as outputs and variables, values as they were written; no other does', async () => {
  await inJob({ with: { spec: 'outputs: [answer, text, GREETING]\n' } }, async ({ inside, runner }) => {
    const step = await inside(
      'printf "answer=42\\nother=1\\ntext<<E\\none\\nforged=2\\n::error::x\\nE\\n" >> "$GITHUB_OUTPUT"; printf "GREETING=hello\\nOTHER=1\\n" >> "$GITHUB_ENV"; echo /evil >> "$GITHUB_PATH"; echo s=1 >> "$GITHUB_STATE"; echo "# title" >> "$GITHUB_STEP_SUMMARY"',
    )
    expect(step.exitCode).toBe(0)
    expect(step.outputs).toEqual({ answer: '42', text: 'one\nforged=2\n::error::x' })
    expect(step.exported).toEqual({ GREETING: 'hello' })
    expect([step.path, step.state, step.summary]).toEqual([[], {}, ''])
    expect(step.obeyed.filter(one => one.name === 'error')).toEqual([])
    expect(warningsOf(step).join('\n')).toMatch(/"other" is not one of `outputs`/)
    expect(warningsOf(step).join('\n')).toMatch(/"OTHER" stays in the bottle/)
    // What may leave does hold for the steps outside.
    expect((await runner.run({ run: `echo "$GREETING \${OTHER-unset}"` })).log).toContain('hello unset')
  })
})

test('for the later steps inside every variable and folder of PATH holds', async () => {
  await inJob({ with: { image: agentImage } }, async ({ inside, runner }) => {
    const set = await inside(
      'mkdir -p "$HOME/tools"; printf "#!/bin/sh\\necho a tool\\n" > "$HOME/tools/own-tool"; chmod +x "$HOME/tools/own-tool"; echo "$HOME/tools" >> "$GITHUB_PATH"; printf "PLAIN=a b\\nLINES<<E\\n1\\n2\\nE\\nNODE_OPTIONS=--no-warnings\\n" >> "$GITHUB_ENV"',
    )
    expect(set.exported).toEqual({})
    const next = await inside('own-tool; echo "$PLAIN"; echo "$LINES"; echo "$NODE_OPTIONS"; command -v ls')
    expect(next.exitCode).toBe(0)
    expect(next.log).toEqual(expect.arrayContaining(['a tool', 'a b', '1', '2', '--no-warnings']))
    const outside = await runner.run({
      run: `echo "\${PLAIN-unset} \${NODE_OPTIONS-unset}"; command -v own-tool || echo none`,
    })
    expect(outside.log).toEqual(expect.arrayContaining(['unset unset', 'none']))
  })
})

test('job-files lets any name out, but none that commands the steps outside', async () => {
  const commanding = [
    'NODE_OPTIONS',
    'PATH',
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'GITHUB_ENV',
    'GITHUB_WORKSPACE',
    'RUNNER_TEMP',
    'ACTIONS_RUNTIME_TOKEN',
    'BASH_ENV',
    'ENV',
    'BASH_FUNC_ls%%',
    'PYTHONPATH',
    'PYTHONSTARTUP',
    'PERL5OPT',
    'RUBYOPT',
    'GIT_SSH_COMMAND',
    'GIT_CONFIG_COUNT',
    'https_proxy',
    'HTTPS_PROXY',
    'SSL_CERT_FILE',
    'npm_config_registry',
    'JAVA_TOOL_OPTIONS',
    'DOCKER_HOST',
    'HOME',
    'IFS',
    'PS4',
    'ld_preload',
  ]
  await inJob({ with: { spec: 'job-files: true\noutputs: [LD_PRELOAD, NODE_OPTIONS]\n' } }, async ({ inside }) => {
    const step = await inside(
      `${commanding.map(name => `echo '${name}=/evil' >> "$GITHUB_ENV"`).join('\n')}\necho FINE=yes >> "$GITHUB_ENV"; echo any=thing >> "$GITHUB_OUTPUT"; echo /evil >> "$GITHUB_PATH"; echo '![x](https://evil.test/?d=1) <img src=x> @who' >> "$GITHUB_STEP_SUMMARY"`,
    )
    expect(step.exported).toEqual({ FINE: 'yes' })
    expect(step.outputs).toEqual({ any: 'thing' })
    expect(step.path).toEqual([])
    expect(step.summary).toContain('A step in the bottle wrote:')
    expect(step.summary).toContain('evil')
    expect(step.summary).not.toMatch(/!\[|<img|@who|https:\/\//)
  })
})

test('blocks that do not end, names that are none, files that are too large: not taken, and said', async () => {
  await inJob({ with: { spec: 'job-files: true\n' } }, async ({ inside }) => {
    const broken = await inside(
      'printf "a=1\\nb<<NEVER\\nc=2\\n" >> "$GITHUB_OUTPUT"; printf "no pair\\nX=1\\n" >> "$GITHUB_ENV"; printf "bad name=1\\nx:y=2\\n" >> "$GITHUB_OUTPUT"',
    )
    expect(broken.exitCode).toBe(0)
    expect(broken.outputs).toEqual({ a: '1' })
    expect(broken.exported).toEqual({})
    expect(warningsOf(broken).join('\n')).toMatch(/does not end/)
    expect(warningsOf(broken).join('\n')).toMatch(/neither name=value/)
    const large = await inside(
      'echo ok=1 >> "$GITHUB_OUTPUT"; head -c 70000 /dev/zero | tr "\\0" x >> "$GITHUB_OUTPUT"',
    )
    expect(large.outputs).toEqual({})
    expect(warningsOf(large).join()).toMatch(/GITHUB_OUTPUT holds 70005 bytes, more than 65536/)
    // A value that tries to end its block and begin another: the runner reads the same pairs back.
    const tricky = await inside(
      'printf "a<<E\\nx\\nghadelimiter_1\\nb=2\\nE\\nc=\\r\\nd=3\\n" >> "$GITHUB_OUTPUT"; printf "e=1\\rf=2\\n" >> "$GITHUB_OUTPUT"',
    )
    expect(Object.keys(tricky.outputs).sort()).toEqual(['a', 'c', 'd', 'e'])
  })
})

test('a secret of the run does not leave by a file, plain or encoded', async () => {
  const secret = `hidden-${process.pid}-value-of-the-run`
  await inJob({ with: { spec: 'job-files: true\nsecrets: [KEY]\n' }, env: { KEY: secret } }, async ({ inside }) => {
    const step = await inside(
      'test "$KEY" != ""; echo "out=$KEY" >> "$GITHUB_OUTPUT"; echo "VAR=$(printf %s "$KEY" | base64)" >> "$GITHUB_ENV"; echo "$KEY" >> "$GITHUB_STEP_SUMMARY"; echo "fine=1" >> "$GITHUB_OUTPUT"; echo "tok=ghp_$(head -c 300 /dev/zero | tr "\\0" a | head -c 36)" >> "$GITHUB_OUTPUT"',
    )
    expect(step.exitCode).toBe(0)
    expect(step.outputs).toEqual({ fine: '1' })
    expect(step.exported).toEqual({})
    expect(step.summary).not.toContain(secret)
    expect(warningsOf(step).join()).toMatch(/value of out holds a secret/)
    expect(JSON.stringify([step.outputs, warningsOf(step), step.summary])).not.toContain(secret)
  })
})

test('links, pipes and folders in place of the files lead nowhere outside', async () => {
  await inJob({ with: { spec: 'job-files: true\n' } }, async ({ inside, runner }) => {
    const target = join(runner.temp, 'of-the-runner')
    writeFileSync(target, 'taken=from outside\n')
    for (const swap of [
      `ln -s ${target} "$GITHUB_OUTPUT"`,
      'mkfifo "$GITHUB_OUTPUT"',
      'mkdir "$GITHUB_OUTPUT"',
      ':',
      'ln -s /proc/self/environ "$GITHUB_OUTPUT"',
    ]) {
      const step = await inside(`rm -f "$GITHUB_OUTPUT"; ${swap}`)
      expect([swap, step.exitCode, step.outputs]).toEqual([swap, 0, {}])
      expect(warningsOf(step).join()).toMatch(/GITHUB_OUTPUT is no longer a file/)
    }
    // The folder itself swapped for a link to one of the runner's, with the right names in it.
    const whole = await inside(
      `d=$(dirname "$GITHUB_OUTPUT"); mv "$d" /bottle/job/moved; ln -s ${runner.temp} "$d"; echo x=1 >> /bottle/job/moved/output`,
    )
    expect(whole.exitCode).toBe(0)
    expect(whole.outputs).toEqual({ x: '1' })
    // A file that is written anew, as editors do, is still the step's.
    const anew = await inside('echo "x=2" > "$GITHUB_OUTPUT.new"; mv "$GITHUB_OUTPUT.new" "$GITHUB_OUTPUT"')
    expect(anew.outputs).toEqual({ x: '2' })
    // What the step made of its folder does not keep the job from cleaning up.
    expect(
      (await inside('d=$(dirname "$GITHUB_ENV"); mkdir -p $d/a/b && touch $d/a/b/c && chmod 000 $d/a/b $d/a')).exitCode,
    ).toBe(0)
  })
})

test('nothing of a job is left in the runner’s folder but its evidence', async () => {
  await inJob({ with: { spec: 'job-files: true\n' } }, async ({ inside, runner, post, id }) => {
    await inside(
      'echo A=1 >> "$GITHUB_ENV"; d=$(dirname "$GITHUB_ENV"); mkdir -p $d/a/b && touch $d/a/b/c && chmod 000 $d/a/b $d/a',
    )
    expect((await post()).exitCode).toBe(0)
    expect(readdirSync(join(runner.temp, `bottle-${id}`))).toEqual(['evidence'])
  })
})
