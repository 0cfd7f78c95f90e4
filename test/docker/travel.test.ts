import { execFileSync } from 'node:child_process'
import {
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { findEngine } from '../../src/docker/address.ts'
import { openEngine } from '../../src/docker/engine.ts'
import { listLabelled } from '../../src/docker/teardown.ts'
import { label } from '../../src/plan/names.ts'
import { presentGates } from '../support/gates.ts'
import { makeRepository } from '../support/repository.ts'
import { startRunner } from '../support/runner/runner.ts'
import type { Launch } from '../support/runner/step.ts'
import { type BlindEngine, canRaise, raiseBlindEngine } from '../support/travel/blind-engine.ts'
import { hasSshd, startSshServer } from '../support/travel/ssh-server.ts'

jest.setTimeout(120_000)

const project = resolve(import.meta.dirname, '../..')
const image = 'bottle-test/tiny:1'
const good = { image, gate: 'built-in', upload: 'false', shell: 'sh {0}' }
const long = `${'long-'.repeat(40)}name`

// The image's wget is not up to it.
const asking = `p=\${HTTP_PROXY#http://}; printf 'GET http://refused.test/ HTTP/1.1\\r\\nHost: refused.test\\r\\n\\r\\n' | nc -w 5 \${p%:*} \${p#*:} | head -n 1`

let blind: BlindEngine
if (canRaise) {
  beforeAll(async () => {
    blind = await raiseBlindEngine([image, ...pipelock])
  })
  afterAll(async () => blind?.[Symbol.asyncDispose]())
}
const gates = canRaise ? await presentGates() : []
const pipelock = gates.flatMap(({ inputs }) => inputs['pipelock-image'] ?? [])
const onBlind = canRaise ? test : test.skip

async function left(runId: string | undefined): Promise<string[]> {
  const engine = openEngine(findEngine({ ...blind.env, HOME: '/' }))
  const found = await listLabelled(engine, `${label.run}=${runId}`)
  return found.map(one => `${one.kind} ${one.labels[label.role]}`).sort()
}

onBlind(
  'what an agent makes of a workspace that travels comes back as it is (skipped without root and a dockerd)',
  async () => {
    await using runner = await startRunner(project, { env: blind.env })
    const at = (name: string) => join(runner.workspace, name)
    makeRepository(runner.workspace).commit({
      'README.md': 'hello\n',
      edited: 'before\n',
      'gone/deep': 'x',
      same: 'same\n',
    })
    writeFileSync(at('tool.sh'), '#!/bin/sh\n', { mode: 0o644 })
    mkdirSync(at('empty'))
    symlinkSync('same', at('to-same'))
    linkSync(at('same'), at('second'))
    const stateOf = (name: string) => {
      const { ino, mode, ctimeNs } = lstatSync(at(name), { bigint: true })
      return { ino, mode, ctimeNs }
    }
    const before = stateOf('same')
    const script = `set -e
cat README.md same to-same second; stat -c '%a %h' same; test -d empty
echo after > edited; rm -r gone; chmod 755 tool.sh; mkdir -p new/empty; echo n > new/file
ln -s ../README.md new/link; ln -sfn README.md to-same; echo u > 'grüße 日本'; echo l > ${long}; ln new/file new/other
git config user.name x 2>&1 || true; echo x > .git/hooks/pre-commit || true; echo X=1 > .envrc; echo "done"`
    const main = await runner.step({ with: { ...good, run: script } }).main()
    expect(main.log.join('\n')).toContain('done')
    expect(main.exitCode).toBe(0)
    expect(readFileSync(at('edited'), 'utf8')).toBe('after\n')
    expect(existsSync(at('gone'))).toBe(false)
    expect(statSync(at('tool.sh')).mode & 0o777).toBe(0o755)
    expect(readdirSync(at('new/empty'))).toEqual([])
    expect(readFileSync(at('new/file'), 'utf8')).toBe('n\n')
    expect(lstatSync(at('new/other')).ino).toBe(lstatSync(at('new/file')).ino)
    expect(readlinkSync(at('new/link'))).toBe('../README.md')
    expect(readlinkSync(at('to-same'))).toBe('README.md')
    expect(readFileSync(at('grüße 日本'), 'utf8')).toBe('u\n')
    expect(readFileSync(at(long), 'utf8')).toBe('l\n')
    expect(existsSync(at('.git/hooks/pre-commit'))).toBe(false)
    expect(existsSync(at('.git/commondir'))).toBe(false)
    expect(main.summary).toContain('.envrc')
    // What was not touched is the very same file.
    expect(stateOf('same')).toEqual(before)
    expect(readdirSync(runner.workspace).filter(name => name.startsWith('.bottle'))).toEqual([])
    expect(execFileSync('git', ['-C', runner.workspace, 'status', '--porcelain', 'same', 'README.md']).toString()).toBe(
      '',
    )
    expect(await left(main.outputs['bottle-id'])).toEqual([])
  },
)

onBlind('a link in a folder’s place, or a folder in a link’s, writes nothing where the link leads', async () => {
  await using runner = await startRunner(project, { env: blind.env })
  const outside = join(runner.temp, 'outside')
  mkdirSync(outside)
  symlinkSync(outside, join(runner.workspace, 'led-out'))
  const script = `rm led-out; mkdir led-out; echo x > led-out/planted; ln -s ${outside} leads-out; ln -s ${outside}/planted f`
  const main = await runner.step({ with: { ...good, run: script } }).main()
  expect(main.exitCode).toBe(0)
  expect(readdirSync(outside)).toEqual([])
  expect(lstatSync(join(runner.workspace, 'led-out')).isDirectory()).toBe(true)
  expect(readFileSync(join(runner.workspace, 'led-out/planted'), 'utf8')).toBe('x\n')
  expect(readlinkSync(join(runner.workspace, 'leads-out'))).toBe(outside)
  // The same again, now that the links are what is sent.
  const again = `rm leads-out f; mkdir leads-out; echo y > leads-out/planted; echo y > f`
  expect((await runner.step({ with: { ...good, run: again } }).main()).exitCode).toBe(0)
  expect(readdirSync(outside)).toEqual([])
  expect(readFileSync(join(runner.workspace, 'f'), 'utf8')).toBe('y\n')
})

onBlind('the plan says that it travels and why, and asking has made nothing', async () => {
  await using runner = await startRunner(project, { env: blind.env })
  const before = (await blind.docker.listContainers({ all: true })).length
  const main = await runner.step({ with: { ...good, run: 'true', 'dry-run': 'true' } }).main()
  expect(main.log).toContain(`workspace travels (the engine does not see ${runner.workspace})`)
  expect(await blind.docker.listContainers({ all: true })).toHaveLength(before)
  expect(readdirSync(runner.temp).filter(name => name.startsWith('bottle'))).toEqual([])
})

onBlind('of a workspace that is shown nothing comes back, and one that is hidden does not travel', async () => {
  await using runner = await startRunner(project, { env: blind.env })
  writeFileSync(join(runner.workspace, 'file'), 'as it was\n')
  const shown = await runner
    .step({ with: { ...good, workspace: 'ro', run: 'cat file; echo x > file || echo refused' } })
    .main()
  expect(shown.log).toEqual(expect.arrayContaining(['as it was', 'refused']))
  expect(shown.log.join('\n')).not.toContain('Brought back')
  const spec = 'workspace: none\noutputs: [said]\n'
  const run = `ls ${runner.workspace} 2>&1; echo said=hello >> "$BOTTLE_OUTPUT"`
  const hidden = await runner.step({ with: { ...good, spec, run } }).main()
  expect(hidden.exitCode).toBe(0)
  expect(hidden.log.join('\n')).toMatch(/No such file/)
  expect(JSON.parse(hidden.outputs.outputs ?? '')).toEqual({ said: 'hello' })
  expect(readdirSync(runner.workspace)).toEqual(['file'])
  const large = { ...good, spec, run: 'head -c 70000 /dev/zero >> "$BOTTLE_OUTPUT"' }
  const warned = (await runner.step({ with: large }).main()).annotations.map(one => one.data).join()
  expect(warned).toMatch(/holds 70000 bytes, more than 65536/)
})

onBlind('a runner that is not root sends what it may read, and what comes back is its own', async () => {
  const runnerUser = { uid: 4242, gid: 4242 }
  // This one may be where only root gets to it.
  const node = join(String(blind.env.DOCKER_CERT_PATH), '../node')
  copyFileSync(process.execPath, node)
  // The command files are made by this process just before.
  const become = 'chown -R 4242:4242 "$RUNNER_TEMP" && exec setpriv --reuid 4242 --regid 4242 --clear-groups "$0" "$@"'
  const launch: Launch = (script, _, env) => ({ command: 'sh', args: ['-c', become, node, script], env })
  await using runner = await startRunner(project, { env: blind.env, launch })
  const at = (name: string) => join(runner.workspace, name)
  writeFileSync(at('private'), 'of root', { mode: 0o600 })
  writeFileSync(at('own'), 'before\n')
  execFileSync('chown', ['-R', '4242:4242', join(runner.workspace, '..'), String(blind.env.DOCKER_CERT_PATH)])
  chownSync(at('private'), 0, 0)
  execFileSync('chmod', ['755', join(runner.workspace, '..'), join(String(blind.env.DOCKER_CERT_PATH), '..')])
  const run = 'id -u; ls; echo after > own; mkdir made; echo x > made/file; chmod 555 made; echo mine > private'
  const main = await runner.step({ with: { ...good, run } }).main()
  expect(main.log).toEqual(expect.arrayContaining(['4242', 'own']))
  expect(main.log).not.toContain('private')
  const warned = main.annotations.map(one => one.data).join('\n')
  expect(warned).toContain('Not sent to the engine: private (it cannot be read (EACCES))')
  expect(warned).toContain('Not brought back: private (it was not sent, and something of that name is here)')
  expect(readFileSync(at('private'), 'utf8')).toBe('of root')
  expect(readFileSync(at('own'), 'utf8')).toBe('after\n')
  expect(statSync(at('made'))).toMatchObject(runnerUser)
  expect(statSync(at('made')).mode & 0o777).toBe(0o555)
  expect(main.exitCode).toBe(0)
  expect(await left(main.outputs['bottle-id'])).toEqual([])
})

const moments = [
  { when: 'while the files are on their way', at: /^Set up bottle/ },
  { when: 'when they have arrived', at: /^Sent to the engine/ },
  { when: 'while the agent runs', at: /^up$/ },
  { when: 'while they come back', at: /^bye$/ },
]

onBlind.each(moments)('a main that is killed $when leaves nothing once post has been there', async ({ at }) => {
  await using runner = await startRunner(project, { env: blind.env })
  writeFileSync(join(runner.workspace, 'file'), 'as it was\n')
  const now = Promise.withResolvers<void>()
  const onLine = (line: string) => at.test(line.replace(/^::group::/, '')) && now.resolve()
  const long = at.test('up') ? 'sleep 60' : 'head -c 100000000 /dev/zero > large; echo bye'
  const step = runner.step({ with: { ...good, run: `echo x > file; echo up; ${long}` } })
  const main = await step.main({ kill: now.promise, onLine })
  expect(main.signal).toBe('SIGKILL')
  const post = await step.post()
  expect(await left(main.outputs['bottle-id'])).toEqual([])
  const names = readdirSync(runner.workspace)
  expect(names.filter(name => name.startsWith('.bottle'))).toEqual([])
  if (!at.test('up')) return
  expect(post.annotations.map(one => one.data).join()).toMatch(/was not brought back/)
  expect(readFileSync(join(runner.workspace, 'file'), 'utf8')).toBe('as it was\n')
})

onBlind('a step that is cancelled waits for nothing to come back, and leaves nothing', async () => {
  await using runner = await startRunner(project, { env: blind.env })
  const up = Promise.withResolvers<void>()
  const onLine = (line: string) => line === 'up' && up.resolve()
  const step = runner.step({ with: { ...good, run: 'echo x > file; echo up; sleep 60' } })
  const main = await step.main({ cancel: up.promise, onLine })
  expect(main.log.join('\n')).toMatch(/Cancelled: .* not brought back/)
  expect((await step.post()).exitCode).toBe(0)
  expect(await left(main.outputs['bottle-id'])).toEqual([])
  expect(readdirSync(runner.workspace)).toEqual([])
})

onBlind('300 MB travel both ways in the memory of a few', async () => {
  const peak = 'data:text/javascript,process.on("exit",()=>console.log("peak "+process.resourceUsage().maxRSS))'
  const launch: Launch = (script, _, env) => ({ command: process.execPath, args: ['--import', peak, script], env })
  await using runner = await startRunner(project, { env: blind.env, launch })
  const [same, edited] = ['same', 'edited'].map(name => join(runner.workspace, name)) as [string, string]
  for (const file of [same, edited]) {
    writeFileSync(file, '')
    truncateSync(file, 150 * 2 ** 20)
  }
  const main = await runner.step({ with: { ...good, run: 'printf end >> edited' } }).main()
  expect(main.exitCode).toBe(0)
  expect(statSync(edited).size).toBe(150 * 2 ** 20 + 3)
  expect(statSync(same).blocks).toBe(0)
  const kilobytes = main.log.flatMap(line => /^peak (\d+)$/.exec(line)?.[1] ?? []).map(Number)
  expect(kilobytes[0]).toBeLessThan(260 * 1024)
})

onBlind('a bottle for the whole job is refused with what to do, and nothing is made', async () => {
  await using runner = await startRunner(project, { env: blind.env })
  const main = await runner.step({ with: { image, gate: 'built-in', upload: 'false' } }).main()
  expect(main.exitCode).toBe(1)
  const said = main.annotations.map(one => one.data).join()
  expect(said).toContain(`The engine cannot see ${runner.workspace}, and in a bottle for the whole job`)
  expect(said).toContain('Give the step a `run`')
  expect(await left(main.outputs['bottle-id'])).toEqual([])
})

const overSsh = canRaise && hasSshd ? test : test.skip
overSsh(
  'ssh:// is dialled as the docker CLI does it, and a key that is refused is said (skipped without an sshd)',
  async () => {
    await using host = await startSshServer(blind.socket)
    await using runner = await startRunner(project, { env: host.env })
    writeFileSync(join(runner.workspace, 'file'), 'before\n')
    const run = `cat file; echo after > file; ${asking}`
    const step = runner.step({ with: { ...good, run } })
    const main = await step.main()
    expect(main.log).toEqual(expect.arrayContaining(['before', expect.stringContaining('403')]))
    expect(main.outputs).toMatchObject({ enforced: 'true', 'exit-code': '0', 'blocked-count': '1' })
    expect(readFileSync(join(runner.workspace, 'file'), 'utf8')).toBe('after\n')
    expect((await step.post()).exitCode).toBe(0)
    expect(await left(main.outputs['bottle-id'])).toEqual([])

    await using stranger = await startRunner(project, { env: host.stranger })
    const refused = await stranger.step({ with: { ...good, run: 'true' } }).main()
    expect(refused.annotations.map(one => one.data).join()).toMatch(
      /No Docker engine answers at ssh:.*Permission denied/,
    )
    const job = await runner.step({ with: { image, gate: 'built-in', upload: 'false' } }).main()
    expect(job.annotations.map(one => one.data).join()).toMatch(/whole job cannot be in the engine at ssh:/)
  },
)

// What is written after the plan, what is mounted one by one, and what is not the workspace's.
onBlind(
  'authorities, programs for ssh and a passwd of its own are there, as they are with shared folders',
  async () => {
    await using runner = await startRunner(project, { env: blind.env })
    const spec = `ssh: [{host: forge, hostname: git.test, known-host: any}]
egress: {inject: [{secret: TOKEN, host: api.test, header: Authorization}]}
`
    const run = `grep -c BEGIN /bottle/ca.pem; test -s /etc/ssl/certs/ca-certificates.crt && echo roots
grep -c ^bottle: /etc/passwd; cat /etc/resolv.conf; ls ~/.ssh; ls /bottle/ssh/node; echo x > /bottle/x || echo read-only`
    const env = { TOKEN: 'tok-0123456789-abcdef' }
    const main = await runner.step({ with: { ...good, spec, run }, env }).main()
    const expected = ['1', 'roots', 'nameserver 127.0.0.1', 'config', 'known_hosts', '/bottle/ssh/node', 'read-only']
    expect(main.log).toEqual(expect.arrayContaining(expected))
    expect(main.exitCode).toBe(0)
  },
)

const inspecting = gates.find(one => one.name === 'pipelock')
const onPipelock = inspecting ? test : test.skip
onPipelock('pipelock looks into TLS there too (skipped without its image)', async () => {
  await using runner = await startRunner(project, { env: blind.env })
  const run = `grep -c BEGIN /bottle/ca.pem; ${asking}`
  const main = await runner.step({ with: { ...good, ...inspecting?.inputs, tls: 'inspect', run } }).main()
  expect(main.log).toEqual(expect.arrayContaining(['1', expect.stringContaining('403')]))
  expect(main.outputs).toMatchObject({ enforced: 'true', 'blocked-count': '1' })
})
