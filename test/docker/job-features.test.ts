import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { parse } from 'yaml'
import { presentGates } from '../support/gates.ts'
import { agentImage, type Internet, openInternet } from '../support/hosts/internet.ts'
import { inJob } from '../support/job.ts'

jest.setTimeout(120_000)

// What a spec may ask for beside hosts, when the bottle stays up for a job.
const gates = await presentGates()
const project = resolve(import.meta.dirname, '../..')
const key = `sk-ant-api03-${randomBytes(24).toString('base64url')}`
const ssh = { host: '', client: '' }

let internet: Internet
beforeAll(async () => {
  internet = await openInternet([
    { role: 'listener', names: ['api.test'] },
    { role: 'listener', names: ['refused.test'] },
    { role: 'sshd', names: ['git.test'] },
  ])
  const make = 'ssh-keygen -q -t ed25519 -N "" -f /tmp/client && cat /tmp/client.pub >>/etc/ssh/authorized_keys'
  await internet.on('git.test', ['sh', '-c', make])
  const read = (path: string) => internet.on('git.test', ['cat', path])
  ssh.host = (await read('/etc/ssh/host_key.pub')).trim().split(' ').slice(0, 2).join(' ')
  ssh.client = (await read('/tmp/client')).trim()
})
afterAll(async () => internet?.[Symbol.asyncDispose]())

const requests = async () => (await internet.hits('api.test')).filter(hit => hit.kind === 'request')

test('a credential is put into the requests of every step, and is in none of them', async () => {
  const spec = `
egress:
  defaults: false
  tls: {upstream-ca: certs/ca.pem}
  inject: [{host: api.test, header: x-api-key, secret: API_KEY}]
`
  const workspace = mkdtempSync(join(tmpdir(), 'bottle-job-'))
  mkdirSync(join(workspace, 'certs'))
  copyFileSync(internet.authority, join(workspace, 'certs/ca.pem'))
  await inJob(
    { with: { image: agentImage, spec }, env: { API_KEY: key } },
    async ({ inside }) => {
      for (const path of ['/first', '/second']) {
        const step = await inside(`echo "mine: $API_KEY"; curl -sS -H "x-api-key: $API_KEY" https://api.test${path}`)
        expect([step.exitCode, step.raw]).toEqual([0, expect.not.stringContaining(key)])
        expect(step.log.join('\n')).toMatch(/mine: sk-ant-api03-/)
        const hit = (await requests()).find(one => one.url === path)
        expect(hit?.headers?.['x-api-key']).toBe(key)
      }
    },
    { workspace },
  )
})

describe.each(gates)('a job with the gate $name', ({ inputs }) => {
  test('ssh and git work in every step, with the key in memory alone', async () => {
    const spec = `
egress: {defaults: false}
ssh: [{host: forge, hostname: git.test, identity: DEPLOY_KEY, known-host: ${JSON.stringify(ssh.host)}}]
`
    const env = { DEPLOY_KEY: ssh.client }
    await inJob({ with: { ...inputs, image: agentImage, spec }, env }, async ({ inside }) => {
      const clone = await inside('git clone -q ssh://forge/srv/git/hello.git /tmp/hello && cat /tmp/hello/README.md')
      expect([clone.exitCode, clone.log.join('\n')]).toEqual([0, expect.stringContaining('A repository for the agent')])
      const again = await inside(
        'ssh forge echo I am there; grep -rl "BEGIN OPENSSH" / --include=* -s -m1 --exclude-dir=proc --exclude-dir=sys | head -3',
      )
      expect(again.log.join('\n')).toContain('I am there')
      expect(again.log.join('\n')).not.toContain(ssh.client.split('\n')[1])
    })
  })

  test('the receipt of its evidence is signed when the job ends, and its steps are on the page', async () => {
    await inJob({ with: { ...inputs, image: agentImage, receipts: 'true', allow: 'api.test' } }, async job => {
      await job.inside('curl -sS http://api.test/ >/dev/null; curl -sS http://refused.test/ || true', {
        id: 'ask-around',
      })
      const post = await job.post()
      const receipt = /Receipt key: (\S+)/.exec(post.raw)?.[1] ?? ''
      const folder = job.main.outputs['evidence-path'] ?? ''
      const verified = await promisify(execFile)(process.execPath, [
        join(project, 'dist/cli/index.js'),
        ...['verify', folder, '--key', receipt],
      ])
      expect(verified.stdout).toContain('1 blocked')
      expect(readdirSync(folder)).toContain('receipt.json')
      expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('ask-around')
    })
  })

  test('what the steps asked for is suggested when the job ends, also after learning', async () => {
    const spec = `env: {PASTED: hidden-words}\negress: {defaults: false, allowlist: [api.test]}\n`
    const asking = 'curl -sS http://api.test/ http://refused.test/ >/dev/null || true'
    await inJob({ with: { ...inputs, image: agentImage, spec, allow: 'api.test', mode: 'learn' } }, async job => {
      await job.inside(asking)
      const post = await job.post()
      const folder = job.main.outputs['evidence-path'] ?? ''
      expect(parse(readFileSync(join(folder, 'suggested-spec.yaml'), 'utf8'))).toEqual({
        env: { PASTED: '***' },
        egress: { defaults: false, allowlist: ['api.test', 'refused.test'] },
      })
      expect(post.summary).not.toContain('hidden-words')
    })
    const workspace = mkdtempSync(join(tmpdir(), 'bottle-job-'))
    writeFileSync(join(workspace, 'bottle.yml'), `image: ${agentImage}\n${spec}`)
    const wish = { with: { ...inputs, image: agentImage, 'spec-file': 'bottle.yml' } }
    await inJob(
      wish,
      async job => {
        await job.inside(`${asking}; rm bottle.yml`)
        const post = await job.post()
        const diff = readFileSync(join(job.main.outputs['evidence-path'] ?? '', 'suggested.diff'), 'utf8')
        expect(diff).toContain('+egress: {defaults: false, allowlist: [api.test, refused.test]}')
        // Its punctuation is escaped there.
        expect(post.summary).toMatch(/\+egress.*api\.test, refused\.test/)
        expect(readdirSync(resolve(job.main.outputs['evidence-path'] ?? '', '..'))).not.toContain('suggest-from.json')
      },
      { workspace },
    )
  })
})
