import ipaddr from 'ipaddr.js'
import { BottleError } from '../errors.ts'
import { covers, parseDestination } from '../spec/destination.ts'
import { overlap } from '../spec/range.ts'
import { isAddress } from '../spec/ssh.ts'
import type { Written } from './plan.ts'
import { internalRanges } from './policy.ts'
import { openedRanges } from './ssh-egress.ts'

/** Whether the gate would let a host through, and the sentences that say by which rule and from where. */
export interface Explanation {
  readonly passes: boolean
  readonly because: readonly string[]
}

/**
 * What the gate would make of a host (`api.example.com`, with or without a port, a URL, an address), by what was
 * written. Pure: no name is looked up. Throws a BottleError when it is no host.
 */
export function explainHost(written: Written, given: string): Explanation {
  const service = written.spec.services.find(name => new RegExp(`^([a-z]+://)?${name}(:\\d+)?(/|$)`, 'i').test(given))
  if (service) return { passes: true, because: [serviceRule(written, service)] }
  const { host, port, note, never } = readHost(given)
  const notes = note ? [note] : []
  if (never) return { passes: false, because: [...notes, never] }
  const closed = isAddress(host) ? closedRange(written, host) : undefined
  if (closed) return { passes: false, because: [...notes, closed] }
  const learning = written.spec.egress.mode === 'learn'
  const rules = written.allowed.filter(one => covers(one.host, host))
  const open = rules.filter(one => !one.ports || port === undefined || one.ports.includes(port))
  const said = open.map(({ host: entry, from, ports }) => {
    const kind = entry.startsWith('*.') ? 'the wildcard' : 'the entry'
    return `${kind} ${entry}, from ${from.join(' and ')}${ports ? `, on port ${ports.join(', ')} alone` : ''}`
  })
  if (said.length > 0) return { passes: true, because: [...notes, ...said, ...conditions(written, host)] }
  if (learning) return { passes: true, because: [...notes, 'learn mode refuses no host', ...conditions(written, host)] }
  const held = rules.map(({ host: entry, ports }) => `${entry} is allowed on port ${ports?.join(', ')} alone`)
  return { passes: false, because: [...notes, ...(held.length > 0 ? held : [unlisted(written, host)])] }
}

function readHost(given: string): { host: string; port?: number | undefined; note?: string; never?: string } {
  const authority = given
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '')
  const port = /^(?:\[[^\]]*\]|[^:]*):(\d+)$/.exec(authority)?.[1]
  const name = port === undefined ? authority : authority.slice(0, -port.length - 1)
  const read = parseDestination(name)
  const at = port === undefined ? undefined : Number(port)
  if ('ok' in read && !read.ok.startsWith('*.')) return { host: read.ok, port: at }
  const address = 'wrong' in read ? /^is the address (\S+) in another spelling/.exec(read.wrong)?.[1] : undefined
  if (address) return { ...readHost(address), port: at, note: `the gate reads ${name} as the address ${address}` }
  if ('wrong' in read && read.wrong.endsWith('is never reachable'))
    return { host: name, never: `${name} ${read.wrong}` }
  throw new BottleError(
    `${JSON.stringify(given)} ${'wrong' in read ? read.wrong : 'is a wildcard'}.`,
    'Name one host, such as `bottle explain api.example.com`.',
  )
}

function serviceRule({ spec, placeOf }: Written, name: string): string {
  const place = placeOf(['services', spec.services.indexOf(name)])
  return `it is a service of the job (services, ${place}): reached past the gate, on the ports it exposes`
}

// A private address is refused whatever the allowlist says, unless its range was opened.
function closedRange({ spec, placeOf }: Written, host: string): string | undefined {
  const own = `${host}/${ipaddr.parse(host).kind() === 'ipv4' ? 32 : 128}`
  const range = internalRanges.find(one => overlap(one, own))
  if (!range || openedRanges(spec).some(one => overlap(one.range, own))) return undefined
  const opened = openedRanges(spec).map(one => `${one.range} (${placeOf(one.path)})`)
  return `${host} is in the private range ${range}, which egress.private does not open${opened.length > 0 ? `; it opens ${opened.join(', ')}` : ''}`
}

function conditions({ spec, placeOf }: Written, host: string): string[] {
  const secrets = 'a request that carries a secret is refused all the same'
  if (isAddress(host)) return [secrets]
  const trusted = spec.egress.trusted.findIndex(one => covers(one, host))
  const where = trusted < 0 ? '' : placeOf(['egress', 'trusted', trusted])
  return [
    trusted < 0 ? 'its addresses have to be public ones' : `its addresses may be private (egress.trusted, ${where})`,
    secrets,
  ]
}

function unlisted({ allowed }: Written, host: string): string {
  const near = allowed.filter(
    one => !one.host.startsWith('*.') && (covers(`*.${one.host}`, host) || covers(`*.${host}`, one.host)),
  )
  const told = near.slice(0, 3).map(one => one.host)
  return `no entry of the allowlist covers it${told.length > 0 ? `; ${told.join(', ')} ${told.length === 1 ? 'is another host' : 'are other hosts'}` : ''}`
}
