import { closeSync, openSync, readSync } from 'node:fs'
import { endianness } from 'node:os'
import ipaddr from 'ipaddr.js'

/** The tables of a network namespace, held open: they can be read as long as they are, whoever lives in it. */
export interface NetTables {
  /** `tcp`, `tcp6`, `arp`: the text as it is now, or empty where there is no such table. */
  text(name: 'tcp' | 'tcp6' | 'arp'): string
  /** `snmp`: the counters since the namespace was made. */
  counters(): string
  /** IPv6 packets without a route; 0 where even `::1` has none, since then that is what was meant. */
  withoutRoute6(): number
  close(): void
}

/** A socket that waits for the answer to its first packet. */
export interface Connecting {
  readonly id: string
  readonly host: string
  readonly port: number
}

// Tens of thousands of sockets; what is beyond is seen at another look.
const longestTable = 4 * 2 ** 20

/**
 * Opens the tables in /proc/PID/net, which every user may read (proc(5); the kernel asks for no right to trace). Throws
 * the error of the file system when the process or its counters are not there.
 */
export function openTables(pid: number, root = ''): NetTables {
  const path = (name: string) => `${root}/proc/${pid}/net/${name}`
  const snmp = openSync(path('snmp'), 'r')
  const names = ['tcp', 'tcp6', 'arp', 'snmp6', 'if_inet6'] as const
  const open = new Map(names.flatMap(name => optional(path(name)).map(file => [name, file] as const)))
  const read = (name: (typeof names)[number]) => {
    const file = open.get(name)
    return file === undefined ? '' : textOf(file)
  }
  return {
    text: read,
    counters: () => textOf(snmp),
    withoutRoute6() {
      if (!/^0{31}1 .* lo$/m.test(read('if_inet6'))) return 0
      return Number(/^Ip6OutNoRoutes\s+(\d+)$/m.exec(read('snmp6'))?.[1] ?? 0)
    },
    close() {
      for (const file of [snmp, ...open.values()]) closeSync(file)
    },
  }
}

/** The sockets in SYN_SENT, loopback left out: lines of /proc/net/tcp (kernel documentation, networking/proc_net_tcp). */
export function connecting(tables: Pick<NetTables, 'text'>): Connecting[] {
  return [...tables.text('tcp').split('\n'), ...tables.text('tcp6').split('\n')].flatMap(line => {
    const [, local = '', remote = '', state, , , , , , inode] = line.trim().split(/\s+/)
    if (state !== '02') return []
    const [address = '', port = ''] = remote.split(':')
    const host = addressOf(address)
    if (!host || host.range() === 'loopback') return []
    return [{ id: `${inode} ${local}`, host: host.toString(), port: Number.parseInt(port, 16) }]
  })
}

/** The neighbours that were looked for and did not answer: lines of /proc/net/arp whose flags say nothing (proc(5)). */
export function unanswered(tables: Pick<NetTables, 'text'>): string[] {
  return [...tables.text('arp').matchAll(/^(\d+\.\d+\.\d+\.\d+)\s+0x\w+\s+0x0\s/gm)].map(([, address = '']) => address)
}

/** A counter of /proc/net/snmp: a line of names and a line of numbers for each protocol; 0 when there is none. */
export function counter(text: string, protocol: string, name: string): number {
  const [names = [], numbers = []] = text
    .split('\n')
    .filter(line => line.startsWith(`${protocol}:`))
    .map(line => line.split(/\s+/))
  return Number(numbers[names.indexOf(name)] ?? 0)
}

// Words of 32 bits in the byte order of the machine; an IPv4 address in an IPv6 socket is told as what it is.
function addressOf(hex: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (!/^([0-9A-F]{8}|[0-9A-F]{32})$/.test(hex)) return undefined
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap(word => {
    const four = [...Buffer.from(word, 'hex')]
    return endianness() === 'LE' ? four.reverse() : four
  })
  const address = ipaddr.fromByteArray(bytes)
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

function optional(path: string): number[] {
  try {
    return [openSync(path, 'r')]
  } catch {
    return []
  }
}

function textOf(file: number): string {
  const chunks: Buffer[] = []
  for (let at = 0; at < longestTable; ) {
    const chunk = Buffer.alloc(64 * 1024)
    const read = readSync(file, chunk, 0, chunk.length, at)
    if (read === 0) break
    chunks.push(chunk.subarray(0, read))
    at += read
  }
  return Buffer.concat(chunks).toString('latin1')
}
