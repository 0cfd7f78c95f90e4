import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import {
  engineKeeps,
  engineTells,
  filesBelow,
  processes,
  rawGateLog,
  sidecarHolds,
  type Texts,
} from '../support/canaries/gathered.ts'
import { type Canaries, canariesOf, type Found, makeCanaries, searchFor } from '../support/canaries/made.ts'
import { engineProxy } from '../support/engine/proxy.ts'
import { presentGates } from '../support/gates.ts'
import { agentImage, type Internet, openInternet } from '../support/hosts/internet.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'
import type { StepResult } from '../support/runner/step.ts'

// Canaries are planted wherever a run is given something, the agent sends them out in every form and place, and
// everything the run shows or leaves is searched for each of them in each form.
jest.setTimeout(180_000)

const project = resolve(import.meta.dirname, '../..')
const gates = await presentGates()
const programs = [
  'test/support/canaries/inside/send.ts',
  'test/support/gate/requests.ts',
  'test/support/pool.ts',
  'src/gate/program/encodings.ts',
]
const hostKey = `ssh-ed25519 ${Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0 '.concat('k'.repeat(32))).toString('base64')}`

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([{ role: 'listener', names: ['allowed.test', 'denied.test', 'any.wild.test'] }])
})
afterAll(async () => {
  await internet?.[Symbol.asyncDispose]()
})

const specOf = ({ literal }: Canaries, mode: string) => `
image: ${agentImage}
env: {LITERAL: ${literal}}
secrets: [KEY, ODD, LINES]
outputs: [summary, verdict]
egress: {mode: ${mode}, allowlist: [allowed.test, "*.wild.test"]}
ssh:
  - {host: forge, hostname: git.test, identity: DEPLOY_KEY, known-host: "${hostKey}"}
`

/** How a run ends: by itself, or main is killed and post finishes it, with `later` over the step's environment. */
interface End {
  readonly killed: boolean
  readonly later?: Readonly<Record<string, string>>
}

/** One run with canaries: what it showed while its agent ran, and what it left. */
async function live(inputs: Readonly<Record<string, string>>, mode: 'enforce' | 'learn', { killed, later = {} }: End) {
  const canaries = makeCanaries()
  const search = searchFor(canariesOf(canaries))
  await using proxy = await engineProxy()
  await using runner = await startRunner(project, { env: { DOCKER_HOST: proxy.host }, token: canaries.token })
  const root = dirname(runner.temp)
  const TMPDIR = join(root, 'tmp')
  mkdirSync(TMPDIR)
  const known = Object.values(canaries.secrets).flatMap(value => value.split('\n'))
  const patterns = layOut(runner.workspace, canaries, mode)
  const script = `# ${canaries.pasted}\nexec node --disable-warning=ExperimentalWarning ${programs[0]}`
  const step = runner.step({
    with: { ...inputs, spec: specOf(canaries, mode), run: script },
    env: { ...canaries.secrets, TMPDIR },
  })
  const [sent, kill] = [Promise.withResolvers<string>(), Promise.withResolvers<void>()]
  let id = ''
  const running = step.main({
    kill: kill.promise,
    onLine(line) {
      id ||= /^Set up bottle ([0-9a-f]{12})$/.exec(line)?.[1] ?? ''
      if (line === 'sent') sent.resolve(id)
    },
  })
  running.then(({ raw }) => sent.reject(new Error(`the agent never sent: ${raw}`)), sent.reject)
  await sent.promise

  const during = await engineTells(id)
  const all = await processes(id)
  const mains = all.filter(one => one.parent === process.pid && one.words.includes('dist/main/index.js'))
  during.set('command lines', all.map(one => one.words).join('\n'))
  for (const file of ['gate.yaml', 'known-secrets'])
    during.set(`sidecar ${file}`, await sidecarHolds(id, `/config/${file}`))
  for (const [name, text] of filesBelow(root, [runner.workspace])) during.set(`file ${name.replaceAll(id, 'ID')}`, text)
  const rawLog = await rawGateLog(id)
  const kept = await engineKeeps(patterns)

  if (killed) kill.resolve()
  else writeFileSync(join(runner.workspace, 'go'), '')
  const main = await running
  const post = await step.post({ env: later })
  expect(await leftovers(id)).toEqual([])
  const after: Texts = new Map([...told('main', main), ...told('post', post), ...filesBelow(root, [runner.workspace])])
  for (const { name, entries } of runner.results.artifacts) {
    after.set('the artifact', name)
    for (const [file, data] of entries()) after.set(`artifact ${file}`, data.toString('utf8'))
  }
  after.set('calls', proxy.calls.map(({ method, path }) => `${method} ${path}\n${decodeURIComponent(path)}`).join('\n'))
  return {
    search,
    known,
    main,
    post,
    during,
    after,
    rawLog,
    engineFiles: { during: kept, after: await engineKeeps(patterns) },
    environments: all.filter(one => !mains.includes(one) && search(one.environment).length > 0),
    mains,
    bodies: proxy.calls.filter(({ body }) => body && search(JSON.stringify(body)).length > 0),
    temp: [...filesBelow(TMPDIR).keys()],
  }
}

/** The agent's program and what it has to know, and the lines that a search on disk is for. Returns that file. */
function layOut(workspace: string, { secrets, stray }: Canaries, mode: 'enforce' | 'learn'): string {
  for (const file of programs) {
    mkdirSync(dirname(join(workspace, file)), { recursive: true })
    copyFileSync(join(project, file), join(workspace, file))
  }
  // A gate that learns looks every name up, and most of these lead nowhere: fewer will do.
  const names = mode === 'learn' ? ['KEY'] : ['KEY', 'ODD', 'LINES']
  writeFileSync(join(workspace, 'canaries.json'), JSON.stringify({ names, stray }))
  const lines = Object.values(secrets).flatMap(value => value.split('\n'))
  writeFileSync(join(workspace, 'patterns'), lines.filter(line => !line.startsWith('-----')).join('\n'))
  return join(workspace, 'patterns')
}

/** All that a stage printed and handed on, but for the commands that tell the runner what to hide. */
function told(stage: string, { raw, masks: _, obeyed, ...rest }: StepResult): Texts {
  return new Map([
    [`${stage} printed`, raw.replace(/^::add-mask::.*$/gm, '')],
    [`${stage} commanded`, JSON.stringify(obeyed.filter(one => one.name !== 'add-mask'))],
    [`${stage} handed on`, JSON.stringify(rest)],
    ...Object.entries({ ...rest.outputs, ...rest.state }).map(([name, value]) => [`${stage} ${name}`, value] as const),
  ])
}

/** Every canary that is found in a text or in its name. */
function findings(texts: Texts, search: (text: string) => Found[]): (Found & { place: string })[] {
  return [...texts].flatMap(([place, text]) => search(`${place}\n${text}`).map(one => ({ place, ...one })))
}

/** `PLACE: NAME` of each, once. */
const whose = (found: readonly (Found & { place: string })[]) =>
  [...new Set(found.map(one => `${one.place}: ${one.name}`))].sort()

describe.each(gates)('canaries through the gate $name', ({ name, inputs }) => {
  test.each([
    ['enforce', { killed: false }],
    ['learn', { killed: false }],
    ['enforce', { killed: true }],
    ['enforce', { killed: true, later: { KEY: 'another-value', ODD: '', LINES: 'a\nb' } }],
  ] as const)('mode %s, %j: nothing that is left holds one', async (mode, end) => {
    const seen = await live(inputs, mode, end)
    const { search, during, after, main } = seen
    expect(findings(after, search)).toEqual([])
    expect(seen.engineFiles.after).toEqual([])
    expect(seen.temp).toEqual([])

    // Masked before anything else is said, and not printed after: the agent's lines are there, without them.
    const first = main.obeyed.slice(
      0,
      main.obeyed.findIndex(one => one.name !== 'add-mask'),
    )
    expect(first.flatMap(one => one.data.split('\n'))).toEqual(expect.arrayContaining(seen.known))
    expect(main.raw.search(/^(?!::add-mask::)/m)).toBeGreaterThan(main.raw.indexOf('::add-mask::'))
    expect(main.log.filter(line => /^out .*\*\*\*/.test(line)).length).toBeGreaterThan(20)
    if (!end.killed) expect(main.outputs.outputs).toBe('{"verdict":"fine"}')

    // The control: while it runs, those who must have a secret do, the same search finds it there, and nowhere else.
    const given = ['KEY', 'LINES', 'ODD']
    const agents = mode === 'learn' ? ['DEPLOY_KEY', 'KEY', 'stray'] : ['DEPLOY_KEY', ...given, 'stray']
    expect(whose(findings(during, search))).toEqual(
      [
        ...[...given, 'literal'].map(one => `container bottle: ${one}`),
        ...['DEPLOY_KEY', ...given].map(one => `sidecar known-secrets: ${one}`),
        ...agents.map(one => `file _temp/bottle-ID/output: ${one}`),
        'file _temp/bottle-ID/inside/script: pasted',
      ].sort(),
    )
    const { Config, ...others } = JSON.parse(during.get('container bottle') ?? '')
    expect(search(JSON.stringify({ ...others, Config: { ...Config, Env: [] } }))).toEqual([])
    expect(seen.bodies.map(one => one.path)).toEqual([
      expect.stringMatching(/^\/containers\/create\?name=bottle-\w+-bottle$/),
    ])
    expect(search(JSON.stringify({ ...seen.bodies[0]?.body, Env: [] }))).toEqual([])
    expect(seen.mains).toHaveLength(1)
    expect(search(seen.mains[0]?.environment ?? '')).not.toEqual([])
    expect(seen.environments.filter(one => !one.inBottle)).toEqual([])
    const files = seen.engineFiles.during.map(path =>
      path
        .replace(/[0-9a-f]{64}/g, 'ID')
        .split('/')
        .at(-1),
    )
    expect(files).toEqual(expect.arrayContaining(['config.v2.json', 'known-secrets']))
    expect(files.filter(file => !/^(config\.v2\.json|known-secrets|ID-json\.log)$/.test(file ?? ''))).toEqual([])
    // And what the gate wrote, before it was redacted, holds them.
    expect(search(seen.rawLog).filter(one => one.name !== 'stray')).not.toEqual([])
    process.stderr.write(`${name} ${mode} ${JSON.stringify(end)}: ${after.size} texts searched, 0 found\n`)
  })
})
