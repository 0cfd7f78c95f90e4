import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { findEngine, parseAddress } from '../../../src/docker/address.ts'
import { ownerLives, ownerOfThisProcess } from '../../../src/docker/owner.ts'
import { deadRuns } from '../../../src/docker/sweep.ts'
import { label } from '../../../src/plan/names.ts'

test.each([
  ['unix:///run/x.sock', { kind: 'socket', path: '/run/x.sock' }],
  ['tcp://127.0.0.1:2375', { kind: 'tcp', host: '127.0.0.1', port: 2375, tls: undefined }],
  ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375, tls: undefined }],
  ['ssh://me@build.example:2222', { kind: 'ssh', user: 'me', host: 'build.example', port: 2222 }],
  ['ssh://build', { kind: 'ssh', user: undefined, host: 'build', port: undefined }],
])('%s is read', (text, address) => {
  expect(parseAddress(text, undefined)).toEqual(address)
})

test.each([
  'ssh://-oProxyCommand=x',
  'ssh://-l@host',
  'ssh://host/path',
  'ssh://me:secret@host',
  'fd://',
  'npipe:////./pipe/x',
])('%s cannot be dialled, which says what to set', text =>
  expect(() => parseAddress(text, undefined)).toThrow(/not one Bottle can dial/),
)

test('DOCKER_HOST comes before the context, the context before the sockets', () => {
  const home = mkdtempSync(join(tmpdir(), 'bottle-home-'))
  const meta = join(home, '.docker/contexts/meta', createHash('sha256').update('far').digest('hex'))
  mkdirSync(meta, { recursive: true })
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Endpoints: { docker: { Host: 'unix:///far.sock' } } }))
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'far' }))
  expect(findEngine({ HOME: home })).toEqual({ kind: 'socket', path: '/far.sock' })
  expect(findEngine({ HOME: home, DOCKER_HOST: 'unix:///near.sock' })).toEqual({ kind: 'socket', path: '/near.sock' })
  expect(findEngine({ HOME: home, DOCKER_CONTEXT: 'default' }).kind).toBe('socket')
  expect(() => findEngine({ HOME: home, DOCKER_CONTEXT: 'gone' })).toThrow(/context "gone" has no address/)
})

test('a run is dead when its process is gone or its time is up, and never without our labels', () => {
  const object = (labels: Record<string, string>) => ({ kind: 'container' as const, id: 'x', labels, running: true })
  const alive = ownerOfThisProcess()
  const gone = alive.replace(/\d+$/, '1')
  const at = (run: string, owner: string, expires: number) =>
    object({ [label.run]: run, [label.owner]: owner, [label.expires]: String(expires) })
  const dead = deadRuns(
    [
      at('aaaaaaaaaaaa', alive, 2000),
      at('bbbbbbbbbbbb', gone, 2000),
      // It lives, whatever the clock says.
      at('cccccccccccc', alive, 999),
      // Its main has ended, and its post is still to come: while the job lives, and not for ever.
      at('111111111111', `${gone}+${alive}`, 2000),
      at('222222222222', `${gone}+${alive}`, 999),
      at('333333333333', `${gone}+${gone}`, 2000),
      at('444444444444', `${alive}+${gone}`, 999),
      at('dddddddddddd', 'another:host:1:1', 2000),
      at('ffffffffffff', 'another:host:1:1', 999),
      at('not-a-run-id', gone, 999),
      object({ [label.run]: 'eeeeeeeeeeee' }),
      object({}),
    ],
    1_000_000,
  )
  expect(dead).toEqual(['bbbbbbbbbbbb', '222222222222', '333333333333', 'ffffffffffff'])
  expect([alive, gone, 'another:host:1:1'].map(ownerLives)).toEqual([true, false, undefined])
})
