import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { endianness, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Direct } from '../../../src/evidence/summary.ts'
import { watchDirect } from '../../../src/run/direct.ts'
import { connecting, counter, unanswered } from '../../../src/run/net-tables.ts'

const id = 'a'.repeat(64)
const inside = { sidecar: '198.18.0.2', gateway: '198.18.0.1' }

// As the kernel prints an address: words of four bytes in the machine's own order.
const hex = (address: string) => {
  const bytes = address.split('.').map(one => Number(one).toString(16).padStart(2, '0').toUpperCase())
  return (endianness() === 'LE' ? bytes.reverse() : bytes).join('')
}
const socket = (remote: string, port: number, state: string, inode: number) =>
  `   0: ${hex('198.18.0.3')}:D2EA ${remote.length > 15 ? remote : hex(remote)}:${port.toString(16).toUpperCase().padStart(4, '0')} ${state} 00000001:00000000 01:00000015 00000000     0        0 ${inode} 2 00000000b8774a7f 100 0 0 10 -1`
const mapped = (address: string) => `${'0'.repeat(16)}${endianness() === 'LE' ? 'FFFF0000' : '0000FFFF'}${hex(address)}`
const snmp = ({ noRoutes = 0, unreachable = 0, noPorts = 0 }) =>
  [
    'Ip: Forwarding DefaultTTL OutDiscards OutNoRoutes',
    `Ip: 1 64 0 ${noRoutes}`,
    'Icmp: InMsgs OutErrors OutDestUnreachs',
    `Icmp: 7 0 ${unreachable}`,
    'IcmpMsg: InType3 OutType3',
    'IcmpMsg: 7 7',
    'Udp: InDatagrams NoPorts InErrors',
    `Udp: 2 ${noPorts} 0`,
    '',
  ].join('\n')
const neighbours = (rows: readonly (readonly [string, string])[]) =>
  [
    'IP address       HW type     Flags       HW address            Mask     Device',
    ...rows.map(
      ([address, flags]) => `${address}     0x1         ${flags}         00:00:00:00:00:00     *        eth0`,
    ),
    '',
  ].join('\n')

/** A root with a process whose tables say this. */
function rootWith(tables: Record<string, string>, cgroup = `0::/docker/${id}\n`): string {
  const root = mkdtempSync(join(tmpdir(), 'bottle-proc-'))
  mkdirSync(join(root, 'proc/7/net'), { recursive: true })
  writeFileSync(join(root, 'proc/7/cgroup'), cgroup)
  for (const [name, text] of Object.entries(tables)) writeFileSync(join(root, 'proc/7/net', name), text)
  return root
}

async function seen(
  tables: Record<string, string>,
  { gateLost = false, pid = 7, cgroup = `0::/docker/${id}\n` } = {},
): Promise<Direct> {
  const watch = watchDirect(Promise.resolve(pid), id, inside, rootWith(tables, cgroup))
  try {
    return await watch.end(gateLost)
  } finally {
    watch.stop()
  }
}

test('sockets that wait for an answer are told by whom they ask; loopback and all other states are not', () => {
  const text = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    socket('203.0.113.7', 443, '02', 1),
    socket('203.0.113.8', 443, '01', 2),
    socket('127.0.0.1', 53, '02', 3),
    '   9: nonsense',
  ].join('\n')
  const tables = {
    text: (name: string) => (name === 'tcp' ? text : name === 'tcp6' ? socket(mapped('203.0.113.9'), 80, '02', 4) : ''),
  }
  expect(connecting(tables).map(({ host, port }) => [host, port])).toEqual([
    ['203.0.113.7', 443],
    ['203.0.113.9', 80],
  ])
})

test('neighbours without an answer, and counters by name', () => {
  const arp = neighbours([
    ['198.18.0.9', '0x0'],
    ['198.18.0.2', '0x2'],
  ])
  expect(unanswered({ text: () => arp })).toEqual(['198.18.0.9'])
  const text = snmp({ noRoutes: 4, unreachable: 7, noPorts: 2 })
  expect(counter(text, 'Ip', 'OutNoRoutes')).toBe(4)
  expect(counter(text, 'Icmp', 'OutDestUnreachs')).toBe(7)
  expect(counter(text, 'Tcp', 'ActiveOpens')).toBe(0)
})

test('a bottle that keeps to its gate has no direct attempt', async () => {
  const quiet = {
    snmp: snmp({ unreachable: 3, noPorts: 3 }),
    tcp: socket('198.18.0.2', 8888, '02', 1),
    arp: neighbours([
      ['198.18.0.2', '0x0'],
      ['198.18.0.2', '0x2'],
    ]),
  }
  expect(await seen(quiet)).toEqual({ observed: true, count: 0, attempts: [], lookups: 3 })
})

test('what has no route is counted, what nobody answers is counted once and told by target', async () => {
  const tried = {
    snmp: snmp({ noRoutes: 4, unreachable: 7, noPorts: 2 }),
    tcp: [
      socket('203.0.113.7', 80, '02', 1),
      socket('203.0.113.7', 80, '02', 2),
      socket('198.18.0.9', 22, '02', 3),
    ].join('\n'),
    arp: neighbours([
      ['198.18.0.1', '0x0'],
      ['198.18.0.9', '0x0'],
      ['198.18.0.10', '0x0'],
    ]),
  }
  const direct = await seen(tried)
  // Four without a route, and five packets that came back: three sockets of them, one neighbour, one nobody knows.
  expect(direct).toMatchObject({ observed: true, count: 9, lookups: 2 })
  expect(direct.observed && direct.attempts.map(({ host, port, count }) => [host, port, count])).toEqual([
    ['203.0.113.7', 80, 2],
    ['198.18.0.10', undefined, 1],
    ['198.18.0.9', 22, 1],
  ])
})

test('what came back when the sidecar was gone says nothing of the agent', async () => {
  expect(await seen({ snmp: snmp({ unreachable: 9 }) }, { gateLost: true })).toMatchObject({ observed: true, count: 0 })
})

test('packets without a route in IPv6 count where ::1 has one', async () => {
  const snmp6 = 'Ip6OutRequests \t3\nIp6OutNoRoutes                  \t3\n'
  const loopback = `${'0'.repeat(31)}1 01 80 10 80       lo\n`
  expect(await seen({ snmp: snmp({}), snmp6, if_inet6: loopback })).toMatchObject({ count: 3 })
  expect(await seen({ snmp: snmp({}), snmp6, if_inet6: '' })).toMatchObject({ count: 0 })
})

test.each([
  ['the engine knows no process', { snmp: snmp({}) }, { pid: 0 }, /the agent ended before/],
  ['the process is not of this host', { snmp: snmp({}) }, { pid: 8 }, /not to be seen on this host/],
  [
    'the number is somebody else here',
    { snmp: snmp({}) },
    { cgroup: '0::/user.slice\n' },
    /not to be seen on this host/,
  ],
  ['there are no counters', {}, {}, /not to be seen on this host/],
])('%s: not observed, and why, and never 0', async (_, tables, how, reason) => {
  expect(await seen(tables as Record<string, string>, how)).toEqual({
    observed: false,
    reason: expect.stringMatching(reason),
  })
})
