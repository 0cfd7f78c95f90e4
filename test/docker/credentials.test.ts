import { createHash, randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import Docker from 'dockerode'
import { label } from '../../src/plan/names.ts'
import { presentGates } from '../support/gates.ts'
import { heldTexts } from '../support/held-texts.ts'
import { agentImage, type Internet, openInternet } from '../support/hosts/internet.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(90_000)

const project = resolve(import.meta.dirname, '../..')
const key = `sk-ant-api03-${randomBytes(24).toString('base64url')}`
const token = `ghp_${randomBytes(18).toString('hex')}`

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'listener', names: ['api.test'], answers: { echo: `you said ${key} and ${basic(token)}` } },
    { role: 'listener', names: ['other.test'] },
    { role: 'forge', names: ['forge.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

const spec = `
egress:
  defaults: false
  allowlist: [other.test]
  tls: {upstream-ca: certs/ca.pem}
  inject:
    - {host: api.test, header: x-api-key, secret: API_KEY, methods: [GET, POST], paths: ["/v1/*"]}
    - {host: forge.test, header: authorization, scheme: basic, secret: TOKEN}
`

function basic(text: string): string {
  return Buffer.from(`x-access-token:${text}`).toString('base64')
}

interface Wish {
  readonly run: string
  readonly with?: Record<string, string>
  readonly onLine?: (line: string, bottle: string) => void
}

async function lived({ run, with: given = { spec }, onLine }: Wish) {
  await using runner = await startRunner(project)
  mkdirSync(join(runner.workspace, 'certs'))
  copyFileSync(internet.authority, join(runner.workspace, 'certs/ca.pem'))
  const names = ['api.test', 'other.test', 'forge.test']
  const requests = async () =>
    Promise.all(names.map(async name => (await internet.hits(name)).filter(hit => hit.kind === 'request')))
  const before = await requests()
  const main = await runner
    .step({ with: { gate: 'built-in', image: agentImage, run, ...given }, env: { API_KEY: key, TOKEN: token } })
    .main(onLine ? { onLine: line => onLine(line, runOf(runner.temp)) } : {})
  const after = await requests()
  const [api = [], other = [], forge = []] = after.map((hits, i) => hits.slice(before[i]?.length))
  const evidence = main.outputs['evidence-path'] ?? ''
  const kept = readdirSync(evidence)
    .map(name => readFileSync(join(evidence, name), 'utf8'))
    .join('\n')
  return { main, said: main.log.join('\n'), api, other, forge, kept }
}

// The run of this runner, by its folder.
function runOf(temp: string): string {
  return (
    readdirSync(temp)
      .find(name => /^bottle-[0-9a-f]+$/.test(name))
      ?.slice('bottle-'.length) ?? ''
  )
}

test('the host gets the key, the agent a placeholder of its shape, and nobody else either', async () => {
  const { main, said, api, other, kept } = await lived({
    run: `
echo "holds $API_KEY"
curl -fsS -H "x-api-key: $API_KEY" https://api.test/v1/asked; echo
curl -fsS https://api.test/v1/unasked; echo
curl -fsS -H 'x-api-key: own' https://api.test/v1/own; echo
curl -fsS -d '{"prompt":"hello"}' https://api.test/v1/post; echo
curl -fsS -H 'x-case: echo' https://api.test/v1/echo; echo
node -e 'fetch("https://api.test/v1/node", {headers: {"x-api-key": process.env.API_KEY}}).then(a => console.log("node", a.status))'
curl -sS -o /dev/null -w 'elsewhere %{http_code}\\n' -H "x-api-key: $API_KEY" http://other.test/key
`,
  })
  const placeholder = /holds (\S+)/.exec(said)?.[1] ?? ''
  expect(main.outputs).toMatchObject({ 'exit-code': '0', enforced: 'true' })
  expect(placeholder).toMatch(/^sk-ant-api03-[\w-]{32}$/)
  expect(api.map(hit => [hit.url, hit.headers?.['x-api-key']])).toEqual([
    ['/v1/asked', key],
    ['/v1/unasked', key],
    ['/v1/own', 'own'],
    ['/v1/post', key],
    ['/v1/echo', key],
    ['/v1/node', key],
  ])
  expect(api[3]?.body).toBe('{"prompt":"hello"}')
  expect(said).toContain(`you said ${placeholder} and `)
  expect(said).toContain('node 200')
  // What looks like a key is refused to anybody else, and it would be worth nothing there.
  expect(said).toContain('elsewhere 403')
  expect(other).toEqual([])
  for (const where of [main.raw.replaceAll(/^::add-mask::.*$/gm, ''), kept, JSON.stringify(main.state)])
    expect([where.includes(key), where.includes(token), where.includes(basic(token))]).toEqual([false, false, false])
  expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
})

test('the control: a secret of `secrets` is what the agent holds', async () => {
  const { said, main } = await lived({
    // Bottle hides what is turned about or encoded too, so that the agent can only be asked for a digest of it.
    run: 'echo holds $(printf %s "$API_KEY" | sha256sum)',
    with: { secrets: 'API_KEY' },
  })
  expect(main.outputs['exit-code']).toBe('0')
  expect(said).toContain(`holds ${createHash('sha256').update(key).digest('hex')}`)
})

const asRoot = process.getuid?.() === 0 ? test : test.skip
asRoot('neither memory, environment nor files of the bottle hold it while it is used (looked at as root)', async () => {
  const docker = new Docker()
  let held: Promise<Map<string, string[]>> | undefined
  const look = async (bottle: string, placeholder: string) => {
    const found = await docker.listContainers({
      filters: { label: [`${label.run}=${bottle}`, `${label.role}=bottle`] },
    })
    const { State } = await docker.getContainer(found[0]?.Id ?? '').inspect()
    return heldTexts(State.Pid, ['/home', '/tmp', '/bottle', '/etc', '/var', '/run'], [placeholder, key])
  }
  const { api } = await lived({
    run: `node -e '
      const held = []
      fetch("https://api.test/v1/used", {headers: {"x-api-key": process.env.API_KEY, "x-case": "echo"}})
        .then(async answer => held.push(answer.headers, await answer.text()))
        .then(() => console.log("now " + process.env.API_KEY))
      setTimeout(() => process.exit(held.length), 4000)'`,
    onLine: (line, bottle) => {
      const placeholder = /^now (\S+)/.exec(line)?.[1]
      if (placeholder) held = look(bottle, placeholder)
    },
  })
  const [placeholder = [], real = []] = [...((await held) ?? new Map()).values()] as string[][]
  expect(api.map(hit => hit.headers?.['x-api-key'])).toEqual([key])
  expect(placeholder.some(where => where.startsWith('memory'))).toBe(true)
  expect(placeholder.some(where => where.startsWith('environment'))).toBe(true)
  expect(real).toEqual([])
})

test('methods and paths limit it; another Host in the tunnel and plain HTTP are refused', async () => {
  const { said, api } = await lived({
    run: `
ask() { curl -sS -o /dev/null -w "$1 %{http_code}\\n" "\${@:2}"; }
ask path -H "x-api-key: $API_KEY" https://api.test/v2/secret
ask unasked https://api.test/v2/open
ask method -X DELETE -H "x-api-key: $API_KEY" https://api.test/v1/x
ask dots --path-as-is -H "x-api-key: $API_KEY" https://api.test/v1/../v2/x
ask host -H 'Host: other.test' https://api.test/v1/x
ask plain -H "x-api-key: $API_KEY" http://api.test/v1/x
`,
  })
  // A block is told as it happens, between the agent's lines.
  expect(said.replaceAll(/^bottle: blocked .*\n/gm, '')).toMatch(
    /path 403\nunasked 200\nmethod 403\ndots 403\nhost 400\nplain 403/,
  )
  expect(api.map(hit => [hit.url, hit.headers?.['x-api-key']])).toEqual([['/v2/open', undefined]])
})

test('git pushes over https with a token that it never had', async () => {
  const { main, forge, said } = await lived({
    run: `
git clone -q https://forge.test/hello.git && cd hello
git -c user.name=a -c user.email=a@b.test commit -q --allow-empty -m 'From the bottle'
head -c 3000000 /dev/urandom > large && git add large && git -c user.name=a -c user.email=a@b.test commit -qm 'Large'
git push -q origin HEAD:refs/heads/agent && git ls-remote origin agent
`,
  })
  expect(said).toContain('refs/heads/agent')
  expect(main.outputs['exit-code']).toBe('0')
  const pushes = forge.filter(hit => /receive-pack/.test(hit.url ?? ''))
  expect(pushes.length).toBeGreaterThanOrEqual(2)
  expect(new Set(pushes.map(hit => hit.headers?.authorization))).toEqual(new Set([`Basic ${basic(token)}`]))
})

const pipelock = (await presentGates()).find(one => one.name === 'pipelock')?.inputs ?? { gate: 'pipelock' }
test.each<[string, Record<string, string>, string]>([
  ['pipelock cannot', { ...pipelock, spec }, 'Write `gate: built-in`'],
  ['the agent gets it too', { spec, secrets: 'TOKEN' }, '"TOKEN" is given to the agent too'],
  ['a wildcard', { spec: spec.replace('host: api.test', 'host: "*.api.test"') }, 'is a wildcard; write the one host'],
  [
    'a name that is not set',
    { spec: spec.replace('secret: TOKEN', 'secret: NOWHERE') },
    'NOWHERE is named in `egress.inject` but not set',
  ],
  ['an unknown key', { spec: spec.replace('header:', 'heder:') }, 'did you mean "header"?'],
])('%s: told before anything is made', async (_, given, said) => {
  await using runner = await startRunner(project)
  mkdirSync(join(runner.workspace, 'certs'))
  copyFileSync(internet.authority, join(runner.workspace, 'certs/ca.pem'))
  const main = await runner
    .step({ with: { gate: 'built-in', image: agentImage, run: 'true', ...given }, env: { API_KEY: key, TOKEN: token } })
    .main()
  expect(main.exitCode).toBe(1)
  expect(main.raw).toContain(said)
  expect(main.raw).not.toMatch(/\n\s+at /)
})
