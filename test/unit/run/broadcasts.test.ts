import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { refuseBroadcasts } from '../../../src/run/broadcasts.ts'

// A tree like /proc/sys/net/ipv4/conf; what the kernel makes of it is asserted in test/docker/escapes/network.
const id = '0123456789abcdef'
function tree(all: string, own: string): { proc: string; own: string } {
  const proc = mkdtempSync(join(tmpdir(), 'bottle-conf-'))
  const setting = (name: string, value: string) => {
    mkdirSync(join(proc, name))
    writeFileSync(join(proc, name, 'rp_filter'), `${value}\n`)
    return join(proc, name, 'rp_filter')
  }
  setting('all', all)
  return { proc, own: setting('br-0123456789ab', own) }
}

test.each([
  ['0', '1'],
  ['1', '0'],
  ['2', '0'],
  ['0', '2'],
])('where the kernel checks sources already (all %s, the bridge %s), nothing is changed', (all, value) => {
  const { proc, own } = tree(all, value)
  expect(refuseBroadcasts(id, proc)).toBe('refused')
  expect(readFileSync(own, 'utf8')).toBe(`${value}\n`)
})

test('where it does not, the check is switched on for the bridge', () => {
  const { proc, own } = tree('0', '0')
  expect(refuseBroadcasts(id, proc)).toBe('refused')
  expect(readFileSync(own, 'utf8')).toBe('1')
})

test('a bridge that is elsewhere is not seen', () => {
  expect(refuseBroadcasts('another-network', tree('0', '0').proc)).toBe('unseen')
})
